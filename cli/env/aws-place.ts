import { isRegion, REGION_RULE, regionHint } from '../../contract/region.js';
import { isUrl, missingRegion, saidRegion } from '../aws/connection.js';
import { Failure } from '../failure.js';

/** Options that say where a stack or a parameter is. */
export interface PlaceOptions {
  readonly region?: string | undefined;
  readonly profile?: string | undefined;
  readonly endpointUrl?: string | undefined;
}

/** Services that the command calls. */
export type Service = 'CLOUDFORMATION' | 'SSM';

/**
 * Puts the options where the AWS SDK looks, which has clients of its own for each service.
 *
 * @returns the Region
 * @throws Failure if there is none, or if it cannot be one
 */
export function takePlace(
  service: Service,
  { region, endpointUrl }: PlaceOptions,
  env = process.env,
): string {
  env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';
  if (endpointUrl !== undefined) env[`AWS_ENDPOINT_URL_${service}`] = urlOf(endpointUrl);
  const found = regionIn({ region }, env);
  if (found !== undefined) return found;
  throw missingRegion();
}

/**
 * The Region of the option, the environment or the profile, as the AWS and CDK command lines find it.
 *
 * @throws Failure if it cannot be one
 */
export function regionIn({ region }: PlaceOptions, env = process.env): string | undefined {
  const found = saidRegion({ region }, env);
  if (found === undefined || isRegion(found)) return found;
  throw new Failure(`"${found}" is no Region; allowed: ${REGION_RULE}${regionHint(found)}`);
}

function urlOf(text: string): string {
  if (isUrl(text)) return text;
  throw new Failure(`--endpoint-url ${text}: allowed: a URL such as http://127.0.0.1:4566.`);
}

/** One line for a call that failed: what was asked, the answer, and what mends it. */
export function callProblem(what: string, { name, message }: { name: string; message: string }): Failure {
  const advice = ADVICE.find(([pattern]) => pattern.test(`${name}: ${message}`))?.[1];
  const line = message.split('\n', 1)[0]!.replace(/\.$/, '');
  return new Failure(`${what}: ${name}: ${line}${advice === undefined ? '' : `. Mend: ${advice}`}`);
}

const ADVICE: readonly (readonly [RegExp, string])[] = [
  [
    /^(?:CredentialsProviderError|Timeout)|load credentials/,
    'give credentials: `aws sso login`, --profile NAME, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY',
  ],
  [/^Expired|^RequestExpired/, 'the credentials are too old: log in again'],
  [
    /^(?:InvalidClientTokenId|UnrecognizedClient|SignatureDoesNotMatch)/,
    'AWS does not know these credentials: look for AWS_ACCESS_KEY_ID of another account',
  ],
  [
    /^AccessDenied/,
    'allow the caller cloudformation:DescribeStacks on the stack, or ssm:GetParameter on the parameter',
  ],
  [
    /does not exist|^ParameterNotFound/,
    'there is none of this name in this Region and account: correct the name, --region or --profile',
  ],
  [
    /^(?:ECONN|ENOTFOUND|EAI_AGAIN|AggregateError)/,
    'nothing answers there: look at --endpoint-url, AWS_ENDPOINT_URL and --region',
  ],
];
