import type { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';

export interface ClientOptions {
  readonly endpoint: string;
  readonly region: string;
  readonly accountId: string;
}

/** The AWS SDK, loaded with its first use. Its notice about the end of Node.js 20 is not for those who run a command. */
export function loadSdk(): Promise<typeof import('@aws-sdk/client-cloudwatch-logs')> {
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';
  return import('@aws-sdk/client-cloudwatch-logs');
}

/** A client of a local server, whatever the environment says about AWS. The server takes an access key of twelve digits for its account. */
export async function localClient({ endpoint, region, accountId }: ClientOptions): Promise<CloudWatchLogs> {
  const { CloudWatchLogs: Client } = await loadSdk();
  return new Client({
    endpoint,
    region,
    credentials: { accessKeyId: accountId, secretAccessKey: 'local' },
    useFipsEndpoint: false,
    useDualstackEndpoint: false,
  });
}
