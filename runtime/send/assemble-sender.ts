import type { CloudWatchValues } from '../../contract/sections.js';
import type { Target } from '../batch/target.js';
import type { OutOfWindow } from '../batch/window.js';
import type { Clock } from '../io/clock.js';
import type { DeliveryQueue } from '../queue/delivery-queue.js';
import { CircuitBreaker } from './circuit-breaker.js';
import { Compression } from './compression.js';
import { Concurrency } from './concurrency.js';
import type { FailureListener } from './failure-report.js';
import type { LogsPort } from './port.js';
import { Provisioner } from './provisioner.js';
import { PutCaller } from './put-caller.js';
import { Sender, type Settlement } from './sender.js';
import { SequenceTokens } from './sequence-token.js';
import { timedPort } from './timed-port.js';

/** What the send stage needs from its neighbours. */
export interface SendStageParts {
  readonly settings: CloudWatchValues;
  /** Where live events go; batches of others come from the spool. */
  readonly target: Target;
  readonly port: LogsPort;
  readonly queue: DeliveryQueue;
  readonly settlement: Settlement;
  readonly failures: FailureListener;
  readonly sealDue: () => boolean;
  readonly excludes: (timestamp: number) => OutOfWindow | undefined;
  readonly onSettled: () => void;
  readonly clock: Clock;
  readonly random: () => number;
}

export interface SendStage {
  readonly sender: Sender;
  readonly breaker: CircuitBreaker;
  readonly caller: PutCaller;
  readonly concurrency: Concurrency;
}

/** Puts the parts of the send stage together. */
export function assembleSender(parts: SendStageParts): SendStage {
  const { settings, failures, clock } = parts;
  const port = timedPort(parts.port, clock, settings.requestTimeoutSeconds * 1_000);
  const compression = new Compression(settings.gzip);
  const tokens = new SequenceTokens();
  const caller = new PutCaller({
    port,
    compression,
    tokens,
    isCustomEndpoint: isCustomEndpoint(settings),
    onFailure: (reason, error, target) => failures.failed('PutLogEvents', target, error, reason),
  });
  const breaker: CircuitBreaker = new CircuitBreaker(
    { enabled: settings.circuitBreakerEnabled, threshold: settings.circuitBreakerThreshold },
    clock,
    () => sender.probe(),
  );
  const concurrency = new Concurrency(settings.maxConcurrency, settings.ordered);
  const sender: Sender = new Sender({
    ...parts,
    caller,
    breaker,
    compression,
    tokens,
    concurrency,
    provisioner: new Provisioner(port, settings, (step, error, target) =>
      failures.failed(step, target, error),
    ),
    options: {
      maxRetries: settings.maxRetries,
      retryBaseDelayMs: settings.retryBaseDelay * 1_000,
      maxBatchAgeMs: settings.maxBatchAgeSeconds * 1_000,
    },
  });
  return { sender, breaker, caller, concurrency };
}

/** The SDK reads these variables itself; a private endpoint of AWS counts as custom too, which costs it nothing. */
function isCustomEndpoint({ endpointUrl }: CloudWatchValues): boolean {
  const { AWS_ENDPOINT_URL, AWS_ENDPOINT_URL_CLOUDWATCH_LOGS } = process.env;
  return Boolean(endpointUrl ?? AWS_ENDPOINT_URL_CLOUDWATCH_LOGS ?? AWS_ENDPOINT_URL);
}
