import { withHead, type Answer } from './exchange.js';

type Members = Readonly<Record<string, unknown>>;

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
