import { dotEnvValue, shellWord } from '../../contract/quoting.js';
import { Failure } from '../failure.js';

export type Variables = Readonly<Record<string, string>>;

/** How variables are written, for who reads them. */
export type VariableFormat = keyof typeof writers;

/** A name that shells and readers of `.env` files take. */
const NAME = /^[A-Za-z_]\w*$/;

const writers = {
  env: (variables: Variables) => linesOf(variables, (name, value) => `${name}=${quoted(name, value)}`),
  export: (variables: Variables) => linesOf(variables, (name, value) => `export ${name}=${shellWord(value)}`),
  docker: (variables: Variables) => linesOf(variables, (name, value) => `${name}=${oneLine(name, value)}`),
  json: (variables: Variables) => `${JSON.stringify(variables, undefined, 2)}\n`,
};

/**
 * Variables as text, by name.
 *
 * @throws Failure if a value has no spelling in the format that all its readers understand alike
 */
export function variableText(variables: Variables, format: VariableFormat): string {
  const sorted = Object.entries(variables).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const [illegal] = sorted.find(([name]) => !NAME.test(name)) ?? [];
  if (illegal !== undefined && format !== 'json')
    throw new Failure(
      `${JSON.stringify(illegal)} is no name of a variable for a shell; allowed: letters, digits and _. --json prints it.`,
    );
  return writers[format](Object.fromEntries(sorted));
}

function linesOf(variables: Variables, line: (name: string, value: string) => string): string {
  return Object.entries(variables)
    .map(([name, value]) => `${line(name, value)}\n`)
    .join('');
}

function quoted(name: string, value: string): string {
  try {
    return dotEnvValue(name, value);
  } catch (error) {
    throw new Failure(`${(error as Error).message}. Use --export or --json.`);
  }
}

/** Docker takes a line as it is, up to its end, and knows no quotes. Source: docker/cli, issue 4665. */
function oneLine(name: string, value: string): string {
  if (!/[\r\n]/.test(value)) return value;
  throw new Failure(
    `${name} has several lines, which a file for \`docker run --env-file\` cannot hold. Use --export or --json.`,
  );
}
