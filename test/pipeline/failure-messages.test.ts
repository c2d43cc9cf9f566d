import { createServer as createHttpServer, type Server as HttpServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { createServer as createTcpServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { startLocalCloudWatchLogs, type Fault, type LocalCloudWatchLogs } from '../../local/index.js';
import { withEdges } from '../../runtime/edges.js';
import { CloudWatchSink } from '../../runtime/sink.js';
import type { CloudWatchSinkOptions } from '../../runtime/sink-options.js';
import { TARGET } from '../support/delivery-stage.js';
import { withCleanEnvironment } from '../support/environment.js';
import { CERTIFICATE } from '../support/certificate.js';

const AT = 'on /myapp/production (stream api-server)';
const ARN = 'arn:aws:logs:us-east-1:123456789012:log-group:/myapp/production:log-stream:api-server';
const KEYS = { AWS_ACCESS_KEY_ID: 'AKIDSINK', AWS_SECRET_ACCESS_KEY: 'secret' };

interface Place {
  readonly endpointUrl?: string;
  readonly stop?: () => Promise<unknown>;
}

interface Story {
  readonly name: string;
  /** Where the sink sends to. @default - a local server without the log group */
  readonly open?: () => Promise<Place>;
  readonly faults?: readonly Fault[];
  readonly env?: Record<string, string>;
  readonly options?: CloudWatchSinkOptions;
  /** What is on stderr, each once. `*` stands for what differs from run to run. */
  readonly says: string;
}

withCleanEnvironment();

async function listening(server: Server, protocol = 'http'): Promise<Place> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => sockets.add(socket.on('error', () => undefined)));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpointUrl: `${protocol}://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop() {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

function answering(status: number, body: string): HttpServer {
  return createHttpServer((request, response) => {
    request.resume();
    response.writeHead(status, { 'content-type': 'text/html' }).end(body);
  });
}

const overTls = (): HttpServer => createHttpsServer(CERTIFICATE, (_, response) => response.end());
const closed: Place = { endpointUrl: 'http://127.0.0.1:1' };
const error = (errorName: string, message = 'No.'): Fault => ({
  kind: 'error',
  status: 400,
  errorName,
  message,
  operation: '*',
  times: Infinity,
});

const stories: readonly Story[] = [
  {
    name: 'no permission',
    faults: [{ kind: 'accessDenied', operation: '*', times: Infinity }],
    says:
      `PutLogEvents ${AT} failed, events wait: AccessDeniedException: User: * is not authorized to perform: ` +
      `logs:PutLogEvents on resource: ${ARN} because no identity-based policy allows the logs:PutLogEvents action; ` +
      `allow logs:PutLogEvents on ${ARN}: CloudWatchLogging.bindTo(…) or grantWrite(role) in the stack does`,
  },
  {
    name: 'no permission to create the stream',
    faults: [{ kind: 'accessDenied', operation: 'CreateLogStream', times: Infinity }],
    says:
      `CreateLogStream ${AT} failed, events wait: AccessDeniedException: *; allow logs:CreateLogStream on ${ARN}: ` +
      'CloudWatchLogging.bindTo(…) or grantWrite(role) in the stack does',
  },
  {
    name: 'no permission to create the group',
    faults: [{ kind: 'accessDenied', operation: 'CreateLogGroup', times: Infinity }],
    says:
      `CreateLogGroup ${AT} failed, events wait: AccessDeniedException: *; allow logs:CreateLogGroup on ` +
      'arn:aws:logs:us-east-1:123456789012:log-group:/myapp/production*, or define the log group in the stack and set createLogGroup to false',
  },
  {
    name: 'a missing group that is not to be created: CreateLogGroup was not called',
    options: { createLogGroup: false },
    says:
      `CreateLogStream ${AT} failed, events wait: ResourceNotFoundException: the log group is missing, and ` +
      'createLogGroup is off; start the local server with the log groups of the stack (npx fapilog-cloudwatch local ' +
      '--stack cdk.out), or set createLogGroup to true (FAPILOG_CLOUDWATCH__CREATE_LOG_GROUP)',
  },
  {
    name: 'a missing stream that is not to be created: CreateLogStream was not called',
    options: { createLogStream: false },
    says:
      `PutLogEvents ${AT} failed, events wait: ResourceNotFoundException: the log stream, or its log group, is ` +
      'missing, and createLogStream is off; create the log stream, or set createLogStream to true ' +
      '(FAPILOG_CLOUDWATCH__CREATE_LOG_STREAM)',
  },
  {
    name: 'expired credentials',
    faults: [{ kind: 'expiredCredentials', operation: '*', times: Infinity }],
    says:
      `PutLogEvents ${AT} failed, events wait: ExpiredTokenException: The security token included in the request is ` +
      'expired; the credentials in AWS_ACCESS_KEY_ID and AWS_SESSION_TOKEN have expired: start the process with others, ' +
      'or with a role or profile',
  },
  {
    name: 'a key that nobody knows',
    faults: [error('UnrecognizedClientException', 'The security token included in the request is invalid.')],
    says:
      `PutLogEvents ${AT} failed, events wait: UnrecognizedClientException: *; the credentials in AWS_ACCESS_KEY_ID ` +
      'and AWS_SESSION_TOKEN are unknown to the service: *',
  },
  {
    name: 'a clock that is wrong, where the SDK does not correct it',
    open: serverWithOtherClock,
    env: { AWS_DISABLE_CLOCK_SKEW_CORRECTION: 'true' },
    says:
      `PutLogEvents ${AT} failed, events wait: InvalidSignatureException: Signature expired: *; ` +
      "the clock of this machine is * s behind the service's: set it, by NTP",
  },
  {
    name: 'a wrong secret',
    faults: [
      error(
        'InvalidSignatureException',
        'The request signature we calculated does not match the signature you provided.',
      ),
    ],
    says: `PutLogEvents ${AT} failed, events wait: InvalidSignatureException: *; the secret does not belong to the access key, *clock*`,
  },
  {
    name: 'no credentials',
    env: { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' },
    says:
      `PutLogEvents ${AT} could not be sent, events wait: CredentialsProviderError: no credentials: Could not load ` +
      'credentials from any providers; give the task, instance, pod or function a role, or set AWS_PROFILE, or ' +
      'AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; for a local server any will do',
  },
  {
    name: 'a profile that is not there',
    env: { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '', AWS_PROFILE: 'wirter' },
    says: `PutLogEvents ${AT} could not be sent, *; the profile "wirter" that AWS_PROFILE names gives none: *`,
  },
  {
    name: 'a token file that is not there',
    env: {
      AWS_ACCESS_KEY_ID: '',
      AWS_SECRET_ACCESS_KEY: '',
      AWS_WEB_IDENTITY_TOKEN_FILE: '/nowhere/token',
      AWS_ROLE_ARN: 'arn:aws:iam::123456789012:role/log-writer',
    },
    says:
      `PutLogEvents ${AT} could not be sent, events wait: CredentialsProviderError: no credentials: ENOENT: no such ` +
      "file or directory, open '/nowhere/token'; let AWS_WEB_IDENTITY_TOKEN_FILE, *",
  },
  {
    name: 'no Region',
    options: { region: undefined },
    says:
      `PutLogEvents ${AT} could not be sent, events wait: RegionMissing: there is no AWS Region; ` +
      'set FAPILOG_CLOUDWATCH__REGION or AWS_REGION, or give the sink its region',
  },
  {
    name: 'a name that DNS does not know',
    open: async () => ({ endpointUrl: 'http://logs.nowhere.invalid' }),
    says: `PutLogEvents ${AT} failed, events wait: getaddrinfo * logs.nowhere.invalid; check the name in endpointUrl, and the DNS of this machine`,
  },
  {
    name: 'a port where nobody listens',
    open: async () => closed,
    says: `PutLogEvents ${AT} failed, events wait: connect ECONNREFUSED 127.0.0.1:1; nothing listens there: start the local server (npx fapilog-cloudwatch local), or correct endpointUrl`,
  },
  {
    name: 'a port where nobody listens, and a proxy that is not used',
    open: async () => closed,
    env: { HTTP_PROXY: 'http://proxy:3128' },
    says: `*, or correct endpointUrl; the proxy in HTTP_PROXY is not used: set NODE_USE_ENV_PROXY=1 (Node.js 22.21, 24.5 or later), give the sink clientConfig with an agent for it, or set endpointUrl to a VPC endpoint`,
  },
  {
    name: 'https to a port of plain HTTP',
    open: () => listening(answering(200, ''), 'https'),
    says: `PutLogEvents ${AT} failed, events wait: *wrong version number*; the port speaks plain HTTP: write http:// in endpointUrl, or the port that speaks TLS`,
  },
  {
    name: 'http to a port of TLS',
    open: () => listening(overTls()),
    says: `PutLogEvents ${AT} failed, events wait: *; if it stays so and the port expects TLS, write https:// in endpointUrl`,
  },
  {
    name: 'a certificate that nobody trusts',
    open: () => listening(overTls(), 'https'),
    says: `PutLogEvents ${AT} failed, events wait: DEPTH_ZERO_SELF_SIGNED_CERT: self-signed certificate; let NODE_EXTRA_CA_CERTS name *`,
  },
  {
    name: 'another protocol',
    open: () => listening(createTcpServer((socket) => socket.end('SSH-2.0-OpenSSH\r\n'))),
    says: `PutLogEvents ${AT} failed, events wait: HPE_INVALID_CONSTANT: Parse Error: *; what answers there speaks no HTTP: *`,
  },
  {
    name: 'the login page of a proxy',
    open: () => listening(answering(403, '<html>\n<h1>Please log in</h1>\n</html>')),
    says: `PutLogEvents ${AT} failed, events wait: SyntaxError: *; the answer (HTTP 403) is not one of CloudWatch Logs; *`,
  },
];

