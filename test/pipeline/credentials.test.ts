import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { CredentialServices } from '../support/credential-services.js';
import { DeliveryStage } from '../support/delivery-stage.js';
import { root } from '../support/imports.js';
import { run, storedIds } from '../support/programs.js';

const PROGRAM = join(root, 'test/pipeline/programs/rotates-credentials.mjs');
const ROLE_ARN = 'arn:aws:iam::123456789012:role/log-writer';

/** Where a process finds its credentials. */
interface Source {
  readonly name: string;
  /** Files below the home directory. Where they say OLD, they say NEW once they are rotated. */
  readonly files?: Readonly<Record<string, string>>;
  readonly env?: (at: { readonly home: string; readonly endpoint: string }) => Record<string, string>;
  /** Who signs the calls, before and after. */
  readonly signers?: readonly [old: string, new_: string];
}

const keys = 'aws_access_key_id = OLD\naws_secret_access_key = secret\n';
const ssoCache = `.aws/sso/cache/${createHash('sha1').update('company').digest('hex')}.json`;
const ofRole = ['ROLE_OF_OLD', 'ROLE_OF_NEW'] as const;

const sources: readonly Source[] = [
  { name: 'the default profile', files: { '.aws/credentials': `[default]\n${keys}` } },
  { name: 'a profile in the config file', files: { '.aws/config': `[default]\n${keys}` } },
  {
    name: 'a profile that AWS_PROFILE names',
    files: { '.aws/credentials': `[writer]\n${keys}` },
    env: () => ({ AWS_PROFILE: 'writer' }),
  },
  {
    name: 'a file that AWS_SHARED_CREDENTIALS_FILE names',
    files: { 'mounted/keys': `[default]\n${keys}` },
    env: ({ home }) => ({ AWS_SHARED_CREDENTIALS_FILE: join(home, 'mounted/keys') }),
  },
  {
    name: 'a role with source_profile',
    files: {
      '.aws/config': `[profile writer]\nrole_arn = ${ROLE_ARN}\nsource_profile = base\n`,
      '.aws/credentials': `[base]\n${keys}`,
    },
    env: () => ({ AWS_PROFILE: 'writer' }),
    signers: ofRole,
  },
  {
    name: 'a role with credential_source = EcsContainer',
    files: { '.aws/config': `[default]\nrole_arn = ${ROLE_ARN}\ncredential_source = EcsContainer\n` },
    env: ({ endpoint }) => ({ AWS_CONTAINER_CREDENTIALS_FULL_URI: `${endpoint}/container` }),
    signers: ofRole,
  },
  {
    name: 'credential_process',
    files: {
      '.aws/config': '[default]\ncredential_process = cat "$HOME/keys.json"\n',
      'keys.json': '{"Version":1,"AccessKeyId":"OLD","SecretAccessKey":"secret"}',
    },
  },
  {
    name: 'another credential_process',
    files: {
      '.aws/config':
        '[default]\ncredential_process = echo \'{"Version":1,"AccessKeyId":"OLD","SecretAccessKey":"secret"}\'\n',
    },
  },
  {
    name: 'a web identity token file, of variables',
    files: { token: 'OLD' },
    env: ({ home }) => ({ AWS_WEB_IDENTITY_TOKEN_FILE: join(home, 'token'), AWS_ROLE_ARN: ROLE_ARN }),
    signers: ofRole,
  },
  {
    name: 'the token of an SSO session',
    files: {
      '.aws/config':
        '[default]\nsso_session = company\nsso_account_id = 123456789012\nsso_role_name = writer\n' +
        '[sso-session company]\nsso_start_url = https://company.example/start\nsso_region = us-east-1\n',
      [ssoCache]: JSON.stringify({
        accessToken: 'OLD',
        expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
      }),
    },
    signers: ofRole,
  },
  {
    name: 'the endpoint of a container',
    env: ({ endpoint }) => ({ AWS_CONTAINER_CREDENTIALS_FULL_URI: `${endpoint}/container` }),
  },
  {
    name: 'the SDK, which asks the endpoint of a container',
    env: ({ endpoint }) => ({
      AWS_CONTAINER_CREDENTIALS_FULL_URI: `${endpoint}/container`,
      FAPILOG_CLOUDWATCH__CLIENT: 'sdk',
    }),
  },
  {
    name: 'the metadata of an instance',
    env: ({ endpoint }) => ({
      AWS_EC2_METADATA_SERVICE_ENDPOINT: endpoint,
      AWS_EC2_METADATA_DISABLED: 'false',
    }),
  },
  {
    name: 'the role in roleArn, assumed by a profile',
    files: { '.aws/credentials': `[default]\n${keys}` },
    env: () => ({ FAPILOG_CLOUDWATCH__ROLE_ARN: ROLE_ARN }),
    signers: ofRole,
  },
];

