import { systemClock } from '../../io/clock.js';
import { Diagnostics } from '../../io/diagnostics.js';
import { heard } from '../../io/quietly.js';
import { writeStderr } from '../../io/stderr.js';
import { isThenable } from '../../plugins/definition.js';
import { reasonOf } from '../../serialize/guard.js';

const diagnostics = new Diagnostics(systemClock, writeStderr);

/** Reports that something of request logging failed, which must not harm the request. */
export function reportTrouble(what: string, thrown: unknown): void {
  diagnostics.report('http', `request logging: ${what}: ${reasonOf(thrown)}`);
}

/**
 * Asks a function that the application gave as an option. Where it throws, returns a promise or another value than it should,
 * that is reported, and the answer is `undefined`.
 */
export function answerOf<Answer>(
  option: string,
  ask: () => unknown,
  isAnswer: (value: unknown) => value is Answer,
  allowed: string,
): Answer | undefined {
  try {
    const answer = heard(ask());
    if (answer === undefined || isAnswer(answer)) return answer;
    const given = isThenable(answer) ? 'a promise' : typeof answer;
    throw new TypeError(`it returned ${given}; allowed: ${allowed}`);
  } catch (error) {
    reportTrouble(`option ${option}`, error);
    return undefined;
  }
}
