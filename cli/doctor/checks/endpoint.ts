import { messageOf } from '../../../runtime/send/verdict.js';
import type { Application } from '../application.js';
import type { Check } from '../check.js';
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
    const { protocol, href } = endpoint.value;
    if (!/^https?:$/.test(protocol))
      return [...odd, unusable(application, `${href} is no URL of http or https`)];
    const found = finding('endpoint', `${bare(endpoint.value)} (${await originOf(application)})`);
    return [found, ...odd, ...elsewhere(endpoint.value, region.value), ...plain(endpoint.value)];
  },
};

const OWN = ['AWS_ENDPOINT_URL_CLOUDWATCH_LOGS', 'AWS_ENDPOINT_URL'] as const;
const IGNORE = 'AWS_IGNORE_CONFIGURED_ENDPOINT_URLS';
const FLAGS = ['AWS_USE_FIPS_ENDPOINT', 'AWS_USE_DUALSTACK_ENDPOINT', IGNORE];

/** Without a login and what follows the path. */
function bare({ protocol, host, pathname }: URL): string {
  return `${protocol}//${host}${pathname === '/' ? '' : pathname}`;
}

async function originOf(application: Application): Promise<string> {
  const { sink, settings, env } = application;
  if (sink.endpointUrl !== undefined) return settings.placeOf('cloudwatch', 'endpointUrl');
  const variable = env[IGNORE] === 'true' ? undefined : OWN.find((name) => env[name]);
  if (variable !== undefined) return variable;
  const kinds = [env[FLAGS[0]!] === 'true' && 'FIPS', env[FLAGS[1]!] === 'true' && 'dual stack'];
  const kind = kinds.filter(Boolean).join(', ');
  if ((await application.customEndpoint()) !== undefined) return 'endpoint_url of the profile';
  return `that of the service in its Region${kind === '' ? '' : `: ${kind}`}`;
}

function unusable({ sink, settings, env }: Application, message: string): Finding {
  const own = sink.endpointUrl === undefined ? undefined : settings.placeOf('cloudwatch', 'endpointUrl');
  const variable = own ?? OWN.find((name) => env[name]) ?? 'endpoint_url of the profile';
  const isFips = FLAGS.slice(0, 2).some((name) => env[name] === 'true');
  const fix = isFips
    ? `an endpoint of one's own excludes FIPS and dual stack: remove ${variable}, or the flags`
    : `write a URL such as https://logs.us-east-1.amazonaws.com into ${variable}`;
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
  const ignored = OWN.find((name) => env[name]);
  if (env[IGNORE] !== 'true' || ignored === undefined || sink.endpointUrl !== undefined) return odd;
  return [
    ...odd,
    fault('endpoint-ignored', `${ignored} is not used, by ${IGNORE}`, `remove ${IGNORE} if it should be`),
  ];
}

/** A call that is signed for another Region is refused. */
function elsewhere({ hostname, host }: URL, region: string): Finding[] {
  const [, of] = /(?:^|\.)logs(?:-fips)?\.([a-z]{2,}(?:-[a-z]+)+-\d+)\./.exec(hostname) ?? [];
  if (of === undefined || of === region.replace(/^fips-|-fips$/g, '')) return [];
  const message = `${host} is an endpoint of ${of}, and calls are signed for ${region}`;
  return [fault('endpoint-region', message, `set the Region to ${of}, or take the endpoint of ${region}`)];
}

function plain({ protocol, hostname }: URL): Finding[] {
  const isHere = /^(localhost|127\.|\[::1\])/.test(hostname);
  if (protocol === 'https:' || isHere) return [];
  return [
    fault(
      'endpoint-plain',
      `lines go to ${hostname} in plain text`,
      'write https:// if the endpoint speaks it',
    ),
  ];
}
