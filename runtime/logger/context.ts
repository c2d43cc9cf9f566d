import { types } from 'node:util';
import { assertNoProblems } from '../../contract/problems.js';
import type { Fields } from '../log-record.js';
import { contextFieldsOf } from './bound-fields.js';
import { soleContextProblems, type ContextOptions } from './context-options.js';
import { openScope, type OpenScope } from './open-scope.js';
import { currentScope, runIn } from './scope.js';

/**
 * Runs `work` with fields for every log call in it, awaited work included, of whatever logger. Inner fields win over outer ones.
 *
 * With `options`, lines below the level of their logger wait until an error is logged, or are logged at once in a share of all scopes.
 * The scope ends when `work` returns, or when the promise settles that it returns; work that goes on after that is none of it.
 *
 * @returns the result of `work`; with options, a promise that settles as the one of `work` does
 * @throws SettingsError naming every option that is malformed, before `work` runs; TypeError if `work` is no function.
 */
export function withContext<Result>(fields: object, work: () => Result, options?: ContextOptions): Result {
  if (typeof work !== 'function')
    throw new TypeError(
      `withContext takes fields, then work, a function; it was given ${typeof work} as work`,
    );
  const own = contextFieldsOf(fields);
  if (options !== undefined) return runToEnd(openChecked(own, options), work);
  const outer = currentScope();
  return runIn({ ...outer, fields: Object.freeze({ ...outer?.fields, ...own }) }, work);
}

function openChecked(fields: Fields, options: ContextOptions): OpenScope {
  assertNoProblems(soleContextProblems(options, 'withContext'));
  return openScope(fields, options);
}

/** Waits for promises only: to ask another object with a `then` for its value may start work, such as a query, once more. */
function runToEnd<Result>({ scope, end }: OpenScope, work: () => Result): Result {
  let result: Result;
  try {
    result = runIn(scope, work);
  } catch (error) {
    end(true);
    throw error;
  }
  if (types.isPromise(result)) return ended(result, end) as Result;
  end(false);
  return result;
}

/** Not listened to on the side: a rejection that nobody handles must stay one. */
function ended<Value>(promise: Promise<Value>, end: OpenScope['end']): Promise<Value> {
  return promise.then(
    (value) => {
      end(false);
      return value;
    },
    (error: unknown) => {
      end(true);
      throw error;
    },
  );
}
