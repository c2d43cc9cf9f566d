import type { Environment } from '../../contract/codec.js';
import { requireLate } from '../io/late-modules.cjs';

/** The option of Node.js that lets it use the proxies in the environment. */
const FLAG = '--use-env-proxy';

/** Those that Node.js reads for URLs of a protocol, the one that counts first. */
const VARIABLES = { 'http:': ['http_proxy', 'HTTP_PROXY'], 'https:': ['https_proxy', 'HTTPS_PROXY'] };

/** The protocol of the calls to an endpoint. @param endpointUrl @default - the service's own */
export function protocolOf(endpointUrl: string | undefined): keyof typeof VARIABLES {
  return endpointUrl?.startsWith('http:') ? 'http:' : 'https:';
}

/** The variable that names a proxy for calls of this protocol; `undefined` without one. */
export function proxyVariable(env: Environment, protocol: keyof typeof VARIABLES): string | undefined {
  return VARIABLES[protocol].find((name) => env[name]);
}

/** Whether somebody has told Node.js to use the proxies in the environment. */
function isProxyWanted(env: Environment): boolean {
  return (
    env['NODE_USE_ENV_PROXY'] === '1' ||
    process.execArgv.includes(FLAG) ||
    (env['NODE_OPTIONS'] ?? '').includes(FLAG)
  );
}

/** Whether Node.js uses the proxies in the environment: from 22.21 and 24.5 on, and if it was told to. */
export function isProxyUsed(env: Environment): boolean {
  return isProxyWanted(env) && process.allowedNodeEnvironmentFlags.has(FLAG);
}

/** The flag of the process, for a thread that is to go the same way. */
export function proxyFlags(): string[] {
  return process.execArgv.filter((flag) => flag === FLAG);
}

/** Says that the proxy that was asked for is not used; `undefined` where all is well. Names no proxy: its URL may hold a password. */
export function proxyNotice(env: Environment, protocol: keyof typeof VARIABLES): string | undefined {
  const variable = proxyVariable(env, protocol);
  if (variable === undefined || !isProxyWanted(env) || isProxyUsed(env)) return undefined;
  return (
    `NODE_USE_ENV_PROXY is set, and Node.js ${process.versions.node} does not know it: the proxy in ${variable} is not used; ` +
    'run Node.js 22.21, 24.5 or later, or give the sink clientConfig: { requestHandler } with an agent for the proxy'
  );
}

/**
 * The option for agents that lets their connections go the way that those of Node.js itself go: agents of one's own use no proxy
 * otherwise. Node.js reads `NO_PROXY` there, too.
 */
export function proxyOption(): { readonly proxyEnv?: NodeJS.ProcessEnv } {
  const { options } = requireLate('node:https').globalAgent as { options?: { proxyEnv?: NodeJS.ProcessEnv } };
  return options?.proxyEnv ? { proxyEnv: options.proxyEnv } : {};
}
