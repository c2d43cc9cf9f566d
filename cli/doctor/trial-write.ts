import { hostname } from 'node:os';
import type { Target } from '../../runtime/batch/target.js';
import { logsPort } from '../../runtime/client.js';
import { systemClock } from '../../runtime/io/clock.js';
import type { PutAnswer } from '../../runtime/send/port.js';
import { Provisioner } from '../../runtime/send/provisioner.js';
import { timedPort } from '../../runtime/send/timed-port.js';
import { traits } from '../../runtime/send/verdict.js';
import { defaultLogStreamName } from '../../runtime/stream-name.js';
import type { Application } from './application.js';

/** A call that failed. */
export interface FailedCall {
  readonly operation: string;
  readonly error: unknown;
}

/** What became of one log event. */
export interface Trial {
  readonly target: Target;
  readonly answer?: PutAnswer;
  readonly failed?: FailedCall;
}

/** Writes one log event as the sink would: by the same calls, made by whoever makes those of the sink. */
export async function trialWrite(application: Application, target: Target): Promise<Trial> {
  const { sink, surroundings } = application;
  const made = logsPort({ settings: sink, onServiceDate: () => undefined });
  const port = timedPort(made, systemClock, surroundings.timeoutMs);
  const failures: FailedCall[] = [];
  const provisioner = new Provisioner(
    port,
    { ...sink, waitsForStreams: false },
    {
      failed: (operation, _, error) => void failures.push({ operation, error }),
    },
  );
  const put = (): Promise<PutAnswer> =>
    port.putLogEvents(target, bodyOf(application, target), surroundings.signal);
  try {
    const answer = await put().catch(async (error: unknown) => {
      if (isSkew(error)) return put();
      if (traits(error).reason !== 'ResourceNotFoundException') throw error;
      const failure = await provisioner.provision(target, surroundings.signal);
      return failure === undefined ? put() : undefined;
    });
    return answer === undefined ? { target, failed: failures.at(-1)! } : { target, answer };
  } catch (error) {
    return { target, failed: { operation: 'PutLogEvents', error } };
  } finally {
    port.close();
  }
}

/** The sink signs its second call with the time of the service. */
function isSkew(error: unknown): boolean {
  return /^(InvalidSignature|SignatureDoesNotMatch|RequestExpired|RequestTimeTooSkewed)/.test(
    traits(error).reason,
  );
}

function bodyOf(
  { surroundings, settings }: Application,
  { logGroupName, logStreamName }: Target,
): { bytes: Uint8Array; encoding: 'identity' } {
  const { service } = settings.app;
  const timestamp = surroundings.nowMs();
  const message = JSON.stringify({
    level: 'info',
    message: 'written by fapilog-cloudwatch doctor --write',
    ...(service !== undefined && { service }),
  });
  const call = { logGroupName, logStreamName, logEvents: [{ timestamp, message }] };
  return { bytes: Buffer.from(JSON.stringify(call)), encoding: 'identity' };
}

/** A stream of its own, where the sink has one of its own for each process: a role may allow only those of its prefix. */
export function trialTarget({ sink, target: { logGroupName } }: Application): Target {
  const { logStreamPrefix: prefix = '' } = sink;
  const own = defaultLogStreamName({ prefix: 'fapilog-doctor', host: hostname() });
  const joint = prefix === '' || /[-_/.#]$/.test(prefix) ? '' : '-';
  return { logGroupName, logStreamName: `${prefix}${joint}${own}` };
}
