import { jsonErrorHint } from '../../contract/json-error.js';
import { noSettings, readDocument, type DocumentSettings } from './document.js';
import { getParameter, type ParameterAnswer } from './get-parameter.js';

/** The variable that names an SSM parameter with settings. */
export const SSM_VARIABLE = 'FAPILOG_CONFIG_SSM';

/** Parameters that have been read, for as long as the process lives: every logger and every sink asks for them. */
const parameters = new Map<string, ParameterAnswer>();

/**
 * Reads the settings that an SSM parameter holds as one JSON document in the shape of a settings file; a SecureString is
 * decrypted. The first time in a process, this waits for a call of the service, ten seconds at the most.
 *
 * @param region that of an ARN wins over it. @default - `AWS_REGION`, `AWS_DEFAULT_REGION`, then the AWS SDK's own chain
 */
export function readSettingsParameter(name: string, region: string | undefined): DocumentSettings {
  const chosenRegion =
    regionOf(name) ?? region ?? process.env['AWS_REGION'] ?? process.env['AWS_DEFAULT_REGION'];
  const answer = remembered(name, chosenRegion);
  if ('error' in answer) return unusable(name, `that can be read; ${causeOf(answer.error, chosenRegion)}`);
  const value = asObject(answer.text);
  // The text itself is not shown: it may be a SecureString's.
  if (value === undefined) return unusable(name, NOT_JSON + jsonErrorHint(answer.text));
  const { isSecret } = answer;
  return readDocument(`${SSM_VARIABLE} (${name})`, { value, errors: [], isSecret, lineOf: () => undefined });
}

function remembered(name: string, region: string | undefined): ParameterAnswer {
  const key = JSON.stringify([name, region]);
  const known = parameters.get(key);
  if (known) return known;
  const answer = getParameter({ name, region });
  if ('text' in answer) parameters.set(key, answer);
  return answer;
}

function regionOf(name: string): string | undefined {
  return /^arn:[^:]+:ssm:([^:]+):/.exec(name)?.[1];
}

const NOT_JSON =
  'whose text is one JSON object in the shape of a settings file, such as {"core":{"log_level":"info"}}';

function asObject(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function unusable(name: string, rule: string): DocumentSettings {
  const problem = {
    where: SSM_VARIABLE,
    value: name,
    allowed: `the name or ARN of an SSM parameter ${rule}`,
  };
  return { ...noSettings, problems: [problem] };
}

/** What stood in the way, and what to do about it. */
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
      // The message quotes what the service answered.
      return 'the answer of the service could not be read';
    default:
      return `${name}: ${message}`;
  }
}
