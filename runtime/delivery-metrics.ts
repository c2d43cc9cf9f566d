import { isDimensionValue, isNamespace } from '../contract/metrics.js';
import type { CloudWatchValues } from '../contract/sections.js';
import { healthOf } from './ack/health.js';
import type { Account } from './ack/ledger.js';
import type { Stages } from './assemble.js';
import type { DeliveryReport } from './delivery-report.js';
import type { ServiceSettings } from './edges.js';
import { serviceName } from './enrich/variables.js';
import type { Clock, Timer } from './io/clock.js';
import type { LogRecord } from './log-record.js';
import { metricMembers, type Measured } from './serialize/embedded-metric.js';

export interface DeliveryMetricsParts {
  readonly intervalMs: number;
  readonly clock: Clock;
  /** @default - the name of the service, else that of this package */
  readonly namespace: string | undefined;
  /** The name of the service: a dimension, if it is known. */
  readonly service: string | undefined;
  readonly account: () => DeliveryReport;
  readonly oldestPendingAgeMs: () => number;
  /** Enters a record, whatever levels say. Never throws. */
  readonly write: (record: LogRecord) => void;
}

/** Where the name of the service is no namespace, or nobody knows it. */
const NAMESPACE = 'fapilog-cloudwatch';

/** The metrics of a sink whose settings ask for them. */
export function deliveryMetricsOf(
  { deliveryMetricsSeconds: seconds, level }: CloudWatchValues,
  service: ServiceSettings | undefined,
  stages: Stages,
  account: () => DeliveryReport,
): DeliveryMetrics | undefined {
  if (seconds === undefined || level === 'silent') return undefined;
  return new DeliveryMetrics({
    intervalMs: seconds * 1_000,
    clock: stages.clock,
    namespace: service?.core.metricsNamespace,
    service: service && serviceName(service.app, service.core.enrich, process.env),
    account,
    oldestPendingAgeMs: () => healthOf(stages).oldestPendingAgeMs ?? 0,
    write: (record) => stages.intake.take(record),
  });
}

/** What grows only, as a metric counts it: by how much since the last line. */
const COUNTS: Readonly<Record<string, (report: DeliveryReport) => number>> = {
  acceptedEvents: ({ accepted }) => accepted,
  deliveredEvents: ({ delivered }) => delivered,
  rejectedEvents: ({ rejected }) => rejected.total,
  divertedEvents: ({ diverted }) => diverted.total,
  droppedEvents: ({ dropped }) => dropped.total,
  putLogEventsCalls: ({ calls }) => calls,
};

const zero = Object.fromEntries(Object.keys(COUNTS).map((name) => [name, 0]));

/**
 * Tells CloudWatch from time to time what became of the events, by a line of its own: what is counted by how much it has grown, and what
 * waits now. Lines of its own are no news: a process that logs nothing more writes none.
 */
export class DeliveryMetrics {
  readonly #parts: DeliveryMetricsParts;
  #told: Readonly<Record<string, number>> = zero;
  /** Lines of its own that may still have waited when the last one was written, that one included. */
  #own = 0;
  #timer: Timer | undefined;
  #dueMs = 0;

  constructor(parts: DeliveryMetricsParts) {
    this.#parts = parts;
  }

  /** To be called for each event: from the first one on, the time runs. */
  begin(): void {
    if (this.#timer) return;
    const { clock, intervalMs } = this.#parts;
    this.#dueMs = clock.monotonic() + intervalMs;
    this.#timer = clock.after(intervalMs, () => this.#tick());
  }

  /** Writes a line if it is time. A frozen process is told by its flushes, and by no timer. */
  writeIfDue(): void {
    if (this.#timer && this.#parts.clock.monotonic() >= this.#dueMs) this.#tick();
  }

  /**
   * Stops. Returns whether a last line was written, which is only done where it can still be sent: once all else is settled, so that it
   * tells of all but itself.
   */
  end(canBeSent: boolean): boolean {
    const isTold = canBeSent && this.#tell();
    this.#timer?.cancel();
    return isTold;
  }

  #tick(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
    // Its own line begins the next interval; where there is none, the next event does.
    this.#tell();
  }

  /** Writes a line if there is news, and returns whether there was. */
  #tell(): boolean {
    const report = this.#parts.account();
    const counted = Object.fromEntries(Object.entries(COUNTS).map(([name, read]) => [name, read(report)]));
    const grown = Object.entries(counted).map(([name, total]) => count(name, total - this.#told[name]!));
    if (!this.#isNews(report, counted)) return false;
    this.#told = counted;
    this.#own = report.pending === 0 ? 1 : this.#own + 1;
    this.#parts.write(this.#record(report, [...grown, ...gauges(report, this.#parts.oldestPendingAgeMs())]));
    return true;
  }

  /** Whether anything has happened to events that are no lines of its own. */
  #isNews({ pending }: Account, counted: Readonly<Record<string, number>>): boolean {
    const grown = (...names: readonly string[]): number =>
      names.reduce((sum, name) => sum + counted[name]! - this.#told[name]!, 0);
    const settled = grown('deliveredEvents', 'rejectedEvents', 'divertedEvents', 'droppedEvents');
    return grown('acceptedEvents') > Math.min(1, this.#own) || settled > this.#own || pending > this.#own;
  }

  #record({ logGroupName, logStreamName }: DeliveryReport, metrics: readonly Measured[]): LogRecord {
    const { clock, service } = this.#parts;
    const timeMs = clock.now();
    const dimensions = isDimensionValue(service) ? ['service'] : [];
    const ofService = service !== undefined && isNamespace(service) ? service : NAMESPACE;
    const namespace = this.#parts.namespace ?? ofService;
    const members = metricMembers({ timeMs, namespace, dimensions, metrics });
    return {
      timeMs,
      level: 'info',
      message: 'delivery metrics',
      fields: [members, { service, logGroupName, logStreamName }],
      isMetric: true,
    };
  }
}

function gauges({ pending, pendingBytes, spooled }: DeliveryReport, ageMs: number): Measured[] {
  return [
    count('pendingEvents', pending),
    count('spooledEvents', spooled),
    { name: 'pendingBytes', value: pendingBytes, unit: 'Bytes' },
    { name: 'oldestPendingAge', value: ageMs, unit: 'Milliseconds' },
  ];
}

function count(name: string, value: number): Measured {
  return { name, value, unit: 'Count' };
}
