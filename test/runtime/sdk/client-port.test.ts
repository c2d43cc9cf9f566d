import { Readable } from 'node:stream';
import {
  CloudWatchLogsClient,
  CreateLogStreamCommand,
  type CloudWatchLogsClientConfig,
} from '@aws-sdk/client-cloudwatch-logs';
import * as fc from 'fast-check';
import { clientPort } from '../../../runtime/sdk/client-port.js';

interface Request {
  readonly headers: Readonly<Record<string, string>>;
  readonly [member: string]: unknown;
}

const TARGET = { logGroupName: '/app', logStreamName: 'writer' };
const environment = process.env;
const { signal } = new AbortController();

beforeEach(() => {
  process.env = {
    ...environment,
    HOME: '/nowhere',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  };
});

afterEach(() => {
  process.env = environment;
});

/** What a client with these options hands to what sends it, or why it does not. */
async function sentBy(
  options: CloudWatchLogsClientConfig,
  call: (client: CloudWatchLogsClient) => Promise<unknown>,
): Promise<object> {
  const requests: Request[] = [];
  const client = new CloudWatchLogsClient({
    credentials: { accessKeyId: 'AKID', secretAccessKey: 'secret', sessionToken: 'token' },
    ...options,
    requestHandler: {
      handle: async (request: object) => {
        requests.push(request as Request);
        const headers = { 'x-amzn-requestid': 'r' };
        return { response: { statusCode: 200, headers, body: Readable.from(['{}']), reason: '' } as never };
      },
    },
  });
  try {
    await call(client);
  } catch {
    return { failed: true };
  }
  return { requests: requests.map(comparable) };
}

/** Without what changes from call to call: times, ids, and the words about retries. */
function comparable({ method, protocol, hostname, port, path, query, headers, body }: Request): object {
  const { authorization = '', host, ...others } = headers;
  const [, scope] = /Credential=AKID\/\d+\/([^,]+)/.exec(authorization) ?? [];
  const names = ['content-type', 'content-length', 'x-amz-target', 'x-amz-security-token'];
  const kept = Object.fromEntries(names.map((name) => [name, others[name]]));
  const text = typeof body === 'string' ? body : new TextDecoder().decode(body as Uint8Array);
  return { method, protocol, hostname, port, path, query, host, scope, kept, text };
}

const surroundings = fc.record({
  options: fc.record(
    {
      region: fc.constantFrom('us-east-1', 'eu-central-1', 'cn-north-1', 'us-gov-west-1', 'fips-us-east-1'),
      useFipsEndpoint: fc.boolean(),
      useDualstackEndpoint: fc.boolean(),
      endpoint: fc.constantFrom(
        'http://127.0.0.1:4566',
        'https://vpce-1.logs.eu-central-1.vpce.amazonaws.com',
        'https://gateway.example/logs/',
        'https://gateway.example:8443/logs',
      ),
    },
    { requiredKeys: [] },
  ),
  env: fc.record(
    {
      AWS_REGION: fc.constantFrom('us-west-2', 'eu-west-1'),
      AWS_ENDPOINT_URL: fc.constant('http://127.0.0.1:1'),
      AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: fc.constant('http://127.0.0.1:2/path'),
      AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: fc.constantFrom('true', 'false'),
      AWS_USE_FIPS_ENDPOINT: fc.constantFrom('true', 'false'),
    },
    { requiredKeys: [] },
  ),
});

test("law: a client sends for the sink what it sends for the SDK's own command, to the same place, signed for the same", async () => {
  let sent = 0;
  await fc.assert(
    fc.asyncProperty(surroundings, async ({ options, env }) => {
      for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name];
      Object.assign(process.env, env);
      const ofSdk = await sentBy(options, (client) => client.send(new CreateLogStreamCommand(TARGET)));
      const ofSink = await sentBy(options, (client) =>
        clientPort(client, {
          settings: { requestTimeoutSeconds: 15 },
          onServiceDate: () => undefined,
        }).createLogStream(TARGET, signal),
      );
      expect(ofSink).toEqual(ofSdk);
      if ('requests' in ofSdk) sent++;
    }),
    { numRuns: 200 },
  );
  expect(sent).toBeGreaterThan(50);
});

test('a client without a Region is named as such, and not as one without credentials', async () => {
  for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name];
  const client = new CloudWatchLogsClient({ credentials: { accessKeyId: 'a', secretAccessKey: 'b' } });
  const port = clientPort(client, {
    settings: { requestTimeoutSeconds: 15 },
    onServiceDate: () => undefined,
  });
  await expect(port.createLogStream(TARGET, signal)).rejects.toMatchObject({
    name: 'RegionMissing',
    message: expect.stringContaining('the client has no AWS Region'),
  });
});

test.each([
  ['a stub', async () => ({ nextSequenceToken: '1' }), { nextSequenceToken: '1' }],
  ['a stub that says nothing', async () => undefined, {}],
])('%s in place of send is taken at its word', async (_, send, answer) => {
  const client = Object.assign(new CloudWatchLogsClient({ region: 'us-east-1' }), { send });
  const port = clientPort(client, {
    settings: { requestTimeoutSeconds: 15 },
    onServiceDate: () => undefined,
  });
  const body = { bytes: Buffer.from('{}'), encoding: 'identity' } as const;
  await expect(port.putLogEvents(TARGET, body, signal)).resolves.toMatchObject(answer);
});

test('a stub of a client that knows no Region has made its call all the same', async () => {
  const send = jest.fn(async () => ({ requestId: 'r' }));
  const stub = { send, config: {}, middlewareStack: {} };
  const port = clientPort(stub, { settings: { requestTimeoutSeconds: 15 }, onServiceDate: () => undefined });
  await port.createLogGroup(TARGET, signal);
  expect(send).toHaveBeenCalledTimes(1);
});
