import { isBalanced } from '../../runtime/ack/ledger.js';
import type { EncodedBatch } from '../../runtime/batch/encoded-batch.js';
import type { DeliveryReport } from '../../runtime/delivery-report.js';
import { withEdges, type SinkEdges } from '../../runtime/edges.js';
import type { Clock } from '../../runtime/io/clock.js';
import type { LogsPort, PutAnswer, PutBody } from '../../runtime/send/port.js';
import { CloudWatchSink } from '../../runtime/sink.js';
import type { CloudWatchSinkOptions } from '../../runtime/sink-options.js';
import type { Durations } from './durations.js';
import type { Service } from './service.js';
import type { Timeline } from './timeline.js';

export interface WriterParts {
  readonly name: string;
  readonly service: Service;
  readonly timeline: Timeline;
  readonly random: () => number;
  readonly options: CloudWatchSinkOptions;
  readonly edges?: Partial<SinkEdges> | undefined;
  /** Of all writers: from the log call until the service has stored the event. */
  readonly delays: Durations;
  /** Called with the time of the first event of each batch that the service stores. */
  readonly arrived: (firstTimestamp: number) => void;
  /** Called whenever something happens to the writer. */
  readonly touched: (writer: Writer) => void;
}

/** What a log call does to the account shows in the next step of delivery, too. */
const LOGGED_PER_CHECK = 16;

const ANSWER: PutAnswer = { requestId: 'simulated' };
const LOG_GROUP = '/fleet/simulated';

/**
 * A process that logs: a real sink, of which the clock and the way to the service alone are simulated. While it is frozen, as a Lambda
 * environment between invocations, its timers and the answers to its calls wait.
 */
export class Writer {
  readonly name: string;
  readonly sink: CloudWatchSink;
  logged = 0;
  stored = 0;
  /** Events that the service has stored once more. */
  repeated = 0;
  #delayMs = 0;
  readonly #parts: WriterParts;
  readonly #known = new WeakSet<EncodedBatch>();
  #frozen: (() => void)[] | undefined;

  constructor(parts: WriterParts) {
    this.#parts = parts;
    this.name = parts.name;
    this.sink = new CloudWatchSink(
      withEdges(
        {
          logGroupName: LOG_GROUP,
          logStreamName: parts.name,
          env: {},
          gzip: false,
          installSignalHandlers: false,
          onDiagnostic: () => undefined,
          ...parts.options,
        },
        {
          port: this.#port(),
          clock: this.#clock(),
          random: parts.random,
          writeStderr: () => true,
          ...parts.edges,
        },
      ),
    );
  }

  /** From the log call until the service has stored the event, on average. */
  get meanDelayMs(): number {
    return this.stored === 0 ? 0 : this.#delayMs / this.stored;
  }

  log(line: string): void {
    this.logged++;
    this.sink.writeLine({ timeMs: this.#parts.timeline.now(), level: 'info', line });
    if (this.logged % LOGGED_PER_CHECK === 0) this.#parts.touched(this);
  }

  freeze(): void {
    this.#frozen ??= [];
  }

  thaw(): void {
    const waiting = this.#frozen ?? [];
    this.#frozen = undefined;
    for (const each of waiting) this.#whenAwake(each);
  }

  /** @throws Error if the account of the sink does not balance. */
  check(): DeliveryReport {
    const report = this.sink.stats();
    if (!isBalanced(report) || report.accepted !== this.logged)
      throw new Error(`the account of ${this.name} does not balance: ${JSON.stringify(report)}`);
    return report;
  }

  #whenAwake(act: () => void): void {
    if (this.#frozen) return void this.#frozen.push(act);
    this.#parts.touched(this);
    act();
  }

  #clock(): Clock {
    const { timeline } = this.#parts;
    return {
      now: () => timeline.now(),
      monotonic: () => timeline.monotonic(),
      after: (delayMs, ring) => {
        let isCancelled = false;
        const timer = timeline.after(delayMs, () => this.#whenAwake(() => isCancelled || ring()));
        return {
          cancel() {
            isCancelled = true;
            timer.cancel();
          },
        };
      },
    };
  }

  #port(): LogsPort {
    const { service, name } = this.#parts;
    return {
      putLogEvents: (_target, { batch }: PutBody) =>
        this.#answer(service.put(name, (atMs) => this.#store(batch!, atMs)).then(() => ANSWER)),
      createLogStream: () => this.#answer(service.createStream(name)),
      createLogGroup: () => Promise.resolve(),
      putRetentionPolicy: () => Promise.resolve(),
      close: () => undefined,
    };
  }

  #answer<Answer>(call: Promise<Answer>): Promise<Answer> {
    return new Promise((resolve, reject) => {
      call.then(
        (answer) => this.#whenAwake(() => resolve(answer)),
        (error: unknown) => this.#whenAwake(() => reject(error)),
      );
    });
  }

  #store(batch: EncodedBatch, atMs: number): void {
    if (this.#known.has(batch)) {
      this.repeated += batch.count;
      return;
    }
    this.#known.add(batch);
    this.stored += batch.count;
    this.#parts.arrived(batch.firstTimestamp);
    for (const timestamp of batch.slots.timestamps) {
      this.#delayMs += atMs - timestamp;
      this.#parts.delays.add(atMs - timestamp);
    }
  }
}
