import type { PutAnswer } from '../send/port.js';
import { withHead, type Answer } from './exchange.js';

type Members = Readonly<Record<string, unknown>>;

/** JSON has no `undefined`. */
type Nullable<Type> = { readonly [Name in keyof Type]: Type[Name] | null };

/**
 * What the sink reads of an answer, to whichever call.
 *
 * @throws as {@link answerBody}
 */
export function putAnswerOf(answer: Answer): PutAnswer {
  const members = answerBody(answer) as Nullable<PutAnswer>;
  return {
    requestId: requestIdOf(answer),
    rejectedLogEventsInfo: members.rejectedLogEventsInfo ?? undefined,
    rejectedEntityInfo: members.rejectedEntityInfo ?? undefined,
    nextSequenceToken: members.nextSequenceToken ?? undefined,
  };
}

/** Under the names by which the official client knows it. */
function requestIdOf({ headers }: Answer): string | undefined {
  return headers['x-amzn-requestid'] ?? headers['x-amzn-request-id'] ?? headers['x-amz-request-id'];
}

/**
 * The members of an answer.
 *
 * @throws what the official client throws: a SyntaxError if it is no JSON, and for a refusal an error with the name that the service
 * gives it
 */
export function answerBody(answer: Answer): Members {
  try {
    const members = Object(answer.text === '' ? {} : JSON.parse(answer.text)) as Members;
    if (answer.status < 300) return members;
    throw refusal(answer, members);
  } catch (error) {
    throw withHead(error, answer);
  }
}

function refusal({ headers }: Answer, members: Members): Error {
  const { message, Message, code, expectedSequenceToken } = members;
  const text = [message, Message].find((each): each is string => typeof each === 'string' && each !== '');
  const name = errorName(members['__type'] ?? codeOf(members) ?? headers['x-amzn-errortype']);
  return Object.assign(new Error(text ?? 'UnknownError'), {
    name,
    // As the official client, which keeps all members: a code of its own goes before the name.
    ...(typeof code === 'string' ? { code } : {}),
    expectedSequenceToken,
  });
}

/** Some that stand between write it in capitals. */
function codeOf(members: Members): unknown {
  const key = Object.keys(members).find((each) => each.toLowerCase() === 'code');
  return key === undefined ? undefined : members[key];
}

/** From "ThrottlingException", "com.amazonaws.logs#ThrottlingException" or "ThrottlingException:http://…/". */
function errorName(type: unknown): string {
  const text = typeof type === 'string' || typeof type === 'number' ? String(type) : 'Unknown';
  const [first = ''] = text.split(/[,:]/);
  return first.split('#')[first.includes('#') ? 1 : 0]!;
}