/** Those that ask somebody over HTTP. The role in `roleArn` is a setting of the sink. */
const ASKS = /^a role with|^a web identity|^the token|^the endpoint|^the metadata/;

const environment = process.env;
let home: string;
let services: CredentialServices;
let stage: DeliveryStage;

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'home-'));
  services = await CredentialServices.start();
  stage = await DeliveryStage.open();
});

afterEach(async () => {
  process.env = environment;
  await stage.close();
  await services.stop();
  rmSync(home, { recursive: true });
});

describe.each([
  ['in process', {}],
  ['in a worker thread', { IN_WORKER: 'true' }],
])('credentials that are rotated while the service refuses the old ones, %s', (_, mode) => {
  test.each(sources.map((source) => [source.name, source] as const))(
    '%s',
    async (_name, { files = {}, env = () => ({}), signers = ['OLD', 'NEW'] }) => {
      // GIVEN
      const written = writeFiles(files);
      refuseAfterOneCall(signers[0]);
      process.env = {
        ...environmentOf(env),
        FAPILOG_CLOUDWATCH__RETRY_BASE_DELAY: '0.01',
        FAPILOG_CLOUDWATCH__GZIP: 'false',
        ROTATE_URL: `${services.endpoint}/rotate`,
        ROTATED_FILES: JSON.stringify(
          Object.fromEntries(written.map(([path, text]) => [path, text.replaceAll('OLD', 'NEW')])),
        ),
        ...mode,
      };

      // WHEN
      const { stdout, stderr } = await run([PROGRAM], stage.service.endpoint);

      // THEN
      expect(stderr).not.toContain('[worker]');
      expect(JSON.parse(stdout)).toMatchObject({ accepted: 2, delivered: 2, pending: 0 });
      expect(await storedIds(stage)).toEqual([0, 1]);
      const taken = stage.puts.filter(({ status }) => status === 200);
      expect(taken.map(({ accessKeyId }) => accessKeyId)).toEqual(signers);
      // As long as the old ones are refused, nobody is asked for others with each call that fails.
      expect(services.asked.length).toBeLessThan(12);
    },
    90_000,
  );
});

// The SDK itself asks again with each call in the five minutes before they expire.
test.each(sources.filter(({ name }) => ASKS.test(name)).map((source) => [source.name, source] as const))(
  'credentials for four minutes are asked for once in many flushes: %s',
  async (_name, { files = {}, env = () => ({}), signers = ['OLD'] }) => {
    await services.stop();
    services = await CredentialServices.start(240_000);
    writeFiles(files);
    process.env = environmentOf(env);

    for (let flush = 0; flush < 15; flush++) {
      stage.log();
      await stage.sink.flush();
    }

    expect(stage.puts.map(({ accessKeyId }) => accessKeyId)).toEqual(Array(15).fill(signers[0]));
    expect(new Set(services.asked).size).toBe(services.asked.length);
  },
  60_000,
);

test.each([1, 2])(
  'an endpoint that never answers %d time(s) is asked again',
  async (times) => {
    const impatient = await DeliveryStage.open({ sink: { requestTimeoutSeconds: 1 } });
    process.env = environmentOf(({ endpoint }) => ({
      AWS_CONTAINER_CREDENTIALS_FULL_URI: `${endpoint}/container`,
    }));
    services.hang(times);

    impatient.log();
    await impatient.sink.flush({ deadlineMs: 30_000 });

    expect(await storedIds(impatient)).toEqual([0]);
    expect(services.asked.length).toBeLessThan(times + 3);
    expect(impatient.diagnostics.map(({ message }) => message)).toContainEqual(
      expect.stringMatching(/no credentials: TimeoutError: no answer within 500 ms; let this process reach/),
    );
    await impatient.close();
  },
  60_000,
);

function writeFiles(files: Readonly<Record<string, string>>): (readonly [path: string, text: string])[] {
  const written = Object.entries(files).map(([path, text]) => [join(home, path), text] as const);
  for (const [path, text] of written) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  return written;
}

function environmentOf(env: NonNullable<Source['env']>): NodeJS.ProcessEnv {
  const { endpoint } = services;
  return {
    PATH: environment['PATH'],
    HOME: home,
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_ENDPOINT_URL_STS: endpoint,
    AWS_ENDPOINT_URL_SSO: endpoint,
    ...env({ home, endpoint }),
  };
}

function refuseAfterOneCall(key: string): void {
  stage.inject({
    kind: 'error',
    status: 400,
    errorName: 'UnrecognizedClientException',
    message: 'The security token included in the request is invalid.',
    times: Infinity,
    skip: 1,
    when: ({ accessKeyId }) => accessKeyId === key,
  });
}
