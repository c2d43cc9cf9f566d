import { encodeEnvironment } from '../../contract/codec.js';
import { isMap } from '../../local/api/json.js';
import { Failure } from '../failure.js';
import type { Variables } from './variable-format.js';

/** Values of a stack's outputs, by key. */
export type Outputs = Readonly<Record<string, string>>;

/** What is taken of the outputs. */
export interface OutputChoice {
  /** Key of an output, or its beginning. */
  readonly output?: string | undefined;
  /** Whether the program is to assume the writer role. */
  readonly assumeRole?: boolean | undefined;
}

/** What `addOutputs()` writes: the path of its call, its name, and a hash that CDK puts behind it. */
const PUBLISHED = /^(.*)(LogGroupName|LogGroupRegion|WriterRoleArn)Output(?:[0-9A-F]{8})?$/;

/** The outputs of one call of `addOutputs()`, by their names there. */
type Published = Readonly<Record<string, string>>;

/**
 * Variables of a program that writes to the log group of a stack.
 *
 * @throws Failure if the outputs do not tell, or tell of several log groups, with what there is
 */
export function variablesOfOutputs(outputs: Outputs, choice: OutputChoice): Variables {
  const { output } = choice;
  const exact = output === undefined ? undefined : outputs[output];
  if (exact !== undefined && !PUBLISHED.test(output!)) return variablesIn(output!, exact);
  const calls = callsIn(outputs);
  const chosen = [...calls].filter(([path]) => output === undefined || isOf(output, path));
  const [only, ...others] = chosen;
  if (only === undefined) throw new Failure(nothingFound(outputs, choice));
  if (others.length > 0) throw new Failure(several(chosen.map(([path]) => path)));
  return settingsOf(only[1], choice);
}

function callsIn(outputs: Outputs): Map<string, Published> {
  const calls = new Map<string, Published>();
  for (const [key, value] of Object.entries(outputs)) {
    const [, path, name] = PUBLISHED.exec(key) ?? [];
    if (path !== undefined) calls.set(path, { ...calls.get(path), [name!]: value });
  }
  return calls;
}

/** An output is named by its key or by the beginning that those of one call share. */
function isOf(output: string, path: string): boolean {
  const [, ofKey] = PUBLISHED.exec(output) ?? [];
  return ofKey === undefined ? path === output : path === ofKey;
}

function settingsOf(published: Published, { assumeRole }: OutputChoice): Variables {
  const { LogGroupName, LogGroupRegion, WriterRoleArn } = published;
  if (LogGroupName === undefined)
    throw new Failure('The stack has no output with the name of the log group; deploy it with addOutputs().');
  if (assumeRole === true && WriterRoleArn === undefined)
    throw new Failure('--assume-role: the stack has no output with the ARN of the writer role.');
  return encodeEnvironment({
    cloudwatch: {
      logGroupName: LogGroupName,
      ...(LogGroupRegion !== undefined && { region: LogGroupRegion }),
      ...(assumeRole === true && { roleArn: WriterRoleArn }),
    },
  });
}

/** The variables that an output has as JSON, as an app writes what `environment()` returns. */
function variablesIn(output: string, text: string): Variables {
  const value = jsonOf(text);
  const isVariables = isMap(value) && Object.values(value).every((each) => typeof each === 'string');
  if (isVariables) return value as Variables;
  throw new Failure(
    `The output ${output} holds no variables; allowed: a JSON object of texts, such as {"FAPILOG_CORE__LOG_LEVEL":"info"}.`,
  );
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function several(paths: readonly string[]): string {
  const lines = paths.map((path) => `  --output ${path}`);
  return `The stack has outputs of several log groups; name one:\n${lines.join('\n')}`;
}

function nothingFound(outputs: Outputs, { output }: OutputChoice): string {
  const keys = Object.keys(outputs);
  const there = keys.length === 0 ? 'It has none.' : `It has ${keys.join(', ')}.`;
  if (output !== undefined) return `The stack has no output ${output}. ${there}`;
  return (
    `The stack has no outputs of a log group. ${there} Deploy it with logging.addOutputs(), name an output that holds ` +
    'variables as JSON by --output, or use --parameter or --template.'
  );
}
