import { logGroupArn, logStreamArn } from '../arns.js';
import { targetOf } from '../calls.js';
import type { Fault } from './faults.js';
import { throttled } from './throttled.js';
import type { PutOverrides } from '../operations/operation.js';
import { type Answer, type Call, refusal, type Reply, type StreamAnswer, success } from '../protocol/call.js';
import type { RejectedLogEventsInfo } from '../operations/rejections.js';
import { bodyTooLarge, invalidParameter, missingStream, ServiceError } from '../service-error.js';

/** The parts of the server that a fault uses. */
export interface FaultHost {
  /**
   * Runs the call.
   *
   * @throws ServiceError if the call is refused
   */
  readonly run: (overrides?: PutOverrides) => Answer | StreamAnswer;
  readonly wait: (delayMs: number) => Promise<void>;
}

const REJECTIONS: Readonly<
  Record<'tooOld' | 'expired' | 'tooNew', (events: number) => RejectedLogEventsInfo>
> = {
  tooOld: (events) => ({ tooOldLogEventEndIndex: events }),
  expired: (events) => ({ expiredLogEventEndIndex: events }),
  tooNew: () => ({ tooNewLogEventStartIndex: 0 }),
};

/** Faults that spoil a success. If a call is refused anyway, the fault is kept for the next one. */
const NEEDS_SUCCESS: ReadonlySet<Fault['kind']> = new Set([
  'resetAfter',
  'cutBody',
  'noRequestId',
  'rejectAll',
  'partialReject',
]);

export function needsSuccess({ kind }: Fault): boolean {
  return NEEDS_SUCCESS.has(kind);
}

export async function applyFault(fault: Fault, call: Call, { run, wait }: FaultHost): Promise<Reply> {
  switch (fault.kind) {
    case 'delay':
      await wait(fault.delayMs);
      return run();
    case 'hang':
      return { kind: 'silence' };
    case 'resetBefore':
      return { kind: 'reset' };
    case 'resetAfter':
      run();
      return { kind: 'reset' };
    case 'noRequestId':
      return { ...(fault.stored === true ? run() : success({})), withoutRequestId: true };
    case 'cutBody':
      return cut(run());
    case 'rejectAll':
      return run({ rejections: (events) => REJECTIONS[fault.reason ?? 'tooOld'](events.length) });
    case 'partialReject':
      return run({ rejections: () => fault.rejectedLogEventsInfo });
    case 'demandSequenceToken':
      return run({ demandsSequenceToken: true });
    default:
      return refusal(refusalOf(fault, call));
  }
}

function cut(answer: Answer | StreamAnswer): Answer | StreamAnswer {
  if (answer.kind === 'stream') return answer;
  return { ...answer, body: answer.body.slice(0, Math.ceil(answer.body.length / 2)) };
}

type Refusing =
  | 'throttle'
  | 'error'
  | 'unavailable'
  | 'internal'
  | 'accessDenied'
  | 'expiredCredentials'
  | 'refuseGzip'
  | 'poison'
  | 'missing'
  | 'tooLarge';

function refusalOf(fault: Extract<Fault, { kind: Refusing }>, call: Call): ServiceError {
  switch (fault.kind) {
    case 'throttle':
      return throttled(fault.retryAfterSeconds);
    case 'error':
      return new ServiceError(fault.errorName, fault.message, {
        status: fault.status,
        members: fault.members,
      });
    case 'unavailable':
      return new ServiceError('ServiceUnavailableException', 'Service Unavailable', { status: 503 });
    case 'internal':
      return new ServiceError('InternalFailure', 'An internal failure occurred.', { status: 500 });
    case 'accessDenied':
      return accessDenied(call);
    case 'expiredCredentials':
      return new ServiceError(
        'ExpiredTokenException',
        'The security token included in the request is expired',
      );
    case 'refuseGzip':
      return new ServiceError(
        fault.errorName ?? 'SerializationException',
        'Unable to parse the request body',
      );
    case 'poison':
      return invalidParameter('The log event message contains invalid data.');
    case 'missing':
      return missingStream();
    case 'tooLarge':
    default:
      return bodyTooLarge();
  }
}

/** The guide to access-denied messages documents the form of the text. */
function accessDenied({ operation, input, caller }: Call): ServiceError {
  const { logGroupName, logStreamName } = targetOf(input);
  const resource =
    logStreamName === ''
      ? `${logGroupArn(caller, logGroupName)}:*`
      : logStreamArn(caller, logGroupName, logStreamName);
  const action = `logs:${operation}`;
  return new ServiceError(
    'AccessDeniedException',
    `User: arn:aws:iam::${caller.accountId}:user/${caller.accessKeyId} is not authorized to perform: ${action} ` +
      `on resource: ${resource} because no identity-based policy allows the ${action} action`,
  );
}
