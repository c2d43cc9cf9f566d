import type { QueryDefinition, QueryParameter } from '@aws-sdk/client-cloudwatch-logs';
import { nearest } from '../../contract/nearest.js';
import { callFailure } from '../aws/call-failure.js';
import type { Connection } from '../aws/connection.js';
import { Failure } from '../failure.js';

/** Values for the parameters of a saved query, by name. */
export type ParameterValues = Readonly<Record<string, string>>;

/**
 * The saved query with this name; without its folders, if only one is called so.
 *
 * @throws Failure if there is none, or several
 */
export async function savedQuery(connection: Connection, name: string): Promise<QueryDefinition> {
  const all = await allDefinitions(connection);
  const exact = all.filter((each) => each.name === name);
  const found = exact.length > 0 ? exact : all.filter((each) => each.name?.endsWith(`/${name}`));
  if (found.length === 1) return found[0]!;
  const names = (found.length > 0 ? found : all).map((each) => each.name ?? '');
  throw new Failure(
    found.length > 0
      ? `${found.length} saved queries are called ${name}: ${names.join(', ')}. Give the whole name of one.`
      : `There is no saved query ${name} in ${connection.region}.${hintOf(name, names)}`,
  );
}

function hintOf(name: string, names: readonly string[]): string {
  if (names.length === 0) return ' There is none; addQueries() of the construct saves some.';
  const ends = names.map((each) => each.split('/').at(-1)!);
  const meant = nearest(name, [...names, ...ends]);
  return meant === undefined ? ` There is ${names.slice(0, 5).join(', ')}.` : ` Did you mean ${meant}?`;
}

async function allDefinitions(connection: Connection): Promise<QueryDefinition[]> {
  const found: QueryDefinition[] = [];
  let nextToken: string | undefined;
  try {
    do {
      const page = await connection.client.describeQueryDefinitions(nextToken ? { nextToken } : {});
      found.push(...(page.queryDefinitions ?? []));
      nextToken = page.nextToken;
    } while (nextToken !== undefined);
  } catch (error) {
    throw callFailure(error, { operation: 'DescribeQueryDefinitions', connection });
  }
  return found;
}

/**
 * The text of a saved query with values for its parameters, which stand in it as `{{name}}`.
 *
 * @throws Failure for a parameter that has no value, and for a value of none
 */
export function filledText(
  { queryString = '', parameters = [] }: QueryDefinition,
  values: ParameterValues,
): string {
  const names = parameters.map(({ name }) => name ?? '');
  const unknown = Object.keys(values).find((name) => !names.includes(name));
  if (unknown !== undefined)
    throw new Failure(`The saved query has no parameter ${unknown}. It has: ${names.join(', ') || 'none'}.`);
  // All at once: a value may have braces itself.
  return queryString.replaceAll(/\{\{([^{}]+)\}\}/g, (written, name: string) => {
    const parameter = parameters.find((each) => each.name === name);
    return parameter === undefined ? written : valueOf(parameter, values);
  });
}

function valueOf({ name = '', defaultValue }: QueryParameter, values: ParameterValues): string {
  const value = Object.hasOwn(values, name) ? values[name] : defaultValue;
  if (value !== undefined) return value;
  throw new Failure(`The parameter ${name} of the saved query has no value. Give --parameter ${name}=VALUE.`);
}
