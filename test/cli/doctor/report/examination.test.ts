import { chmodSync, mkdirSync } from 'node:fs';
import { createServer as createHttpServer, type RequestListener, type Server } from 'node:http';
import {
  createServer as createTcpServer,
  type AddressInfo,
  type Server as TcpServer,
  type Socket,
} from 'node:net';
import { join } from 'node:path';
import { CODES, type Code } from '../../../../cli/doctor/codes.js';
import type { Finding } from '../../../../cli/doctor/finding.js';
import { TlsFront } from '../../../support/connect-proxy.js';
import { CredentialServices } from '../../../support/credential-services.js';
import { examined, findingsIn, WELL, type DoctorOptions } from '../../../support/doctor-stage.js';
import { folderWith } from '../../../support/folder.js';
import { SsmStub } from '../../../support/ssm-stub.js';
import { StsStub } from '../../../support/sts-stub.js';
import { start, startEmpty, stopAll, type Stage } from '../../../local/harness.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** What is wrong with a place. */
interface Broken {
  /** Variables beside those of a process in which all is well. */
  readonly env: Environment;
  readonly options?: DoctorOptions;
}

interface Row {
  readonly what: string;
  readonly code: Code;
  readonly fix: RegExp;
  readonly says?: RegExp;
  /** Breaks a place in which a server has the log group. */
  readonly broken: (stage: Stage) => Broken | Promise<Broken>;
  /** The server in place of the usual one. */
  readonly stage?: () => Promise<Stage>;
  readonly statement?: Finding['statement'];
}

const HOUR_MS = 3_600_000;
const closing: (() => unknown)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
  await stopAll();
});

/** By the clock of the system, as the process has it. */
const here = (): Promise<Stage> => start({ clock: () => Date.now() });

function withClock(aheadMs: number): () => Promise<Stage> {
  return async () => {
    // The official client that makes the group would be refused.
    const signatureClock = (): number => (answeredMs = Date.now()) + offsetMs;
    const stage = await start({ clock: () => Date.now(), signatureClock });
    offsetMs = aheadMs;
    return stage;
  };
}

let offsetMs = 0;
let answeredMs = 0;

/** The second of the last answer: the date of an answer has no fraction, and no time passes on the way here. */
const secondOfAnswer = (): number => Math.floor(answeredMs / 1_000) * 1_000;

beforeEach(() => (offsetMs = 0));

async function http(listener: RequestListener): Promise<string> {
  const server = createHttpServer(listener);
  return `http://127.0.0.1:${await portOf(server)}`;
}

async function tcp(listener: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createTcpServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    listener(socket);
  });
  closing.push(() => sockets.forEach((socket) => socket.destroy()));
  return `http://127.0.0.1:${await portOf(server)}`;
}

async function portOf(server: Server | TcpServer): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => server.close());
  return (server.address() as AddressInfo).port;
}

/** Where nothing listens. */
async function closed(): Promise<string> {
  const server = createTcpServer();
  const port = await portOf(server);
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}

async function tls(stage: Stage): Promise<TlsFront> {
  const front = await TlsFront.before(stage.service.endpoint);
  closing.push(() => front.close());
  return front;
}

async function sts(): Promise<StsStub> {
  const stub = await StsStub.start();
  closing.push(() => stub.stop());
  return stub;
}

const endpoint = (url: string): Environment => ({ AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: url });

function stsError(code: string): string {
  const error = `<Error><Type>Sender</Type><Code>${code}</Code><Message>no such key</Message></Error>`;
  return `<ErrorResponse>${error}<RequestId>r</RequestId></ErrorResponse>`;
}

/** Of the AWS tools. */
function config(text: string): Environment {
  return { AWS_CONFIG_FILE: join(folderWith({ config: text }), 'config') };
}

const GROUP = WELL.FAPILOG_CLOUDWATCH__LOG_GROUP_NAME;
const NEVER = 200;
const NO_KEYS = { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined };

