import { encodeEnvironment } from '../../contract/codec.js';
import { jsonErrorHint } from '../../contract/json-error.js';
import { SettingsError } from '../../contract/problems.js';
import { asMapping, readDocument } from '../../runtime/settings/document.js';
import { getParameter, SSM_CLIENT } from '../../runtime/settings/get-parameter.js';
import { Failure } from '../failure.js';
import { callProblem, type PlaceOptions, takePlace } from './aws-place.js';
import type { Variables } from './variable-format.js';

export interface ParameterOptions extends PlaceOptions {
  /** Whether the text of a SecureString may be shown. */
  readonly withSecrets?: boolean | undefined;
}

/**
 * The settings of an SSM parameter as the variables that say the same.
 *
 * @throws Failure if it cannot be read, is secret and that was not asked for, or holds something else
 */
export async function variablesOfParameter(name: string, options: ParameterOptions): Promise<Variables> {
  const text = await textOf(name, options);
  const value = mappingOf(name, text);
  const { settings, foreign, problems } = readDocument(name, {
    value,
    errors: [],
    isSecret: options.withSecrets !== true,
  });
  if (problems.length > 0) throw new Failure(new SettingsError(problems).message);
  const plugins = [...Object.keys(foreign.sinkConfig), ...Object.keys(foreign.filterConfig)];
  if (plugins.length === 0) return encodeEnvironment(settings);
  throw new Failure(
    `${name} has settings of the plugins ${plugins.join(', ')}, for which there are no variables. ` +
      `Set FAPILOG_CONFIG_SSM=${name} instead.`,
  );
}

async function textOf(name: string, options: ParameterOptions): Promise<string> {
  const region = takePlace('SSM', options);
  const answer = await getParameter({ name, region: regionOfArn(name) ?? region });
  if ('error' in answer) throw unread(name, region, answer.error);
  if (!answer.isSecret || options.withSecrets === true) return answer.text;
  throw new Failure(`${name} is a SecureString. --with-secrets prints what it holds.`);
}

function regionOfArn(name: string): string | undefined {
  return /^arn:[^:]+:ssm:([^:]+):/.exec(name)?.[1];
}

function unread(name: string, region: string, error: { name: string; message: string }): Failure {
  if (error.name === 'MODULE_NOT_FOUND')
    return new Failure(`--parameter needs the package ${SSM_CLIENT}: npm install --save-dev ${SSM_CLIENT}`);
  return callProblem(`GetParameter of ${name} in ${region}`, error);
}

/** The text itself is not shown: it may be a secret. */
function mappingOf(name: string, text: string): Readonly<Record<string, unknown>> {
  try {
    const value = asMapping(JSON.parse(text));
    if (value !== undefined) return value;
  } catch {
    // The same as another kind of JSON.
  }
  throw new Failure(
    `${name} holds no settings; allowed: one JSON object, such as {"core":{"log_level":"info"}}${jsonErrorHint(text)}`,
  );
}
