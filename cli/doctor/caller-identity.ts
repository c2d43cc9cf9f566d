import { requireFrom } from '../../runtime/io/late-modules.cjs';
import { packageFolders } from '../../runtime/io/package-folders.js';
import type { Credentials } from '../../runtime/send/held-credentials.js';
import type { Application } from './application.js';
import { within } from './time-limit.js';

/** Who the caller is, or why nobody was asked. */
interface Identity {
  readonly arn?: string;
  readonly skipped?: string;
}

const STS_CLIENT = '@aws-sdk/client-sts';

/** The parts of the client that are used here. It is no dependency: an application may have it. */
interface StsModule {
  readonly STSClient: new (config: object) => {
    send(command: object, options: { abortSignal: AbortSignal }): Promise<{ Arn?: string }>;
    destroy(): void;
  };
  readonly GetCallerIdentityCommand: new (input: object) => object;
}

/** Asks STS who the credentials are. Those for an endpoint of one's own may be made up, so that nobody is asked. */
export async function callerIdentity(application: Application, credentials: Credentials): Promise<Identity> {
  const { region } = await application.way();
  const { env, surroundings } = application;
  const isElsewhere = env['AWS_ENDPOINT_URL_STS'] !== undefined;
  if (!isElsewhere && (await application.customEndpoint()) !== undefined)
    return { skipped: 'the endpoint is a custom one, of whose accounts STS knows nothing' };
  const sts = requireFrom(STS_CLIENT, [surroundings.folder, ...packageFolders()]) as StsModule | undefined;
  if (sts === undefined)
    return { skipped: `npm install ${STS_CLIENT} lets the doctor ask STS who the caller is` };
  const config = { credentials, maxAttempts: 1, ...('value' in region && { region: region.value }) };
  return within(surroundings, (abortSignal) => ask(sts, config, abortSignal));
}

async function ask(
  { STSClient, GetCallerIdentityCommand }: StsModule,
  config: object,
  abortSignal: AbortSignal,
): Promise<Identity> {
  const client = new STSClient(config);
  try {
    const { Arn } = await client.send(new GetCallerIdentityCommand({}), { abortSignal });
    return Arn === undefined ? {} : { arn: Arn };
  } finally {
    client.destroy();
  }
}
