import { proxyCheck } from '../../../../cli/doctor/checks/proxy.js';
import type { Finding } from '../../../../cli/doctor/finding.js';
import { applicationIn, WELL } from '../../../support/doctor-stage.js';

/** Node.js 22.21, 24.5 and later. */
const isKnown = process.allowedNodeEnvironmentFlags.has('--use-env-proxy');

const PROXY = 'http://user:sesame@127.0.0.1:3128';

async function found(env: Readonly<Record<string, string>>): Promise<Finding> {
  return (await proxyCheck.run(await applicationIn({ ...WELL, ...env })))[0]!;
}

test('without a variable there is no proxy', async () => {
  expect(await found({ NODE_USE_ENV_PROXY: '1' })).toMatchObject({ code: 'proxy' });
});

test('a proxy that nobody asked Node.js to use is not used', async () => {
  const finding = await found({ HTTPS_PROXY: PROXY });
  expect(finding).toMatchObject({ code: 'proxy-not-asked', kind: 'note' });
  expect(finding.message).toContain('HTTPS_PROXY');
});

test('a proxy that was asked for: used, or a problem with this version of Node.js', async () => {
  const finding = await found({ HTTPS_PROXY: PROXY, NODE_USE_ENV_PROXY: '1', NO_PROXY: '10.0.0.1' });
  expect(finding).toMatchObject(
    isKnown
      ? { code: 'proxy', message: 'calls go through the proxy in HTTPS_PROXY, except to: 10.0.0.1' }
      : { code: 'proxy-unused', fix: expect.stringContaining('22.21') as unknown },
  );
  expect(JSON.stringify(finding)).not.toContain('sesame');
});

test('a proxy that is no URL', async () => {
  const finding = await found({ HTTPS_PROXY: 'proxy.example:x', NODE_USE_ENV_PROXY: '1' });
  expect(finding.code).toBe(isKnown ? 'proxy-malformed' : 'proxy-unused');
});

test.each([
  ['an endpoint of HTTPS', 'HTTP_PROXY', undefined, 'https'],
  ['an endpoint of HTTP', 'HTTPS_PROXY', 'http://127.0.0.1:4588', 'http'],
])('%s does not go through the proxy in %s', async (_, variable, url, protocol) => {
  const place: Record<string, string> = url === undefined ? {} : { AWS_ENDPOINT_URL: url };
  expect(await found({ [variable]: PROXY, NODE_USE_ENV_PROXY: '1', ...place })).toEqual({
    kind: 'ok',
    code: 'proxy',
    message: `the proxy in ${variable} is not for an endpoint of ${protocol}`,
  });
});
