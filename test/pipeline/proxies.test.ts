import { join } from 'node:path';
import { isBalanced, type Account } from '../../runtime/index.js';
import { ConnectProxy, TlsFront } from '../support/connect-proxy.js';
import { DeliveryStage } from '../support/delivery-stage.js';
import { root } from '../support/imports.js';
import { runWith, type Ended } from '../support/programs.js';

const PROGRAM = join(root, 'test/pipeline/programs/through-proxy.mjs');

let stage: DeliveryStage;
let front: TlsFront;
let proxy: ConnectProxy;

beforeEach(async () => {
  stage = await DeliveryStage.open();
  front = await TlsFront.before(stage.service.endpoint);
  proxy = await ConnectProxy.open();
});

afterEach(async () => {
  await proxy.close();
  await front.close();
  await stage.sink.close();
  await stage.close();
});

function deliver(env: NodeJS.ProcessEnv): Promise<Ended> {
  return runWith([PROGRAM], {
    PATH: process.env['PATH'],
    HOME: '/nowhere',
    AWS_ACCESS_KEY_ID: 'AKIDPROXY',
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_REGION: 'us-east-1',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    NODE_EXTRA_CA_CERTS: front.certificateFile,
    ENDPOINT: `https://${front.host}`,
    PROXY_URL: proxy.url(),
    ...env,
  });
}

const accountIn = ({ stdout }: Ended): Account => JSON.parse(stdout) as Account;

const ways = ['client', 'clientConfig'].flatMap((option) =>
  ['https-proxy-agent', 'hpagent'].map((agent) => [option, agent] as const),
);

test.each(ways)('%s with an agent of %s: every call goes through the proxy', async (OPTION, AGENT) => {
  const ended = await deliver({ OPTION, AGENT });

  const account = accountIn(ended);
  expect(account).toMatchObject({ accepted: 3, delivered: 3, pending: 0 });
  expect(isBalanced(account)).toBe(true);
  expect(proxy.asked.length).toBeGreaterThan(0);
  expect(new Set(proxy.asked.map((asked) => JSON.stringify(asked)))).toEqual(
    new Set([JSON.stringify({ target: front.host, isLetThrough: true })]),
  );
});

test.each(ways)(
  '%s with an agent of %s: a proxy that refuses costs no event, and its password stays unsaid',
  async (OPTION, AGENT) => {
    const ended = await deliver({
      OPTION,
      AGENT,
      PROXY_URL: proxy.url('wrong-password'),
      DEADLINE_MS: '500',
    });

    const account = accountIn(ended);
    expect(account).toMatchObject({ accepted: 3, delivered: 0, diverted: { total: 3 }, pending: 0 });
    expect(proxy.asked.every(({ isLetThrough }) => !isLetThrough)).toBe(true);
    expect(ended.stderr).toContain('failed');
    const login = Buffer.from('user:wrong-password').toString('base64');
    for (const secret of ['wrong-password', login]) expect(ended.stderr + ended.stdout).not.toContain(secret);
  },
);

test('without a word to Node.js the proxy of the environment is not used, and a failure says so', async () => {
  const ended = await deliver({
    HTTPS_PROXY: proxy.url(),
    ENDPOINT: 'https://127.0.0.1:1',
    DEADLINE_MS: '300',
  });

  expect(accountIn(ended)).toMatchObject({ delivered: 0, diverted: { total: 3 } });
  expect(proxy.asked).toEqual([]);
  expect(ended.stderr).toContain('the proxy in HTTPS_PROXY is not used: set NODE_USE_ENV_PROXY=1');
  expect(ended.stderr).not.toContain('sesame');
});
