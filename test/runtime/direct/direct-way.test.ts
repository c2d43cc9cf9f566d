import * as fc from 'fast-check';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Environment } from '../../../contract/codec.js';
import { directWay, type DirectWay } from '../../../runtime/direct/direct-way.js';
import { sdkPort } from '../../../runtime/sdk/sdk-port.js';
import type { ClientOptions } from '../../../runtime/send/client-options.js';
import { CredentialServices } from '../../support/credential-services.js';
import { SignedCalls, type SignedCall } from '../../support/signed-calls.js';

type Settings = Omit<ClientOptions['settings'], 'requestTimeoutSeconds'>;

const KEYS = { AWS_ACCESS_KEY_ID: 'AKID', AWS_SECRET_ACCESS_KEY: 'secret' };
const environment = process.env;
let calls: SignedCalls;
let services: CredentialServices;
let homes: string;

beforeAll(async () => {
  jest.spyOn(console, 'warn').mockReturnValue();
  calls = new SignedCalls();
  services = await CredentialServices.start();
  calls.containers = services.endpoint;
  homes = mkdtempSync(join(tmpdir(), 'homes-'));
  for (const file of ['config', 'credentials']) writeHome(`with-${file}`, file);
  mkdirSync(join(homes, 'with-directory/.aws/config'), { recursive: true });
  writeFileSync(join(homes, 'token'), 'token');
});

afterEach(() => {
  process.env = environment;
});

afterAll(async () => {
  jest.restoreAllMocks();
  await services.stop();
  rmSync(homes, { recursive: true });
});

/** A home whose default profile says another key, Region and endpoint. */
function writeHome(name: string, file: string): void {
  mkdirSync(join(homes, name, '.aws'), { recursive: true });
  const keys = 'aws_access_key_id = AKIDOFFILE\naws_secret_access_key = secret\n';
  const rest = 'region = ap-south-1\nendpoint_url = http://127.0.0.1:1\nuse_dualstack_endpoint = true\n';
  writeFileSync(join(homes, name, '.aws', file), `[default]\n${keys}${rest}`);
}

function settingsOf(settings: Settings): ClientOptions['settings'] {
  return { requestTimeoutSeconds: 15, ...settings };
}

const noFallback = async (): Promise<never> => Promise.reject(new Error('the SDK is asked'));

/** The way that is found with these variables, and no others. */
async function wayIn(env: Environment, settings: Settings = {}): Promise<DirectWay | undefined> {
  process.env = surroundings(env);
  return directWay(settingsOf(settings), () => process.env, noFallback);
}

