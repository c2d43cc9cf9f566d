import type { CloudWatchValues } from '../../contract/sections.js';
import { CredentialsError, roleSessionName } from '../send/credentials-error.js';
import type { ClientConfig } from '../send/given-client.js';
import { areCredentials } from '../send/given-client-problems.js';
import type { Credentials, CredentialSource } from '../send/held-credentials.js';
import type { Sdk } from './given-sdk.js';
import { requestHandlerOf } from './request-handler.js';

export type CredentialSettings = Pick<CloudWatchValues, 'requestTimeoutSeconds'> &
  Partial<Pick<CloudWatchValues, 'roleArn' | 'externalId'>>;

/**
 * The SDK's default chain of providers, or the role that its credentials assume. Both are made anew each time and read
 * shared files anew: the SDK remembers the text of a file, and even that there was none, for the life of the process.
 *
 * @param given options of the application, whose credentials go before those of the chain
 */
export function credentialSource(
  { roleArn, externalId, requestTimeoutSeconds }: CredentialSettings,
  { fromNodeProviderChain, fromTemporaryCredentials }: Sdk,
  given: ClientConfig = {},
): CredentialSource {
  const timeouts = timeoutsFor(requestTimeoutSeconds, given.requestHandler);
  /** STS sees it as the SDK does that of its other clients; those that ask STS do not live long enough to learn it. */
  let systemClockOffset = 0;
  const clientConfig = () => ({ ...timeouts, systemClockOffset });
  const ofProcess = (): ReturnType<typeof fromNodeProviderChain> | CredentialSource =>
    given.credentials === undefined
      ? fromNodeProviderChain({ ignoreCache: true, clientConfig: clientConfig() })
      : ofApplication(given.credentials);
  const ofRole = (RoleArn: string): ReturnType<typeof fromTemporaryCredentials> =>
    fromTemporaryCredentials({
      params: {
        RoleArn,
        RoleSessionName: roleSessionName(),
        ...(externalId ? { ExternalId: externalId } : {}),
      },
      masterCredentials: ofProcess(),
      clientConfig: clientConfig(),
    });
  return async (properties) => {
    try {
      return await (roleArn ? ofRole(roleArn) : ofProcess())(properties);
    } catch (error) {
      systemClockOffset = clockOffsetOf(error) ?? systemClockOffset;
      throw new CredentialsError(error, roleArn);
    }
  };
}

/** Asks anew each time. What it gets is not checked by anybody else. */
function ofApplication(given: NonNullable<ClientConfig['credentials']>): CredentialSource {
  return async (properties) => {
    const credentials = await (typeof given === 'function' ? given(properties) : given);
    if (!areCredentials(credentials)) throw noCredentials();
    const { accessKeyId, secretAccessKey, sessionToken, expiration } = credentials;
    return {
      accessKeyId,
      secretAccessKey,
      ...(sessionToken ? { sessionToken } : {}),
      ...(expiration ? { expiration: new Date(expiration) } : {}),
    } satisfies Credentials;
  };
}

function noCredentials(): Error {
  const message = 'clientConfig.credentials gave no accessKeyId and secretAccessKey';
  return Object.assign(new Error(message), { name: 'CredentialsProviderError' });
}

/** How far whoever refused is ahead of this machine's clock, in milliseconds; `undefined` if the answer does not say. */
function clockOffsetOf(error: unknown): number | undefined {
  const { $response } = Object(error) as { $response?: { headers?: Readonly<Record<string, string>> } };
  const offsetMs = Date.parse($response?.headers?.['date'] ?? '') - Date.now();
  return Number.isNaN(offsetMs) ? undefined : offsetMs;
}

/**
 * Lets the SDK read its shared files anew for whatever else it finds there: the Region. It does so for a profile, and
 * fails, because there is none of this name.
 */
export async function rereadSharedFiles({ fromIni }: Sdk): Promise<void> {
  await fromIni({ ignoreCache: true, profile: 'fapilog-cloudwatch reads the files' })().catch(
    () => undefined,
  );
}

/**
 * For STS and SSO. The call that asks for credentials may take half of the time of the call that needs them, and all wait for
 * the same answer: one that never came would stop delivery for ever.
 */
function timeoutsFor(requestTimeoutSeconds: number, given: object | undefined) {
  const timeoutMs = requestTimeoutSeconds * 500;
  return {
    maxAttempts: 1,
    requestHandler: requestHandlerOf(given, {
      connectionTimeout: timeoutMs,
      requestTimeout: timeoutMs,
      socketTimeout: timeoutMs,
      throwOnRequestTimeout: true,
    }),
  };
}
