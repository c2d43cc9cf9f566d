/* oxlint-disable no-underscore-dangle -- names of winston and of Node.js */
import type { EventEmitter } from 'node:events';
import type { ParentLogger } from './info.js';

/** A logger of winston, which is a stream of the package readable-stream. */
export interface Source extends ParentLogger {
  readonly level?: string | undefined;
  readonly _writableState?: { readonly ending?: boolean };
  readonly _readableState?: { readonly endEmitted?: boolean };
  unpipe(transport: EventEmitter): unknown;
  readonly _transformState?: { readonly transforming?: boolean };
}

/** The loggers to which a transport is added. */
export class Sources {
  readonly #loggers = new Set<Source>();

  watch(transport: EventEmitter): void {
    transport.on('pipe', (source: Source) => this.#loggers.add(source));
    transport.on('unpipe', (source: Source) => this.#loggers.delete(source));
  }

  /** The logger that hands an info over now, else the one that was first. */
  get parent(): ParentLogger | undefined {
    const loggers = [...this.#loggers];
    return loggers.find(isLogging) ?? loggers[0];
  }

  /** Whether one of several loggers is being ended, and others go on. */
  get isOneEnding(): boolean {
    const isEnding = [...this.#loggers].map(({ _writableState: state }) => state?.ending === true);
    return isEnding.includes(true) && isEnding.includes(false);
  }

  /** Takes the transport out of loggers that have handed over all. Returns whether there were any. */
  leaveEnded(transport: EventEmitter): boolean {
    const ended = [...this.#loggers].filter(({ _readableState: state }) => state?.endEmitted === true);
    for (const each of ended) each.unpipe(transport);
    return ended.length > 0;
  }

  /**
   * Whether an info was logged before, and has waited in its logger because another transport could take no more. The work in which
   * it comes now is another one.
   */
  get isDetached(): boolean {
    const loggers = [...this.#loggers];
    return (
      loggers.length > 0 && loggers.every((each) => each._transformState !== undefined && !isLogging(each))
    );
  }
}

/** Whether a logger is within a log call: only then it hands over what is logged, and not what has waited. */
function isLogging({ _transformState: state }: Source): boolean {
  return state?.transforming === true;
}