function surroundings(env: Environment): NodeJS.ProcessEnv {
  return { HOME: join(homes, 'empty'), AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true', ...env };
}

/** The call that the official client makes with these variables. */
async function callOfClient(env: Environment, settings: Settings): Promise<SignedCall | undefined> {
  process.env = surroundings(env);
  const port = sdkPort({ settings: settingsOf(settings), onServiceDate: () => undefined });
  const target = { logGroupName: 'group', logStreamName: 'stream' };
  const call = await calls.of(() => port.createLogGroup(target, new AbortController().signal));
  port.close();
  return call;
}

async function callOf({ endpoint, region, credentials }: DirectWay): Promise<SignedCall> {
  const { accessKeyId, sessionToken } = await credentials();
  const url = endpoint.href.replace(/\/?$/, '/');
  return { url, accessKeyId, region, sessionToken };
}

const REGION = { AWS_REGION: 'eu-west-1' };

const LAMBDA = {
  _HANDLER: 'index.handler',
  AWS_LAMBDA_FUNCTION_NAME: 'orders',
  AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '128',
  AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
  AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/orders',
  AWS_LAMBDA_LOG_STREAM_NAME: '2026/11/28/[$LATEST]a',
  AWS_LAMBDA_RUNTIME_API: '169.254.100.1:9001',
  AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x',
  AWS_XRAY_CONTEXT_MISSING: 'LOG_ERROR',
  AWS_XRAY_DAEMON_ADDRESS: '169.254.100.1:2000',
  AWS_REGION: 'eu-west-1',
  AWS_DEFAULT_REGION: 'eu-west-1',
  TZ: ':UTC',
};

describe('the way is direct', () => {
  const PLAIN: readonly (readonly [string, () => Environment, signer: string])[] = [
    ['in a Lambda function', () => ({ ...LAMBDA, ...KEYS, AWS_SESSION_TOKEN: 'token' }), 'AKID'],
    [
      'in a Lambda function with SnapStart',
      () => ({
        ...LAMBDA,
        AWS_LAMBDA_INITIALIZATION_TYPE: 'snap-start',
        AWS_CONTAINER_CREDENTIALS_FULL_URI: `${services.endpoint}/2021-04-23/credentials`,
        AWS_CONTAINER_AUTHORIZATION_TOKEN: 'token',
      }),
      'OLD',
    ],
    [
      'in a task of ECS',
      () => ({
        ...REGION,
        AWS_EXECUTION_ENV: 'AWS_ECS_FARGATE',
        AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: '/v2/credentials/1b2c',
        ECS_CONTAINER_METADATA_URI_V4: 'http://169.254.170.2/v4/1b2c',
      }),
      'OLD',
    ],
    [
      'in a pod of EKS with Pod Identity',
      () => ({
        ...REGION,
        AWS_DEFAULT_REGION: 'eu-west-1',
        AWS_STS_REGIONAL_ENDPOINTS: 'regional',
        AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://169.254.170.23/v1/credentials',
        AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: join(homes, 'token'),
      }),
      'OLD',
    ],
    ['with keys in the environment', () => ({ ...REGION, ...KEYS }), 'AKID'],
    ['with AWS_DEFAULT_REGION alone', () => ({ AWS_DEFAULT_REGION: 'eu-west-1', ...KEYS }), 'AKID'],
  ];

  test.each(PLAIN)('%s', async (_, env, signer) => {
    const way = await wayIn(env());

    expect(way && (await callOf(way))).toMatchObject({
      url: 'https://logs.eu-west-1.amazonaws.com/',
      region: 'eu-west-1',
      accessKeyId: signer,
    });
    expect(await callOfClient(env(), {})).toEqual(await callOf(way!));
  });

  test('and leads to the endpoint and the Region of the settings', async () => {
    const settings = { region: 'us-west-2', endpointUrl: 'http://localhost:4566' };
    const env = { ...REGION, ...KEYS, AWS_ENDPOINT_URL: 'https://elsewhere.example' };

    expect(await callOf((await wayIn(env, settings))!)).toMatchObject({
      url: 'http://localhost:4566/',
      region: 'us-west-2',
    });
  });
});

describe('the official client is asked', () => {
  const ODD: readonly (readonly [string, Environment, Settings?])[] = [
    ['where the settings say so', {}, { client: 'sdk' }],
    ['for a role to assume', {}, { roleArn: 'arn:aws:iam::123456789012:role/log-writer' }],
    ['without a Region', { AWS_REGION: '' }],
    ['with a Region that is none', { AWS_REGION: 'eu-west-1a' }],
    ['with a Region that stands for FIPS', { AWS_REGION: 'fips-us-east-1' }],
    ['with a Region that is no name of a host', { AWS_REGION: `eu-${'west'.repeat(20)}-1` }],
    ['with a profile', { AWS_PROFILE: 'writer' }],
    ['with half of the keys', { AWS_SECRET_ACCESS_KEY: '' }],
    ['with a secret of two words', { AWS_SECRET_ACCESS_KEY: 'two words' }],
    ['with keys that expire no one knows when', { AWS_CREDENTIAL_EXPIRATION: 'soon' }],
    ['with a flag that is none', { AWS_USE_FIPS_ENDPOINT: 'TRUE' }],
    ['with a flag that is blank', { AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: '' }],
    ['with FIPS at an endpoint of its own', { AWS_USE_FIPS_ENDPOINT: 'true', AWS_ENDPOINT_URL: 'http://a' }],
    ['with an endpoint that is no URL', { AWS_ENDPOINT_URL: 'localhost:4566' }],
    ['with an endpoint that has a query', {}, { endpointUrl: 'http://localhost/?a=b' }],
    ['with an endpoint that has a login', {}, { endpointUrl: 'http://user:password@localhost/' }],
  ];

  test.each(ODD.map(([name, env, settings = {}]) => [name, env, settings] as const))(
    '%s',
    async (_, env, settings) => {
      expect(await wayIn({ ...REGION, ...KEYS, ...env }, settings)).toBeUndefined();
    },
  );

  const FILES: readonly (readonly [string, () => Environment])[] = [
    ['a config file', () => ({ HOME: join(homes, 'with-config') })],
    ['a credentials file', () => ({ HOME: join(homes, 'with-credentials') })],
    [
      'a config file, and a blank variable',
      () => ({ HOME: join(homes, 'with-config'), AWS_CONFIG_FILE: '' }),
    ],
    ['a config file of Windows', () => ({ HOME: '', USERPROFILE: join(homes, 'with-config') })],
    ['a file that a variable names', () => ({ AWS_CONFIG_FILE: join(homes, 'with-config/.aws/config') })],
    [
      'a file that a variable names below the home directory',
      () => ({ HOME: homes, AWS_SHARED_CREDENTIALS_FILE: '~/with-credentials/.aws/credentials' }),
    ],
  ];

  test.each(FILES)('with %s', async (_, env) => {
    expect(await wayIn({ ...REGION, ...KEYS, ...env() })).toBeUndefined();
  });

  const CONTAINERS: readonly (readonly [string, Environment])[] = [
    ['none', {}],
    ['one that anybody could overhear', { AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://10.0.0.1/role' }],
    ['one that is no URL', { AWS_CONTAINER_CREDENTIALS_FULL_URI: 'role' }],
    ['one with a query', { AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://localhost/?role=writer' }],
    ['one, and a web identity', { ...ECS(), AWS_WEB_IDENTITY_TOKEN_FILE: '/token', AWS_ROLE_ARN: 'arn' }],
    ['one that is not where it says', { AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: '.example/role' }],
  ];

  test.each(CONTAINERS)('of the endpoints of a container, with %s', async (_, env) => {
    expect(await wayIn({ ...REGION, ...env })).toBeUndefined();
  });
});

function ECS(): Environment {
  return { AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: '/v2/credentials/1b2c' };
}

describe('once a way was found, credentials are looked for anew each time', () => {
  test('keys that the program sets are those of the next call', async () => {
    const way = await wayIn({ ...REGION, ...KEYS });
    process.env['AWS_ACCESS_KEY_ID'] = 'AKIDNEXT';
    process.env['AWS_CREDENTIAL_EXPIRATION'] = '2026-11-28T12:00:00Z';

    expect(await way!.credentials()).toEqual({
      accessKeyId: 'AKIDNEXT',
      secretAccessKey: 'secret',
      expiration: new Date('2026-11-28T12:00:00Z'),
    });
  });

  test('so is the environment that takes the place of the old one', async () => {
    const way = await wayIn({ ...REGION, ...KEYS });
    process.env = surroundings({ ...REGION, ...KEYS, AWS_ACCESS_KEY_ID: 'AKIDNEXT' });

    expect(await way!.credentials()).toMatchObject({ accessKeyId: 'AKIDNEXT' });
  });

  test.each<[string, Environment]>([
    ['a profile is set', { ...KEYS, AWS_PROFILE: 'writer' }],
    ['the keys are gone', {}],
    ['a file says more than the container', { ...ECS(), HOME: 'with-config' }],
  ])('the SDK is asked if %s', async (_, { HOME = 'empty', ...env }) => {
    const way = await wayIn({ ...REGION, ...KEYS });
    process.env = surroundings({ ...REGION, ...env, HOME: join(homes, HOME) });

    await expect(way!.credentials()).rejects.toThrow('the SDK is asked');
  });
});

/** A variable that is absent, or one of these. */
function variable(...texts: readonly string[]): fc.Arbitrary<string | undefined> {
  return fc.oneof(
    { weight: 3, arbitrary: fc.constant(undefined) },
    { weight: 2, arbitrary: fc.constantFrom(...texts) },
  );
}

/** Mostly the first. */
function often(usual: string, ...others: readonly string[]): fc.Arbitrary<string | undefined> {
  return fc.oneof({ weight: 8, arbitrary: fc.constant(usual) }, variable(...others));
}

const flag = variable('true', 'true', 'false', 'false', '', 'TRUE', 'yes', ' true');
const region = fc.constantFrom(
  'us-east-1',
  'eu-west-1',
  'cn-north-1',
  'us-gov-west-1',
  'us-gov-east-1',
  'us-iso-east-1',
  'us-isob-east-1',
  'eu-isoe-west-1',
  'us-isof-south-1',
  'eusc-de-east-1',
  'xx-north-12',
  'local',
  'us-gov-north-1',
);
const oddRegion = fc.constantFrom(
  '',
  ' ',
  ' us-east-1',
  'us-east-1-fips',
  'fips-us-gov-west-1',
  'US-EAST-1',
  'us-east-1a',
  'aws-global',
);
const endpointUrl = fc.constantFrom(
  'http://127.0.0.1:4566',
  'https://VPCE.example:443/',
  'http://localhost/p',
  'http://[::1]:4566/p/',

  'https://user:p@a.example',
  'http://a.example/?q',
  'http://a.example/#f',
  'ftp://a.example',
  'nonsense',
  '',
);

const keys = fc.record({
  AWS_ACCESS_KEY_ID: often('AKID', '', ' ', 'A B'),
  AWS_SECRET_ACCESS_KEY: often('secret', '', ' '),
  AWS_SESSION_TOKEN: variable('token', '', ' token'),
  AWS_CREDENTIAL_EXPIRATION: variable('2099-01-01T00:00:00Z', '2001-01-01T00:00:00Z', '', 'never'),
  AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: variable('/role'),
});

const container = (): fc.Arbitrary<Environment> =>
  fc.record({
    AWS_ACCESS_KEY_ID: variable('', ''),
    AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: variable('/role', '/other/role', '', 'role', '@localhost'),
    AWS_CONTAINER_CREDENTIALS_FULL_URI: often(
      `${services.endpoint}/role`,
      'http://169.254.170.23/v1',
      'http://10.0.0.1/role',
      'role',
      '',
    ),
    AWS_CONTAINER_AUTHORIZATION_TOKEN: variable('token', ''),
    AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: variable(join(homes, 'token'), ''),
    AWS_ROLE_ARN: variable('', 'arn:aws:iam::123456789012:role/writer'),
  });

const regions = fc.record({
  AWS_REGION: fc.oneof({ weight: 8, arbitrary: region }, { weight: 1, arbitrary: oddRegion }),
  AWS_DEFAULT_REGION: fc.option(fc.oneof(region, oddRegion), { nil: undefined }),
});

/** Most of them stand for themselves: one of these, and the rest of the environment is plain. */
const rarities = (): fc.Arbitrary<Environment> =>
  fc.oneof(
    { weight: 4, arbitrary: fc.constant({}) },
    { weight: 2, arbitrary: fc.record({ AWS_USE_FIPS_ENDPOINT: flag, AWS_USE_DUALSTACK_ENDPOINT: flag }) },
    {
      weight: 2,
      arbitrary: fc.record({
        AWS_ENDPOINT_URL: variable('http://127.0.0.1:1', 'https://a.example', '', 'nonsense'),
        AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: variable('http://127.0.0.1:2/p', 'https://b.example', '', ' '),
        AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: flag,
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        HOME: variable(
          '',
          join(homes, 'with-config'),
          join(homes, 'with-credentials'),
          join(homes, 'with-directory'),
        ),
        USERPROFILE: variable('', join(homes, 'with-config')),
        HOMEPATH: variable('', '/nowhere'),
        AWS_CONFIG_FILE: variable('', '/nowhere', join(homes, 'with-config/.aws/config')),
        AWS_SHARED_CREDENTIALS_FILE: variable('', '~/none', join(homes, 'with-credentials/.aws/credentials')),
      }),
    },
    fc.record({ AWS_PROFILE: variable('', 'default', 'writer') }),
    fc.record({ AWS_WEB_IDENTITY_TOKEN_FILE: variable('', join(homes, 'token')) }),
    fc.record({
      AWS_AUTH_SCHEME_PREFERENCE: variable('', 'sigv4a', 'httpBearerAuth'),
      AWS_SIGV4A_SIGNING_REGION_SET: variable('*'),
      AWS_CREDENTIAL_SCOPE: variable('us-west-2', ''),
      AWS_ACCOUNT_ID: variable('123456789012', ''),
      AWS_DEFAULTS_MODE: variable('', 'standard', 'nonsense'),
      AWS_RETRY_MODE: variable('', 'adaptive', 'nonsense'),
      AWS_EC2_METADATA_DISABLED: variable('', 'true'),
    }),
  );

test('whatever an environment says, whoever takes the direct way does what the official client does', async () => {
  const settings = fc.record({ region, endpointUrl }, { requiredKeys: [] }) as fc.Arbitrary<Settings>;
  const signer = fc.oneof(keys as fc.Arbitrary<Environment>, container());
  let taken = 0;
  await fc.assert(
    fc.asyncProperty(regions, signer, rarities(), settings, async (place, who, rare, given) => {
      const env = defined({ ...place, ...who, ...rare });
      const way = await wayIn(env, given);
      if (way === undefined) return;
      taken++;
      const found = await callOf(way);
      expect(await callOfClient(env, given)).toEqual(found);
    }),
    { numRuns: 300 },
  );
  expect(taken).toBeGreaterThan(25);
});

function defined(env: Environment): Environment {
  return Object.fromEntries(Object.entries(env).filter(([, text]) => text !== undefined));
}
