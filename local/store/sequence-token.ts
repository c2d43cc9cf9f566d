import type { InputLogEvent } from './log-event.js';
import { ServiceError } from '../service-error.js';
import type { Sequence } from './log-stream.js';

/**
 * Checks a sequence token by the rule until January 2023, which old emulators still have: each call carries the token
 * of the one before. The token that a call was sent with reveals a repetition. Names and members are from the API,
 * texts are reported.
 */
export function checkSequenceToken(
  sequence: Sequence | undefined,
  token: string | undefined,
  events: readonly InputLogEvent[],
): void {
  if (sequence === undefined || token === sequence.expectedToken) return;
  const { expectedToken, previousToken, lastCall } = sequence;
  const repeated = token === previousToken && areEqual(events, lastCall);
  throw repeated ? alreadyAccepted(expectedToken) : invalidToken(expectedToken);
}

function alreadyAccepted(expectedSequenceToken: string): ServiceError {
  const text =
    'The given batch of log events has already been accepted. The next batch can be sent with sequenceToken:';
  const members = { expectedSequenceToken };
  return new ServiceError('DataAlreadyAcceptedException', `${text} ${expectedSequenceToken}`, { members });
}

function invalidToken(expectedSequenceToken: string): ServiceError {
  const text = 'The given sequenceToken is invalid. The next expected sequenceToken is:';
  const members = { expectedSequenceToken };
  return new ServiceError('InvalidSequenceTokenException', `${text} ${expectedSequenceToken}`, { members });
}

function areEqual(left: readonly InputLogEvent[], right: readonly InputLogEvent[]): boolean {
  return (
    left.length === right.length &&
    left.every(
      ({ timestamp, message }, index) =>
        timestamp === right[index]?.timestamp && message === right[index].message,
    )
  );
}