const rows: readonly Row[] = [
  {
    what: 'a malformed variable',
    code: 'setting-malformed',
    says: /^FAPILOG_CLOUDWATCH__BATCH_SIZE is "many"$/,
    fix: /allowed: an integer from 1 to 10000/,
    broken: () => ({ env: { FAPILOG_CLOUDWATCH__BATCH_SIZE: 'many' } }),
  },
  {
    what: 'a malformed line of a settings file',
    code: 'setting-malformed',
    says: /settings\.yaml:2: core\.log_level is "loud"/,
    fix: /allowed: one of .*error/,
    broken: () => {
      const folder = folderWith({ 'settings.yaml': 'core:\n  log_level: loud\n' });
      return { env: { FAPILOG_CONFIG_FILE: join(folder, 'settings.yaml') } };
    },
  },
  {
    what: 'a variable for redaction that nobody knows',
    code: 'setting-malformed',
    says: /^FAPILOG_REDACTION__PATTERN: no such variable$/,
    fix: /^write FAPILOG_REDACTION__PATTERNS$/,
    broken: () => ({ env: { FAPILOG_REDACTION__PATTERN: 'secret' } }),
  },
  {
    what: 'a sink that nobody knows',
    code: 'setting-malformed',
    says: /kafka/,
    fix: /cloudwatch/,
    broken: () => ({ env: { FAPILOG_CORE__SINKS: '["cloudwatch","kafka"]' } }),
  },
  {
    what: 'no log group',
    code: 'setting-missing',
    fix: /CloudWatchLogging\.bindTo\(\) in the stack sets it/,
    broken: () => ({ env: { FAPILOG_CLOUDWATCH__LOG_GROUP_NAME: undefined } }),
  },
  {
    what: 'a function that the stack has forgotten',
    code: 'setting-missing',
    fix: /The function api has no variable of FAPILOG_ at all: bind it in its stack, with logging\.bindTo/,
    broken: () => ({
      env: { FAPILOG_CLOUDWATCH__LOG_GROUP_NAME: undefined, AWS_LAMBDA_FUNCTION_NAME: 'api' },
    }),
  },
  {
    what: 'a settings file that is not there',
    code: 'settings-file',
    says: /nowhere\.yaml/,
    fix: /a file that can be read \(ENOENT\)/,
    broken: () => ({ env: { FAPILOG_CONFIG_FILE: '/nonexistent/nowhere.yaml' } }),
  },
  {
    what: 'an SSM parameter that is not there',
    code: 'settings-parameter',
    says: /^FAPILOG_CONFIG_SSM is "\/missing"/,
    fix: /there is none of this name in us-east-1: create it/,
    broken: async () => {
      const stub = await SsmStub.start({});
      closing.push(() => stub.stop());
      return { env: { FAPILOG_CONFIG_SSM: '/missing', AWS_ENDPOINT_URL_SSM: stub.endpoint } };
    },
  },
  {
    what: 'a misspelt variable',
    code: 'settings-notice',
    fix: /write FAPILOG_CLOUDWATCH__GZIP/,
    broken: () => ({ env: { FAPILOG_CLOUDWATCH__GZIPP: 'false' } }),
  },
  {
    what: 'a silent level',
    code: 'logging-off',
    fix: /change FAPILOG_CORE__LOG_LEVEL/,
    broken: () => ({ env: { FAPILOG_CORE__LOG_LEVEL: 'silent' } }),
  },
  {
    what: 'another sink alone',
    code: 'no-delivery',
    fix: /FAPILOG_CORE__SINKS=\["stdout_json","cloudwatch"\]/,
    broken: () => ({ env: { FAPILOG_CORE__SINKS: 'stdout_json' } }),
  },
  {
    what: 'no credentials at all',
    code: 'credentials-missing',
    fix: /give the task, instance, pod or function a role, or set AWS_PROFILE/,
    broken: () => ({ env: NO_KEYS }),
  },
  {
    what: 'half of the keys',
    code: 'credentials-missing',
    fix: /set AWS_SECRET_ACCESS_KEY beside AWS_ACCESS_KEY_ID, or neither/,
    broken: () => ({ env: { AWS_SECRET_ACCESS_KEY: undefined } }),
  },
  {
    what: 'a profile that gives no credentials',
    code: 'credentials-missing',
    fix: /^the profile ghost is there and gives no credentials: see what aws sts get-caller-identity --profile ghost says$/m,
    broken: () => ({
      env: { ...NO_KEYS, ...config('[profile ghost]\ncredential_process = false\n'), AWS_PROFILE: 'ghost' },
    }),
  },
  {
    what: 'an empty variable before the Region of the profile',
    code: 'region-missing',
    says: /^AWS_REGION is empty, which hides the Region of the profile$/m,
    fix: /remove AWS_REGION/,
    broken: () => ({ env: { ...config('[default]\nregion = eu-west-1\n'), AWS_REGION: '' } }),
  },
  {
    what: 'a profile that is not there',
    code: 'credentials-missing',
    fix: /the profile "ghost" that AWS_PROFILE names gives none: log in/,
    broken: () => ({ env: { ...NO_KEYS, AWS_PROFILE: 'ghost' } }),
  },
  {
    what: 'a web identity whose token is not there',
    code: 'credentials-missing',
    fix: /let AWS_WEB_IDENTITY_TOKEN_FILE, .* name a file that this process can read/,
    broken: () => ({
      env: {
        ...NO_KEYS,
        AWS_WEB_IDENTITY_TOKEN_FILE: '/nonexistent/token',
        AWS_ROLE_ARN: 'arn:aws:iam::123456789012:role/writer',
      },
    }),
  },
  {
    what: 'an endpoint of a container where nothing listens',
    code: 'credentials-unreachable',
    fix: /let this process reach what hands out its credentials/,
    broken: async () => ({
      env: { ...NO_KEYS, AWS_CONTAINER_CREDENTIALS_FULL_URI: `${await closed()}/container` },
    }),
  },
  {
    what: 'an endpoint of a container that never answers',
    code: 'credentials-unreachable',
    says: /no answer within 200 ms/,
    fix: /let this process reach what hands out its credentials/,
    broken: async () => {
      const services = await CredentialServices.start();
      closing.push(() => services.stop());
      services.hang(9);
      const uri = `${services.endpoint}/container`;
      return { env: { ...NO_KEYS, AWS_CONTAINER_CREDENTIALS_FULL_URI: uri }, options: { timeoutMs: NEVER } };
    },
  },
  {
    what: 'credentials of yesterday',
    code: 'credentials-expired',
    fix: /start the process with others/,
    broken: () => ({ env: { AWS_CREDENTIAL_EXPIRATION: '2026-01-01T00:00:00Z' } }),
  },
  {
    what: 'a role that STS refuses',
    code: 'role-refused',
    fix: /allow sts:AssumeRole on the role to this process/,
    broken: async () => {
      const stub = await sts();
      stub.answer({ kind: 'error', status: 403, code: 'AccessDenied' });
      const arn = 'arn:aws:iam::123456789012:role/writer';
      const role = { FAPILOG_CLOUDWATCH__ROLE_ARN: arn, FAPILOG_CLOUDWATCH__EXTERNAL_ID: 'sesame-open-up' };
      return { env: { ...role, AWS_ENDPOINT_URL_STS: stub.endpoint } };
    },
  },
  {
    what: 'a key that STS does not know',
    code: 'caller-refused',
    says: /^STS: InvalidClientTokenId/,
    fix: /unknown to the service: deleted, inactive, or not of this Region’s partition/,
    broken: async () => ({
      env: {
        AWS_ENDPOINT_URL_STS: await http((_, response) => {
          response.writeHead(403, { 'content-type': 'text/xml' }).end(stsError('InvalidClientTokenId'));
        }),
      },
    }),
  },
  {
    what: 'a token that has expired',
    code: 'caller-refused',
    says: /ExpiredTokenException/,
    fix: /have expired: start the process with others/,
    broken: ({ service }) => {
      service.inject({ kind: 'expiredCredentials', operation: 'DescribeLogGroups', times: 9 });
      return { env: {} };
    },
  },
  {
    what: 'no Region',
    code: 'region-missing',
    fix: /set AWS_REGION, or FAPILOG_CLOUDWATCH__REGION/,
    broken: () => ({ env: { AWS_REGION: undefined } }),
  },
  {
    what: 'an availability zone for a Region',
    code: 'region-malformed',
    says: /^AWS_REGION is "us-west-2a"/,
    fix: /did you mean us-west-2\?/,
    broken: () => ({ env: { AWS_REGION: 'us-west-2a' } }),
  },
  {
    what: 'two Regions',
    code: 'region-differs',
    says: /the sink delivers to eu-west-1/,
    fix: /remove FAPILOG_CLOUDWATCH__REGION/,
    broken: () => ({ env: { FAPILOG_CLOUDWATCH__REGION: 'eu-west-1' } }),
  },
  {
    what: 'an endpoint without a scheme',
    code: 'endpoint-unusable',
    fix: /write a URL such as .* into AWS_ENDPOINT_URL_CLOUDWATCH_LOGS/,
    broken: () => ({ env: endpoint('localhost:4588') }),
  },
  {
    what: 'an endpoint of its own, and FIPS',
    code: 'endpoint-unusable',
    fix: /excludes FIPS and dual stack: remove AWS_ENDPOINT_URL_CLOUDWATCH_LOGS, or the flags/,
    broken: () => ({ env: { AWS_USE_FIPS_ENDPOINT: 'true' } }),
  },
  {
    what: 'a flag that is no flag',
    code: 'endpoint-flag',
    fix: /AWS_USE_DUALSTACK_ENDPOINT=true/,
    broken: () => ({ env: { AWS_USE_DUALSTACK_ENDPOINT: '1' } }),
  },
  {
    what: 'a proxy that Node.js was not told of',
    code: 'proxy-not-asked',
    says: /HTTP_PROXY/,
    fix: /NODE_USE_ENV_PROXY=1/,
    broken: () => ({ env: { HTTP_PROXY: 'http://user:sesame-open-up@127.0.0.1:3128' } }),
  },
  {
    what: 'a port where nothing listens',
    code: 'connection-refused',
    fix: /start the local server .*, or correct AWS_ENDPOINT_URL_CLOUDWATCH_LOGS/,
    broken: async () => ({ env: endpoint(await closed()) }),
  },
  {
    what: 'a name that is none',
    code: 'name-unknown',
    fix: /check the name in AWS_ENDPOINT_URL_CLOUDWATCH_LOGS, and the DNS of this machine/,
    broken: () => ({ env: endpoint('http://nowhere.invalid') }),
  },
  {
    what: 'a certificate that nobody trusts',
    code: 'tls-failed',
    fix: /let NODE_EXTRA_CA_CERTS name the file/,
    broken: async (stage) => ({ env: endpoint(`https://${(await tls(stage)).host}`) }),
  },
  {
    what: 'TLS to a port of plain HTTP',
    code: 'tls-failed',
    fix: /write http:\/\/ in AWS_ENDPOINT_URL_CLOUDWATCH_LOGS/,
    broken: ({ service }) => ({ env: endpoint(service.endpoint.replace('http:', 'https:')) }),
  },
  {
    what: 'a server that never answers',
    code: 'no-answer',
    says: /no answer within 200 ms/,
    fix: /give this process a way there: routes, security groups, a VPC endpoint/,
    broken: async () => ({ env: endpoint(await tcp(() => undefined)), options: { timeoutMs: NEVER } }),
  },
  {
    what: 'a server that hangs up',
    code: 'no-answer',
    fix: /write https:\/\/ in FAPILOG_CLOUDWATCH__ENDPOINT_URL/,
    broken: async () => ({
      env: {
        FAPILOG_CLOUDWATCH__ENDPOINT_URL: await tcp((socket) =>
          socket.once('data', () => socket.resetAndDestroy()),
        ),
      },
    }),
  },
  {
    what: 'a login page in the way',
    code: 'stranger',
    says: /answers HTTP 200, without the request id/,
    fix: /is not one of CloudWatch Logs/,
    broken: async () => ({
      env: endpoint(await http((_, response) => response.end('<html>Welcome</html>'))),
    }),
  },
  {
    what: 'a file of certificates that is not there',
    code: 'extra-ca',
    says: /\/nonexistent\/ca\.pem/,
    fix: /readable file with certificates/,
    broken: () => ({ env: { NODE_EXTRA_CA_CERTS: '/nonexistent/ca.pem' } }),
  },
  {
    what: 'a clock that is two minutes slow',
    code: 'clock-differs',
    says: /this machine is 120 s behind the service/,
    fix: /set the clock of this machine, by NTP/,
    stage: withClock(120_000),
    broken: () => ({ env: {}, options: { nowMs: secondOfAnswer } }),
  },
  {
    what: 'a clock that is ten minutes fast',
    code: 'clock-skew',
    says: /this machine is 10 min ahead of the service: it refuses signatures/,
    fix: /set the clock of this machine, by NTP/,
    stage: withClock(-600_000),
    broken: () => ({ env: {} }),
  },
  {
    what: 'a clock that is three hours fast',
    code: 'clock-window',
    says: /discards lines of such a time/,
    fix: /set the clock of this machine, by NTP/,
    stage: withClock(-3 * HOUR_MS),
    broken: () => ({ env: {} }),
  },
  {
    what: 'no log group, and no leave to create it',
    code: 'group-missing',
    fix: /define it in the stack \(CloudWatchLogging\), or correct FAPILOG_CLOUDWATCH__LOG_GROUP_NAME/,
    stage: () => startEmpty({ clock: () => Date.now() }),
    broken: () => ({ env: { FAPILOG_CLOUDWATCH__CREATE_LOG_GROUP: 'false' } }),
  },
  {
    what: 'a log group that the sink will create',
    code: 'group-created',
    fix: /define it in the stack \(CloudWatchLogging\)/,
    stage: () => startEmpty({ clock: () => Date.now() }),
    broken: () => ({ env: {} }),
  },
  {
    what: 'another retention than the one of the settings',
    code: 'group-retention',
    says: /RETENTION_IN_DAYS is 30, and the group keeps events for 7 days/,
    fix: /set FAPILOG_CLOUDWATCH__RETENTION_IN_DAYS=7/,
    broken: async ({ client }) => {
      await client.putRetentionPolicy({ logGroupName: GROUP, retentionInDays: 7 });
      return { env: { FAPILOG_CLOUDWATCH__RETENTION_IN_DAYS: '30' } };
    },
  },
  {
    what: 'a log group of infrequent access',
    code: 'group-class',
    fix: /take a group of class STANDARD/,
    stage: () => startEmpty({ clock: () => Date.now() }),
    broken: async ({ client }) => {
      await client.createLogGroup({ logGroupName: GROUP, logGroupClass: 'INFREQUENT_ACCESS' });
      return { env: {} };
    },
  },
  {
    what: 'a role that may not write',
    code: 'write-refused',
    says: /^PutLogEvents on \/myapp\/production: AccessDenied/,
    fix: /:log-stream:web\*: CloudWatchLogging\.bindTo\(…\) or grantWrite\(role\) in the stack does/,
    statement: {
      Effect: 'Allow',
      Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      Resource: expect.stringMatching(
        /^arn:aws:logs:us-east-1:(\*|\d{12}):log-group:\/myapp\/production:log-stream:web\*$/,
      ) as unknown as string,
    },
    broken: ({ service }) => {
      service.inject({ kind: 'accessDenied', times: Infinity });
      return { env: { FAPILOG_CLOUDWATCH__LOG_STREAM_PREFIX: 'web' }, options: { write: true } };
    },
  },
  {
    what: 'a log stream of its own that nobody creates',
    code: 'write-missing',
    fix: /create the log stream, or set createLogStream to true/,
    broken: () => ({
      env: { FAPILOG_CLOUDWATCH__CREATE_LOG_STREAM: 'false', FAPILOG_CLOUDWATCH__LOG_STREAM_NAME: 'gone' },
      options: { write: true },
    }),
  },
  {
    what: 'a log stream that nobody creates',
    code: 'write-missing',
    fix: /create the log stream, or set createLogStream to true/,
    broken: () => ({ env: { FAPILOG_CLOUDWATCH__CREATE_LOG_STREAM: 'false' }, options: { write: true } }),
  },
  {
    what: 'an event that is discarded',
    code: 'write-discarded',
    fix: /set the clock of this machine/,
    broken: ({ service }) => {
      service.inject({ kind: 'rejectAll', times: Infinity });
      return { env: {}, options: { write: true } };
    },
  },
  {
    what: 'a service that is down',
    code: 'write-failed',
    says: /ServiceUnavailable/,
    fix: /wait and ask again/,
    broken: ({ service }) => {
      service.inject({ kind: 'unavailable', times: Infinity });
      return { env: {}, options: { write: true } };
    },
  },
  {
    what: 'a service that is asked too often',
    code: 'write-throttled',
    fix: /wait and ask again/,
    broken: ({ service }) => {
      service.inject({ kind: 'throttle', times: Infinity });
      return { env: {}, options: { write: true } };
    },
  },
  {
    what: 'two copies of the package',
    code: 'package-copies',
    says: /2 copies of fapilog-cloudwatch: 0\.1\.0 in .*, 0\.0\.9 in .*node_modules\/@acme\/kit\/node_modules\/fapilog-cloudwatch/,
    fix: /npm dedupe/,
    broken: () => {
      const manifest = (version: string) => ({ name: 'fapilog-cloudwatch', version });
      const folder = folderWith({
        'node_modules/fapilog-cloudwatch/package.json': manifest('0.1.0'),
        'node_modules/@acme/kit/node_modules/fapilog-cloudwatch/package.json': manifest('0.0.9'),
      });
      return { env: {}, options: { folder } };
    },
  },
  {
    what: 'an old winston',
    code: 'winston-version',
    fix: /npm install winston@3/,
    broken: () => ({
      env: {},
      options: { folder: folderWith({ 'node_modules/winston/package.json': { version: '2.4.7' } }) },
    }),
  },
  {
    what: 'a function whose lines Lambda discards',
    code: 'lambda-discards',
    fix: /applicationLogLevelV2 of the function to INFO, or FAPILOG_CORE__LOG_LEVEL=error/,
    broken: () => ({
      env: {
        AWS_LAMBDA_FUNCTION_NAME: 'api',
        AWS_LAMBDA_LOG_FORMAT: 'JSON',
        AWS_LAMBDA_LOG_LEVEL: 'ERROR',
        FAPILOG_CORE__SINKS: 'stdout_json',
      },
    }),
  },
  {
    what: 'a wrapper of the runtime',
    code: 'lambda-wrapper',
    says: /\/opt\/wrap starts the runtime/,
    fix: /compare the variables/,
    broken: () => ({ env: { AWS_LAMBDA_FUNCTION_NAME: 'api', AWS_LAMBDA_EXEC_WRAPPER: '/opt/wrap' } }),
  },
  {
    what: 'a task whose metadata are silent',
    code: 'container-unknown',
    fix: /reach the metadata endpoint/,
    broken: async () => ({ env: { ECS_CONTAINER_METADATA_URI_V4: await closed() } }),
  },
  {
    what: 'a container without a log driver',
    code: 'container-no-log-driver',
    says: /container web has no log driver/,
    fix: /LogDrivers\.awsLogs\(\{ logGroup: logging\.logGroup/,
    broken: async () => ({
      env: {
        ECS_CONTAINER_METADATA_URI_V4: await http((_, response) =>
          response.end('{"Name":"web","LogDriver":"none"}'),
        ),
      },
    }),
  },
  {
    what: 'a sink that takes longer than ECS waits',
    code: 'container-stop',
    fix: /raise stopTimeout of the container, or lower FAPILOG_CLOUDWATCH__SHUTDOWN_DEADLINE_SECONDS/,
    broken: async () => ({
      env: {
        ECS_CONTAINER_METADATA_URI_V4: await http((_, response) => response.end('{"LogDriver":"awslogs"}')),
        FAPILOG_CLOUDWATCH__SHUTDOWN_DEADLINE_SECONDS: '30',
      },
    }),
  },
  {
    what: 'a worker thread without its file',
    code: 'worker-file',
    fix: /bundle fapilog-cloudwatch\/worker as a second entry point named fapilog-worker/,
    broken: () => ({ env: { FAPILOG_CORE__WORKER: 'true' } }),
  },
  {
    what: 'a spool that others may change',
    code: 'spool-unsafe',
    fix: /run chmod 700/,
    broken: () => {
      const folder = folderWith({});
      mkdirSync(join(folder, 'spool'));
      chmodSync(join(folder, 'spool'), 0o777);
      return { env: { FAPILOG_CLOUDWATCH__SPOOL_DIR: join(folder, 'spool') } };
    },
  },
  {
    what: 'a spool where there is a file',
    code: 'spool-unwritable',
    says: /is no directory/,
    fix: /such as a volume of the container/,
    broken: () => ({
      env: { FAPILOG_CLOUDWATCH__SPOOL_DIR: join(folderWith({ file: 'text' }), 'file/spool') },
    }),
  },
  {
    what: 'a spool that is larger than the disk',
    code: 'spool-room',
    fix: /lower FAPILOG_CLOUDWATCH__SPOOL_MAX_BYTES to \d+/,
    broken: () => ({
      env: {
        FAPILOG_CLOUDWATCH__SPOOL_DIR: join(folderWith({}), 'spool'),
        FAPILOG_CLOUDWATCH__SPOOL_MAX_BYTES: String(2 ** 40),
      },
    }),
  },
];

/** Where it depends on the version of Node.js, or on a service that is not to be called: the tests of the checks provoke them. */
const ELSEWHERE: readonly Code[] = [
  'endpoint-ignored',
  'endpoint-plain',
  'endpoint-region',
  'node-ended',
  'node-old',
  'proxy-malformed',
  'proxy-unused',
];

describe('a broken place', () => {
  test.each(rows)('$what: $code', async ({ code, fix, says, broken, stage, statement }) => {
    const place = await (stage ?? here)();
    const { env, options } = await broken(place);
    const all = { ...WELL, ...endpoint(place.service.endpoint), ...env };

    const findings = await findingsIn(all, options);
    const found = findings.filter((each) => each.code === code);

    expect(found.map(({ fix: given = '' }) => given).join('\n')).toMatch(fix);
    if (says !== undefined) expect(found.map(({ message }) => message).join('\n')).toMatch(says);
    if (statement !== undefined) expect(found[0]!.statement).toEqual(statement);
    expect(JSON.stringify(findings)).not.toContain('sesame');
  });

  test('each finding to be mended has a row', () => {
    const faults = Object.entries(CODES).filter(([, { kind }]) => kind === 'problem' || kind === 'note');
    const provoked = new Set<string>([...rows.map(({ code }) => code), ...ELSEWHERE]);
    expect(faults.map(([code]) => code).filter((code) => !provoked.has(code))).toEqual([]);
  });
});

describe('a place in which all is well', () => {
  test('has no problem, and says what the application does there', async () => {
    const { service } = await here();
    const { sections } = await examined({ ...WELL, ...endpoint(service.endpoint) }, { write: true });

    expect(sections.flatMap(({ findings }) => findings).filter(({ kind }) => kind === 'problem')).toEqual([]);
    expect(sections.map(({ name }) => name)).toEqual([
      'Settings',
      'Credentials',
      'Region',
      'Endpoint',
      'Proxy',
      'Reachability',
      'Clock',
      'Log group',
      'Write',
      'Package',
      'Lambda',
      'Container',
      'Worker thread',
      'Spool',
    ]);
  });

  test('writes one event, to a stream of its own below the prefix of the settings, and only if it is asked to', async () => {
    const { service, client } = await here();
    const env = { ...WELL, ...endpoint(service.endpoint), FAPILOG_CLOUDWATCH__LOG_STREAM_PREFIX: 'web' };

    await findingsIn(env);
    expect(
      service.calls
        .filter(({ operation }) => operation !== 'DescribeLogGroups')
        .map(({ operation }) => operation),
    ).toEqual(['CreateLogGroup', 'CreateLogStream']);

    const written = (await findingsIn(env, { write: true })).find(({ code }) => code === 'write')!;
    const [, logStreamName] = /log stream (\S+) of/.exec(written.message)!;
    expect(logStreamName).toMatch(/^web-fapilog-doctor-.*-\d+-[\da-f]{8}$/);
    const { events } = await client.getLogEvents({ logGroupName: GROUP, logStreamName: logStreamName! });
    expect(events!.map(({ message }) => JSON.parse(message!) as unknown)).toEqual([
      { level: 'info', message: 'written by fapilog-cloudwatch doctor --write' },
    ]);
  });

  test('writes to the one stream of the settings where the role allows no other', async () => {
    const { service } = await here();
    service.inject({
      kind: 'accessDenied',
      operation: '*',
      times: Infinity,
      when: ({ logStreamName }) => logStreamName.includes('fapilog-doctor'),
    });
    const env = { ...WELL, ...endpoint(service.endpoint), FAPILOG_CLOUDWATCH__LOG_STREAM_NAME: 'api-server' };

    const findings = await findingsIn(env, { write: true });
    expect(findings.find(({ code }) => code === 'write')?.message).toMatch(/in the log stream api-server of/);
  });

  test('does not take for a fault what a writer may not see', async () => {
    const { service } = await here();
    service.inject({ kind: 'accessDenied', operation: 'DescribeLogGroups', times: Infinity });

    const findings = await findingsIn({ ...WELL, ...endpoint(service.endpoint) });
    expect(findings.filter(({ kind }) => kind === 'problem')).toEqual([]);
    expect(findings.find(({ code }) => code === 'group-hidden')?.message).toContain('as it should be');
  });

  test('a log stream that is there is written, though none may be created', async () => {
    const { service, client } = await here();
    await client.createLogStream({ logGroupName: GROUP, logStreamName: 'there' });
    const only = {
      FAPILOG_CLOUDWATCH__LOG_STREAM_NAME: 'there',
      FAPILOG_CLOUDWATCH__CREATE_LOG_STREAM: 'false',
    };

    const findings = await findingsIn({ ...WELL, ...only, ...endpoint(service.endpoint) }, { write: true });

    expect(findings.filter(({ kind }) => kind === 'problem')).toEqual([]);
    expect(findings.find(({ code }) => code === 'write')?.message).toContain('log stream there of');
  });

  test('a profile that is not there leaves the rest of the report as it is', async () => {
    const { service } = await here();
    const findings = await findingsIn({ ...WELL, ...endpoint(service.endpoint) }, { profile: 'ghost' });

    expect(findings.find(({ code }) => code === 'group-unknown')?.message).toMatch(
      /^There is no profile ghost /,
    );
    expect(findings.map(({ code }) => code)).toContain('package' satisfies Code);
  });

  test('without credentials, that is why nobody is asked about the log group, and nothing is written', async () => {
    const { service } = await here();
    const { AWS_ACCESS_KEY_ID: _key, AWS_SECRET_ACCESS_KEY: _secret, ...without } = WELL;
    const findings = await findingsIn({ ...without, ...endpoint(service.endpoint) }, { write: true });

    const reasons = findings.filter(({ code }) => code === 'group-unknown' || code === 'write-skipped');
    expect(reasons.map(({ message }) => message)).toEqual(Array(2).fill('there are no credentials'));
  });

  test('an endpoint without a scheme is one problem, and nobody is asked', async () => {
    await here();
    const findings = await findingsIn({ ...WELL, ...endpoint('localhost:4588') }, { write: true });

    const problems = findings.filter(({ kind }) => kind === 'problem');
    expect(problems.map(({ code }) => code)).toEqual(['endpoint-unusable']);
  });

  test('a misspelt sink is to be corrected, not to be joined by another', async () => {
    await here();
    const findings = await findingsIn({ ...WELL, FAPILOG_CORE__SINKS: 'cloudwacht' });

    expect(findings.find(({ code }) => code === 'setting-malformed')?.fix).toContain(
      'did you mean "cloudwatch"',
    );
    expect(findings.map(({ code }) => code)).not.toContain('no-delivery');
  });

  test('a setting that nobody knows: the names that there are', async () => {
    await here();
    const file = join(folderWith({ 'settings.json': { cloudwatch: {} } }), 'settings.json');
    const findings = await findingsIn({ ...WELL, FAPILOG_CONFIG_FILE: file });

    expect(findings.find(({ code }) => code === 'setting-malformed')?.fix).toMatch(
      /^remove it, or correct the name; there are core, app, sink_config/,
    );
  });

  test('looks with the rights of a profile', async () => {
    const { service, client } = await here();
    await client.putRetentionPolicy({ logGroupName: GROUP, retentionInDays: 7 });
    const keys = { aws_access_key_id: 'AKIDPERSON', aws_secret_access_key: 'secret' };
    const text = Object.entries(keys).map(([key, value]) => `${key} = ${value}`);
    const folder = folderWith({ credentials: ['[admin]', ...text].join('\n') });
    const files = { AWS_SHARED_CREDENTIALS_FILE: join(folder, 'credentials') };

    const env = { ...WELL, ...files, ...endpoint(service.endpoint) };
    const findings = await findingsIn(env, { profile: 'admin', write: true });

    expect(findings.find(({ code }) => code === 'group')?.message).toMatch(
      /for 7 days, .*0 subscription filters$/,
    );
    const looked = service.calls.filter(({ operation }) => operation === 'DescribeSubscriptionFilters');
    expect(looked.map(({ accessKeyId }) => accessKeyId)).toEqual(['AKIDPERSON']);
    const wrote = service.calls.filter(({ operation }) => operation === 'PutLogEvents');
    expect(new Set(wrote.map(({ accessKeyId }) => accessKeyId))).toEqual(new Set(['AKIDLOCAL']));
  });

  test('says who the caller is', async () => {
    const { service } = await here();
    const arn = 'arn:aws:sts::123456789012:assumed-role/writer/api';
    const result = `<GetCallerIdentityResult><Arn>${arn}</Arn></GetCallerIdentityResult>`;
    const url = await http((_, response) => {
      response.setHeader('content-type', 'text/xml');
      response.end(
        `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">${result}</GetCallerIdentityResponse>`,
      );
    });

    const findings = await findingsIn({ ...WELL, ...endpoint(service.endpoint), AWS_ENDPOINT_URL_STS: url });
    expect(findings.find(({ code }) => code === 'identity')?.message).toBe(`the caller is ${arn}`);
  });
});
