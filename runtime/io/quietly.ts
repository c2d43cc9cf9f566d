import { types } from 'node:util';

/**
 * Calls a function, of the application for example. Whatever it throws, now or in a promise, must not reach a log call or
 * end the process; `onThrown` is called with it.
 */
export function quietly(action: () => unknown, onThrown: (thrown: unknown) => void = () => undefined): void {
  try {
    const answer = action();
    if (answer !== undefined) hear(answer, onThrown);
  } catch (thrown) {
    onThrown(thrown);
  }
}

/** Listens to what a function of the application returned: a promise, of any realm, that rejects unheard ends the process. */
export function hear(answer: unknown, onThrown: (thrown: unknown) => void = () => undefined): void {
  if (types.isPromise(answer)) void answer.then(undefined, onThrown);
}

/** What was returned, once it is listened to. */
export function heard<Answer>(answer: Answer): Answer {
  hear(answer);
  return answer;
}
