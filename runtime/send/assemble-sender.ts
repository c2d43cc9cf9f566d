import type { CloudWatchValues } from '../../contract/sections.js';
import type { CircuitBreaker } from './circuit-breaker.js';
import { Compression } from './compression.js';
import { Concurrency } from './concurrency.js';
import { configuredEndpoint } from './configured-endpoint.js';
import { EntityUse } from './entity-use.js';
import type { FailureListener } from './failure-report.js';
import type { Report } from '../io/diagnostics.js';
import type { LogsPort } from './port.js';
import { Pace } from './pace.js';
import { Provisioner } from './provisioner.js';
import { PutCaller } from './put-caller.js';
import { Sender, type SenderParts } from './sender.js';
import { SequenceTokens } from './sequence-tokens.js';
import { timedPort } from './timed-port.js';

/** Events that wait for their turn do not wait longer, whatever the delays of retries are. */
const MAX_SPACING_MS = 60_000;

/** What the send stage needs from its neighbours. */
export interface SendStageParts extends Omit<
  SenderParts,
  'caller' | 'provisioner' | 'concurrency' | 'pace' | 'compression' | 'tokens'
> {
  readonly settings: CloudWatchValues;
  readonly port: LogsPort;
  /** Whether a client of the application's own makes the calls, which may have an endpoint of its own. @default false */
  readonly hasOwnClient?: boolean;
  readonly failures: FailureListener;
  /** Hears of entities that are not taken. */
  readonly report: Report;
}

export interface SendStage {
  readonly sender: Sender;
  readonly breaker: CircuitBreaker;
  readonly caller: PutCaller;
  readonly concurrency: Concurrency;
}

/** Puts the parts of the send stage together. */
export function assembleSender(parts: SendStageParts): SendStage {
  const { settings, failures, report, clock, restraint } = parts;
  const port = timedPort(parts.port, clock, settings.requestTimeoutSeconds * 1_000);
  const compression = new Compression(settings.gzip, clock);
  const tokens = new SequenceTokens();
  const caller = new PutCaller({
    port,
    compression,
    tokens,
    entities: new EntityUse(report),
    isCustomEndpoint: parts.hasOwnClient === true || isCustomEndpoint(settings),
    failures,
  });
  const concurrency = new Concurrency(settings.maxConcurrency, settings.ordered);
  const provisioner = new Provisioner(port, { ...settings, ...restraint }, failures);
  const baseMs = settings.retryBaseDelay * 1_000;
  const stepMs = Math.max(settings.batchTimeoutSeconds * 1_000, 2 * baseMs);
  const pace = new Pace(stepMs, Math.min(MAX_SPACING_MS, restraint.maxSpacing * baseMs));
  const sender = new Sender({ ...parts, caller, provisioner, compression, tokens, concurrency, pace });
  return { sender, breaker: sender.breaker, caller, concurrency };
}

/** A private endpoint of AWS counts as custom too, which costs it nothing. */
function isCustomEndpoint({ endpointUrl }: CloudWatchValues): boolean {
  return (endpointUrl ?? configuredEndpoint(process.env)) !== undefined;
}
