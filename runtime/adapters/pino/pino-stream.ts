import type { EventEmitter } from 'node:events';
import type { DeliveryReport } from '../../delivery-report.js';
import type { CloudWatchSinkOptions } from '../../sink-options.js';
import type { CloseOptions } from '../../sink-port.js';
import type { FinishedLinesOptions } from '../lines/finished-lines.js';
import { LineDestination } from './line-destination.js';

/** Settings of the sink, and how lines are read. */
export interface PinoStreamOptions extends FinishedLinesOptions {
  /**
   * The lowest level that is delivered. A custom level counts as pino's next lower one, a line without a level as `info`.
   * @default `trace`
   */
  readonly level?: CloudWatchSinkOptions['level'];
}

/** A destination for pino in the application's own thread. Emits `close` once it is closed, and never `error`. */
export interface PinoStream extends EventEmitter {
  readonly writable: true;
  /** Takes text of pino, answers at once and never throws. Always returns `true`, because the sink bounds what waits. */
  write(text: string): boolean;
  /** Resolves, and calls back, once everything logged so far is settled. `logger.flush(done)` of pino calls it. */
  flush(done?: (error?: Error) => void): Promise<void>;
  /** Closes, and waits for deliveries no longer than `shutdownDeadlineSeconds`. */
  end(done?: () => void): void;
  /** Takes no more, delivers what waits, and diverts the rest at the deadline. Resolves to the final account. */
  close(options?: CloseOptions): Promise<DeliveryReport>;
  /** The account as of now. */
  stats(): DeliveryReport;
}

/**
 * A stream for pino, in the application's own thread: log calls never wait for it, and it delivers by itself what is left when the
 * process ends. Settings that are not given come from the environment.
 *
 * ```ts
 * const logger = pino({ level: 'info' }, pinoStream({ logGroupName: '/myapp/production' }));
 * ```
 *
 * @throws SettingsError naming every option that nobody knows, and every setting that is malformed or missing.
 */
export function pinoStream(options: PinoStreamOptions = {}): PinoStream {
  return new LineDestination({ of: 'pinoStream' }, options);
}