/** Both make the same calls, and what a person reads must not depend on which of them it is. */
describe.each(['auto', 'sdk'] as const)('client: %s', (client) => {
  test.each(stories.map((story) => [story.name, story] as const))(
    '%s',
    async (_, { open, faults = [], env = {}, options = {}, says }) => {
      // GIVEN
      for (const name of Object.keys(process.env)) if (/^AWS_|_PROXY$/i.test(name)) delete process.env[name];
      Object.assign(process.env, KEYS, env, {
        AWS_EC2_METADATA_DISABLED: 'true',
        AWS_CONFIG_FILE: '/nowhere/config',
        AWS_SHARED_CREDENTIALS_FILE: '/nowhere/credentials',
      });
      const place = open ? await open() : await localServer(faults);
      const stderr: string[] = [];
      const sink = new CloudWatchSink(
        withEdges(
          {
            ...TARGET,
            region: 'us-east-1',
            retryBaseDelay: 0.005,
            gzip: false,
            client,
            env: {},
            ...(place.endpointUrl ? { endpointUrl: place.endpointUrl } : {}),
            ...options,
          },
          { writeStderr: (text) => stderr.push(text) > 0 },
        ),
      );

      // WHEN
      sink.write({ timeMs: Date.now(), level: 'info', message: 'order placed', fields: [] });
      void sink.flush();
      const failures = (): string[] => stderr.filter((line) => line.includes('[failed.'));
      while (failures().length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
      await sink.close({ deadlineMs: 0 });
      await place.stop?.();

      // THEN
      const [line = ''] = failures();
      expect(line.trimEnd()).toMatch(pattern(`fapilog-cloudwatch: ${says} [failed.*]`));
      expect(line.trimEnd()).not.toContain('\n');
    },
    30_000,
  );
});

function pattern(text: string): RegExp {
  const escaped = text.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replaceAll('*', '.*')}$`);
}

async function localServer(faults: readonly Fault[]): Promise<Place> {
  return placeOf(await startLocalCloudWatchLogs({ faults }));
}

async function serverWithOtherClock(): Promise<Place> {
  return placeOf(await startLocalCloudWatchLogs({ signatureClock: () => Date.now() + 3_600_000 }));
}

function placeOf(server: LocalCloudWatchLogs): Place {
  return { endpointUrl: server.endpoint, stop: () => server.close() };
}
