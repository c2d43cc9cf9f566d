import type { Environment } from '../../../contract/codec.js';
import { hasKeys } from '../../../runtime/direct/environment-credentials.js';
import type { Credentials } from '../../../runtime/send/held-credentials.js';
import { messageOf, traits } from '../../../runtime/send/verdict.js';
import { profileNames } from '../../local/aws-profile.js';
import { sourceOf } from '../credential-origin.js';
import type { Application } from '../application.js';
import { callerIdentity } from '../caller-identity.js';
import type { Check } from '../check.js';
import { fault, finding, type Finding } from '../finding.js';
import { outcomeOf } from '../outcome.js';

/** Who signs the calls, and with what. No secret is shown. */
export const credentialsCheck: Check = {
  name: 'Credentials',
  async run(application) {
    if (!application.isDelivering) return [];
    const lane = await laneOf(application);
    const credentials = await application.credentials();
    if ('error' in credentials) return [lane, await missing(application, credentials.error)];
    const held = heldFinding(application, credentials.value);
    const isExpired = held.kind === 'problem';
    return [lane, held, ...(isExpired ? [] : [await identityOf(application, credentials.value)])];
  },
};

async function laneOf(application: Application): Promise<Finding> {
  const { sdkReason } = await application.way();
  return finding(
    'lane',
    sdkReason === undefined
      ? 'the sink signs and sends its calls itself'
      : `the AWS SDK makes the calls of the sink: ${sdkReason}`,
  );
}

function heldFinding({ env, sink, surroundings }: Application, credentials: Credentials): Finding {
  const { expiration } = credentials;
  const source = `from ${sourceOf(credentials, env)}`;
  const role = sink.roleArn === undefined ? '' : `, of the role ${sink.roleArn}`;
  const until = expiration === undefined ? '' : `, valid until ${expiration.toISOString()}`;
  if (expiration === undefined || expiration.getTime() > surroundings.nowMs())
    return finding('credentials', `credentials ${source}${role}${until}`);
  const fix = hasKeys(env)
    ? 'start the process with others, or with a role or profile'
    : 'renew them where they come from';
  return fault(
    'credentials-expired',
    `the credentials ${source} have expired at ${expiration.toISOString()}`,
    fix,
  );
}

const CODE_OF = {
  CredentialsProviderError: 'credentials-missing',
  SdkMissing: 'credentials-missing',
  AssumeRoleRefused: 'role-refused',
  AssumeRoleFailed: 'role-refused',
} as const;

async function missing(application: Application, error: Error): Promise<Finding> {
  const code = CODE_OF[error.name as keyof typeof CODE_OF] ?? 'credentials-unreachable';
  const reason = error.name === 'TimeoutError' ? 'CredentialsUnavailable' : error.name;
  const message = error.name === 'TimeoutError' ? `no credentials: ${error.message}` : messageOf(error);
  const fix = profileAdvice(application.env, error);
  return fault(code, message, fix ?? (await application.adviceOn('PutLogEvents', error, reason)));
}

/** The sink does not know which profiles there are. */
function profileAdvice(env: Environment, { name }: Error): string | undefined {
  const profile = env['AWS_PROFILE'];
  if (name !== 'CredentialsProviderError' || !profile || !profileNames(env).includes(profile))
    return undefined;
  return `the profile ${profile} is there and gives no credentials: see what aws sts get-caller-identity --profile ${profile} says`;
}

async function identityOf(application: Application, credentials: Credentials): Promise<Finding> {
  const identity = await outcomeOf(() => callerIdentity(application, credentials));
  if ('value' in identity) return identityFinding(identity.value);
  const { reason, status } = traits(identity.error);
  const message = `STS: ${reason}: ${messageOf(identity.error)}`;
  if (status === undefined || status < 400 || status >= 500 || !/Token|Signature|Client|Expired/.test(reason))
    return finding('identity-unknown', message);
  return fault('caller-refused', message, await application.adviceOn('PutLogEvents', identity.error));
}

function identityFinding({ arn, skipped }: { arn?: string; skipped?: string }): Finding {
  return arn === undefined
    ? finding('identity-unknown', skipped ?? 'STS did not say who the caller is')
    : finding('identity', `the caller is ${arn}`);
}
