import {
  ENDPOINT_VARIABLES,
  endpointVariable,
  IGNORE_ENDPOINTS,
  isLoopback,
} from '../../../runtime/send/configured-endpoint.js';
import { messageOf } from '../../../runtime/send/verdict.js';
import { type Application, isOfHttp } from '../application.js';
import type { Check } from '../check.js';
import { endpointPlace } from '../endpoint-place.js';
import { fault, finding, type Finding } from '../finding.js';

/** Where the calls go, and what of the environment decides that. */
export const endpointCheck: Check = {
  name: 'Endpoint',
  async run(application) {
    if (!application.isDelivering) return [];
    const { endpoint, region } = await application.way();
    const odd = oddFlags(application);
    if ('error' in region)
      return [...odd, finding('endpoint-unknown', 'it depends on the Region, which is missing')];
    if ('error' in endpoint) return [...odd, unusable(application, messageOf(endpoint.error))];
    if (!isOfHttp(endpoint.value))
      return [...odd, unusable(application, `${endpoint.value.href} is no URL of http or https`)];
    const found = finding('endpoint', `${bare(endpoint.value)} (${await originOf(application)})`);
    return [found, ...odd, ...elsewhere(endpoint.value, region.value), ...plain(endpoint.value)];
  },
};

const FLAGS = ['AWS_USE_FIPS_ENDPOINT', 'AWS_USE_DUALSTACK_ENDPOINT', IGNORE_ENDPOINTS];

/** Without a login and what follows the path. */
function bare({ protocol, host, pathname }: URL): string {
  return `${protocol}//${host}${pathname === '/' ? '' : pathname}`;
}

async function originOf(application: Application): Promise<string> {
  const { settings, env } = application;
  if ((await application.customEndpoint()) !== undefined || isNamed(application))
    return endpointPlace(settings, env);
  const kinds = [env[FLAGS[0]!] === 'true' && 'FIPS', env[FLAGS[1]!] === 'true' && 'dual stack'];
  const kind = kinds.filter(Boolean).join(', ');
  return `that of the service in its Region${kind === '' ? '' : `: ${kind}`}`;
}

/** The endpoint of the service may be named, too. */
function isNamed({ sink, env }: Application): boolean {
  return sink.endpointUrl !== undefined || endpointVariable(env) !== undefined;
}

function unusable({ settings, env }: Application, message: string): Finding {
  const place = endpointPlace(settings, env);
  const isFips = FLAGS.slice(0, 2).some((name) => env[name] === 'true');
  const fix = isFips
    ? `an endpoint of one's own excludes FIPS and dual stack: remove ${place}, or the flags`
    : `write a URL such as https://logs.us-east-1.amazonaws.com into ${place}`;
  return fault('endpoint-unusable', message, fix);
}

function oddFlags({ env, sink }: Application): Finding[] {
  const odd = FLAGS.filter((name) => !['true', 'false', undefined, ''].includes(env[name])).map((name) =>
    fault(
      'endpoint-flag',
      `${name} is ${JSON.stringify(env[name])}, which does not count`,
      `write ${name}=true, or remove it`,
    ),
  );
  const ignored = ENDPOINT_VARIABLES.find((name) => env[name]);
  if (env[IGNORE_ENDPOINTS] !== 'true' || ignored === undefined || sink.endpointUrl !== undefined) return odd;
  return [
    ...odd,
    fault(
      'endpoint-ignored',
      `${ignored} is not used, by ${IGNORE_ENDPOINTS}`,
      `remove ${IGNORE_ENDPOINTS} if it should be`,
    ),
  ];
}

/** A call that is signed for another Region is refused. */
function elsewhere({ hostname, host }: URL, region: string): Finding[] {
  const [, of] = /(?:^|\.)logs(?:-fips)?\.([a-z]{2,}(?:-[a-z]+)+-\d+)\./.exec(hostname) ?? [];
  if (of === undefined || of === region.replace(/^fips-|-fips$/g, '')) return [];
  const message = `${host} is an endpoint of ${of}, and calls are signed for ${region}`;
  return [fault('endpoint-region', message, `set the Region to ${of}, or take the endpoint of ${region}`)];
}

function plain({ protocol, hostname, href }: URL): Finding[] {
  if (protocol === 'https:' || isLoopback(href)) return [];
  return [
    fault(
      'endpoint-plain',
      `lines go to ${hostname} in plain text`,
      'write https:// if the endpoint speaks it',
    ),
  ];
}
