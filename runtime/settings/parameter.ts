import { jsonErrorHint } from '../../contract/json-error.js';
import { isRegion, regionHint, regionOfEnvironment } from '../../contract/region.js';
import { CONFIG_SSM_VARIABLE } from '../../contract/unknown-variable.js';
import { guarded } from '../serialize/guard.js';
import { asMapping, noSettings, readDocument, type DocumentSettings } from './document.js';
import { getParameterSync } from './get-parameter-sync.js';
import { getParameter, type ParameterAnswer, type ParameterRequest } from './get-parameter.js';

/**
 * Parameters that were read or are being read, kept for the life of the process: every logger and every sink asks for them. Failures
 * are not kept: the next call reads again.
 */
const parameters = new Map<string, ParameterAnswer | Promise<ParameterAnswer>>();

/**
 * Reads the settings that an SSM parameter holds as one JSON document in the shape of a settings file; a SecureString is
 * decrypted. Only the first call in a process calls SSM. It takes ten seconds at the most.
 *
 * @param region that of an ARN wins over it. @default - `AWS_REGION`, `AWS_DEFAULT_REGION`, then the AWS SDK's own chain
 */
export async function readSettingsParameter(
  name: string,
  region: string | undefined,
): Promise<DocumentSettings> {
  const request = requestFor(name, region);
  return wrongRegion(request) ?? documentOf(request, await remembered(request));
}

/** As {@link readSettingsParameter}, and blocks until the parameter is there. */
export function readSettingsParameterSync(name: string, region: string | undefined): DocumentSettings {
  const request = requestFor(name, region);
  const wrong = wrongRegion(request);
  if (wrong) return wrong;
  const known = parameters.get(keyOf(request));
  const answer = known instanceof Promise ? undefined : known;
  return documentOf(request, answer ?? kept(request, getParameterSync(request)));
}

function requestFor(name: string, region: string | undefined): ParameterRequest {
  return { name, region: regionOf(name) ?? region ?? regionOfEnvironment(process.env)?.region };
}

/** A Region that is none has no endpoint: the call would only wait for one. */
function wrongRegion({ name, region }: ParameterRequest): DocumentSettings | undefined {
  if (region === undefined || isRegion(region)) return undefined;
  return unusable(name, `in a Region that exists; ${region} is none${regionHint(region)}`);
}

function keyOf({ name, region }: ParameterRequest): string {
  return JSON.stringify([name, region]);
}

async function remembered(request: ParameterRequest): Promise<ParameterAnswer> {
  const key = keyOf(request);
  const known = parameters.get(key);
  if (known) return known;
  const answer = getParameter(request);
  parameters.set(key, answer);
  return kept(request, await answer);
}

function kept(request: ParameterRequest, answer: ParameterAnswer): ParameterAnswer {
  if ('text' in answer) parameters.set(keyOf(request), answer);
  else parameters.delete(keyOf(request));
  return answer;
}

function documentOf({ name, region }: ParameterRequest, answer: ParameterAnswer): DocumentSettings {
  if ('error' in answer) return unusable(name, `that can be read; ${causeOf(answer.error, region)}`);
  const value = guarded(() => asMapping(JSON.parse(answer.text)), undefined);
  // The text itself is not shown: it may be a SecureString's.
  if (value === undefined) return unusable(name, NOT_JSON + jsonErrorHint(answer.text));
  const { isSecret } = answer;
  return readDocument(`${CONFIG_SSM_VARIABLE} (${name})`, { value, errors: [], isSecret });
}

function regionOf(name: string): string | undefined {
  return /^arn:[^:]+:ssm:([^:]+):/.exec(name)?.[1];
}

const NOT_JSON =
  'whose text is one JSON object in the shape of a settings file, such as {"core":{"log_level":"info"}}';

function unusable(name: string, rule: string): DocumentSettings {
  const problem = {
    where: CONFIG_SSM_VARIABLE,
    value: name,
    allowed: `the name or ARN of an SSM parameter ${rule}`,
  };
  return { ...noSettings, problems: [problem] };
}

/** Why the parameter could not be read, and what to do about it. */
function causeOf({ name, message }: { name: string; message: string }, region: string | undefined): string {
  const place = region ? ` in ${region}` : '';
  switch (name) {
    case 'MODULE_NOT_FOUND':
      return 'reading it needs the package @aws-sdk/client-ssm: npm install @aws-sdk/client-ssm';
    case 'ParameterNotFound':
      return `there is none of this name${place}: create it, or correct the name or the Region`;
    case 'AccessDeniedException':
      return `allow ssm:GetParameter on it, and kms:Decrypt if it is a SecureString (${message})`;
    case 'Timeout':
      return `${message}${place}: check that this process reaches SSM`;
    case 'SyntaxError':
      // The message quotes the answer of the service.
      return 'the answer of the service could not be read';
    default:
      return `${name}: ${message}`;
  }
}
