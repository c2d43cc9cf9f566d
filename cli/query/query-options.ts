import type { ConnectionOptions } from '../aws/connection.js';
import { Failure } from '../failure.js';
import type { ParameterValues } from './saved-query.js';

/** The options of `query`, as given. */
export interface QueryOptions extends ConnectionOptions {
  readonly group?: readonly string[];
  readonly file?: string;
  readonly saved?: string;
  readonly parameter?: ParameterValues;
  readonly since?: number;
  readonly until?: number;
  readonly limit?: number;
  readonly json?: boolean;
  readonly csv?: boolean;
  readonly ptr?: boolean;
}

/** @throws Failure for options that do not go together */
export function checkTogether(argument: string | undefined, options: QueryOptions): void {
  const { file, saved, parameter, group, since, until } = options;
  const texts = Object.entries({ 'an argument': argument, '--file': file, '--saved': saved })
    .filter(([, text]) => text !== undefined)
    .map(([name]) => name);
  if (texts.length > 1) throw new Failure(`The query is given twice, as ${texts.join(' and ')}. Give one.`);
  if (parameter !== undefined && saved === undefined)
    throw new Failure(`--parameter ${Object.keys(parameter)[0]} needs --saved NAME.`);
  if (group === undefined && saved === undefined)
    throw new Failure(
      "There is no log group to query. Give -g NAME, such as -g /myapp/production or -g '/myapp/*'.",
    );
  if (since !== undefined && until !== undefined && since >= until)
    throw new Failure('--since has to be before --until.');
}
