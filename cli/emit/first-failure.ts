import type { Diagnostic } from '../../runtime/io/diagnostics.js';
import { NEEDS_REPAIR } from '../../runtime/send/verdict.js';
import { Failure } from '../failure.js';

/** How codes of calls that failed begin. */
const FAILED = 'failed.';

/**
 * Hears why calls fail before anything is delivered. Where only a person can mend the cause, such as missing credentials, the command
 * ends: to wait would help nobody. Anything else may pass, such as a service that is not there yet.
 */
export class FirstFailure {
  readonly #isProven: () => boolean;
  readonly #onFatal: (failure: Failure) => void;
  readonly #waiting = new Set<() => void>();
  #hasFailed = false;

  /** @param isProven whether something was delivered: from then on every failure may pass */
  constructor(isProven: () => boolean, onFatal: (failure: Failure) => void) {
    this.#isProven = isProven;
    this.#onFatal = onFatal;
  }

  /** Resolves once a call has failed. */
  async failed(): Promise<void> {
    if (!this.#hasFailed) await new Promise<void>((resolve) => this.#waiting.add(resolve));
  }

  hear({ code, message }: Diagnostic): void {
    if (!code.startsWith(FAILED) || this.#isProven()) return;
    if (needsRepair(code.slice(FAILED.length), message)) this.#onFatal(failureOf(message));
    this.#hasFailed = true;
    for (const resolve of this.#waiting) resolve();
    this.#waiting.clear();
  }
}

/** What is missing is created, unless a setting says not to. */
const IS_OFF = /is missing, and (createLogGroup|createLogStream) is off/;

function needsRepair(reason: string, message: string): boolean {
  return NEEDS_REPAIR.has(reason) || IS_OFF.test(message);
}

/** The report says what is wrong and what mends it, for a program that goes on. */
function failureOf(message: string): Failure {
  const text = message.replace(', events wait:', ':');
  const [, setting] = IS_OFF.exec(text) ?? [];
  if (setting === undefined) return new Failure(text);
  const [what] = text.split(`, and ${setting} is off`);
  const variable = setting === 'createLogGroup' ? 'CREATE_LOG_GROUP' : 'CREATE_LOG_STREAM';
  return new Failure(
    `${what}, and is not to be created. Give --create, or correct the name (FAPILOG_CLOUDWATCH__${variable} or --no-create says so)`,
  );
}
