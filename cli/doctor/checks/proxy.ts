import {
  isProxyUsed,
  protocolOf,
  proxyNotice,
  proxyVariable,
} from '../../../runtime/send/environment-proxy.js';
import type { Application } from '../application.js';
import type { Check } from '../check.js';
import { fault, finding, type Finding } from '../finding.js';

/** Whether calls go through a proxy. No URL of one is shown, which may hold a password. */
export const proxyCheck: Check = {
  name: 'Proxy',
  async run(application) {
    if (!application.isDelivering) return [];
    const { endpoint } = await application.way();
    return [proxyFinding(application, 'value' in endpoint ? endpoint.value.protocol : undefined)];
  },
};

/** @param endpoint Node.js has a variable of its own for each protocol */
function proxyFinding({ env }: Application, endpoint: string | undefined): Finding {
  const protocol = protocolOf(endpoint);
  const variable = proxyVariable(env, protocol);
  const other = proxyVariable(env, protocol === 'http:' ? 'https:' : 'http:');
  if (variable === undefined && other !== undefined)
    return finding('proxy', `the proxy in ${other} is not for an endpoint of ${protocol.slice(0, -1)}`);
  if (variable === undefined) return finding('proxy', 'no variable names a proxy');
  const notice = proxyNotice(env, protocol);
  if (notice !== undefined)
    return fault(
      'proxy-unused',
      notice,
      'run Node.js 22.21, 24.5 or later, or set endpointUrl to a VPC endpoint',
    );
  if (!isProxyUsed(env)) return notAsked(variable);
  if (!URL.canParse(env[variable]!))
    return fault(
      'proxy-malformed',
      `${variable} is no URL`,
      `write a URL such as http://proxy.example:3128 into ${variable}`,
    );
  const exempt = env['NO_PROXY'] ?? env['no_proxy'];
  return finding(
    'proxy',
    `calls go through the proxy in ${variable}, except to: ${exempt || 'none (NO_PROXY)'}`,
  );
}

function notAsked(variable: string): Finding {
  return fault(
    'proxy-not-asked',
    `the proxy in ${variable} is not used: Node.js uses none unless it is told to`,
    'set NODE_USE_ENV_PROXY=1 (Node.js 22.21, 24.5 or later), if the service is not reached without it',
  );
}
