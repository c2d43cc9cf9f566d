import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Account } from '../../../runtime/index.js';
import { ConnectProxy, TlsFront } from '../../support/connect-proxy.js';
import { CredentialServices } from '../../support/credential-services.js';
import { DeliveryStage } from '../../support/delivery-stage.js';
import { root } from '../../support/imports.js';
import { describeWith, findNode } from '../../support/tools.js';

const PROGRAM = join(root, 'test/pipeline/programs/through-proxy.mjs');

/** Who makes the calls. */
const LANES = [
  ['the sink itself', {}],
  ["the SDK's client", { FAPILOG_CLOUDWATCH__CLIENT: 'sdk' }],
  ['the sink itself, in a worker thread', { PROGRAM: 'worker' }],
] as const;

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

interface Delivery {
  readonly account: Account;
  readonly stderr: string;
}

async function deliver(
  node: string,
  env: NodeJS.ProcessEnv,
  flags: readonly string[] = [],
): Promise<Delivery> {
  const { stdout, stderr } = await promisify(execFile)(node, [...flags, PROGRAM], {
    timeout: 60_000,
    env: {
      PATH: process.env['PATH'],
      HOME: '/nowhere',
      AWS_ACCESS_KEY_ID: 'AKIDPROXY',
      AWS_SECRET_ACCESS_KEY: 'secret',
      AWS_REGION: 'us-east-1',
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
      NODE_EXTRA_CA_CERTS: front.certificateFile,
      ENDPOINT: `https://${front.host}`,
      HTTPS_PROXY: proxy.url(),
      ...env,
    },
  });
  return { account: JSON.parse(stdout) as Account, stderr };
}

const isAsked = (): boolean => proxy.asked.some(({ target }) => target === front.host);

describe.each([22, 24])('Node.js %d, told to use the proxies of the environment', (major) => {
  const node = findNode(major);

  describeWith(node)('has its way', () => {
    test.each(LANES)('%s calls through the proxy', async (_, env) => {
      const { account, stderr } = await deliver(node!, { ...env, NODE_USE_ENV_PROXY: '1' });

      expect(account).toMatchObject({ accepted: 3, delivered: 3 });
      expect(proxy.asked).toContainEqual({ target: front.host, isLetThrough: true });
      expect(stderr).not.toContain('proxy');
    });

    test.each(LANES)('%s calls through it by the flag, too', async (_, env) => {
      const { account } = await deliver(node!, env, ['--use-env-proxy']);

      expect(account).toMatchObject({ accepted: 3, delivered: 3 });
      expect(isAsked()).toBe(true);
    });

    test.each(LANES)('%s leaves out a host that NO_PROXY names', async (_, env) => {
      const { account } = await deliver(node!, { ...env, NODE_USE_ENV_PROXY: '1', NO_PROXY: 'localhost' });

      expect(account).toMatchObject({ accepted: 3, delivered: 3 });
      expect(proxy.asked).toEqual([]);
    });

    test.each(LANES)('%s does not use it without a word', async (_, env) => {
      const { account } = await deliver(node!, env);

      expect(account).toMatchObject({ accepted: 3, delivered: 3 });
      expect(proxy.asked).toEqual([]);
    });

    test('a proxy that refuses is named by its variable, without its password', async () => {
      const { account, stderr } = await deliver(node!, {
        NODE_USE_ENV_PROXY: '1',
        HTTPS_PROXY: proxy.url('wrong-password'),
        DEADLINE_MS: '500',
      });

      expect(account).toMatchObject({ delivered: 0, diverted: { total: 3 } });
      expect(stderr).toMatch(/ERR_PROXY_TUNNEL.*let the proxy in HTTPS_PROXY pass this host/);
      expect(stderr).not.toContain('wrong-password');
    });

    test('the endpoint of a container is asked for credentials past the proxy', async () => {
      const services = await CredentialServices.start();
      const { account } = await deliver(node!, {
        NODE_USE_ENV_PROXY: '1',
        HTTP_PROXY: proxy.url(),
        AWS_ACCESS_KEY_ID: '',
        AWS_SECRET_ACCESS_KEY: '',
        AWS_CONTAINER_CREDENTIALS_FULL_URI: `${services.endpoint}/container`,
      });
      await services.stop();

      expect(account).toMatchObject({ accepted: 3, delivered: 3 });
      expect(services.asked).toEqual(['container OLD']);
      expect(proxy.asked).toEqual([{ target: front.host, isLetThrough: true }]);
    });
  });
});

describeWith(findNode(20))('Node.js 20, told to use the proxies of the environment', () => {
  test.each(LANES)('says once that it does not, what to do, and no password; %s delivers', async (_, env) => {
    const { account, stderr } = await deliver(findNode(20)!, { ...env, NODE_USE_ENV_PROXY: '1' });

    expect(account).toMatchObject({ accepted: 3, delivered: 3 });
    expect(stderr.match(/the proxy in HTTPS_PROXY is not used/g)).toHaveLength(1);
    expect(stderr).toContain('run Node.js 22.21, 24.5 or later, or give the sink clientConfig');
    expect(stderr).not.toContain('sesame');
    expect(proxy.asked).toEqual([]);
  });

  test('says nothing where an agent was given', async () => {
    const { stderr } = await deliver(findNode(20)!, {
      NODE_USE_ENV_PROXY: '1',
      AGENT: 'hpagent',
      OPTION: 'clientConfig',
      PROXY_URL: proxy.url(),
    });

    expect(stderr).toBe('');
    expect(isAsked()).toBe(true);
  });
});
