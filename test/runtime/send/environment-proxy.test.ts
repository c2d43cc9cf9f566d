import {
  isProxyUsed,
  protocolOf,
  proxyNotice,
  proxyOption,
  proxyVariable,
} from '../../../runtime/send/environment-proxy.js';

const FLAG = '--use-env-proxy';
const known = process.allowedNodeEnvironmentFlags;

/** Lets Node.js know the flag, or not know it. */
function nodeThatKnows(isKnown: boolean): void {
  const flags = new Set([...known].filter((flag) => flag !== FLAG));
  if (isKnown) flags.add(FLAG);
  Object.defineProperty(process, 'allowedNodeEnvironmentFlags', { value: flags, configurable: true });
}

afterEach(() => {
  Object.defineProperty(process, 'allowedNodeEnvironmentFlags', { value: known, configurable: true });
});

const PROXY = { HTTPS_PROXY: 'http://user:sesame@proxy:3128' };

test.each([
  ['the variable', { NODE_USE_ENV_PROXY: '1' }, true],
  ['the flag', { NODE_OPTIONS: `--max-old-space-size=64 ${FLAG}` }, true],
  ['the variable, which Node.js reads as off', { NODE_USE_ENV_PROXY: 'true' }, false],
  ['nothing', {}, false],
])('a Node.js that knows proxies uses them when told by %s', (_, env, isUsed) => {
  nodeThatKnows(true);
  expect(isProxyUsed({ ...PROXY, ...env })).toBe(isUsed);
  expect(proxyNotice({ ...PROXY, ...env }, 'https:')).toBeUndefined();
});

test('a Node.js that does not know proxies uses none, and what says so shows no login', () => {
  nodeThatKnows(false);
  const env = { ...PROXY, NODE_USE_ENV_PROXY: '1' };
  expect(isProxyUsed(env)).toBe(false);
  expect(proxyNotice(env, 'https:')).toMatch(
    /^NODE_USE_ENV_PROXY is set, and Node.js \S+ does not know it: the proxy in HTTPS_PROXY/,
  );
  expect(proxyNotice(env, 'https:')).not.toMatch(/sesame|3128/);
});

test.each([
  ['no proxy', { NODE_USE_ENV_PROXY: '1' }],
  ['nobody who wants it', PROXY],
])('there is nothing to say with %s', (_, env) => {
  nodeThatKnows(false);
  expect(proxyNotice(env, 'https:')).toBeUndefined();
});

test('each protocol has variables of its own, as to Node.js; blank is absent', () => {
  const env = { HTTP_PROXY: 'http://a', https_proxy: 'http://b', HTTPS_PROXY: 'http://c' };
  expect(proxyVariable(env, protocolOf(undefined))).toBe('https_proxy');
  expect(proxyVariable(env, protocolOf('http://127.0.0.1:4588'))).toBe('HTTP_PROXY');
  expect(proxyVariable({ HTTPS_PROXY: '', http_proxy: 'http://a' }, 'https:')).toBeUndefined();
});

test('agents get no option where Node.js uses no proxy itself', () => {
  expect(proxyOption()).toEqual({});
});
