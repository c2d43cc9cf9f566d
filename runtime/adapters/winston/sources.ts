/* oxlint-disable no-underscore-dangle -- names of winston and of Node.js */
import type { EventEmitter } from 'node:events';
import type { ParentLogger } from './info.js';

/** A logger of winston, which is a stream of the package readable-stream. */
interface Source extends ParentLogger {
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
