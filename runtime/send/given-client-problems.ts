import { slipsBetween } from '../../contract/nearest.js';
import { shown, type Problem } from '../../contract/problems.js';
import { guarded } from '../serialize/guard.js';

type Members = Readonly<Record<string, unknown>>;

const OF = 'new CloudWatchSink: options';
/** The second is that of the first versions. */
const SERVICE_IDS: ReadonlySet<unknown> = new Set(['CloudWatch Logs', 'logs']);
const A_CLIENT = 'a client of the AWS SDK, new CloudWatchLogsClient({ … }), or one of auto, sdk';

/** What the sink's own settings say, and its retries do. */
const OWN: Readonly<Record<string, string>> = {
  maxAttempts:
    'no such option: the sink retries itself; there are its settings maxRetries and maxBatchAgeSeconds',
  retryMode:
    'no such option: the sink retries itself; there are its settings retryBaseDelay and maxConcurrency',
  retryStrategy:
    'no such option: the sink retries itself; there are its settings maxRetries and retryBaseDelay',
};

/** Where the AWS SDK's client of version 3 takes an agent: one given beside it has no effect, and nothing says so. */
const OF_HANDLER = ['agent', 'httpAgent', 'httpsAgent'];
const A_HANDLER = 'a handler of requests of the AWS SDK, or its options, such as { httpsAgent }';

/** Options of the client that people write by hand. There are others, and later versions have more. */
const COMMON = [
  'requestHandler',
  'credentials',
  'region',
  'endpoint',
  'profile',
  'logger',
  'customUserAgent',
  'userAgentAppId',
  'useFipsEndpoint',
  'useDualstackEndpoint',
  'disableHostPrefix',
  'defaultsMode',
  'systemClockOffset',
  ...Object.keys(OWN),
];
/** Beyond these, another option may be meant. */
const MAX_SLIPS = 2;

/** Settings in code that a client, or its options, say as well. */
const SAID_BY_CLIENT = ['region', 'endpointUrl', 'roleArn', 'externalId'] as const;

/** Problems of `client` and `clientConfig`. A text is no client: it is the setting of this name, which is checked elsewhere. */
export function givenClientProblems(options: Members): Problem[] {
  const { client, clientConfig } = options;
  const hasClient = isGiven(client);
  if (hasClient && clientConfig !== undefined)
    return [problem('clientConfig', 'given', 'nothing beside client, which has options of its own')];
  if (hasClient) return clientProblems(client, options);
  return clientConfig === undefined ? [] : configProblems(clientConfig, options);
}

/** Problems of options that are to go to a worker thread, which a client cannot. `of` is what takes them. */
export function clientsForThread(of: string, options: Members, instead: string): Problem[] {
  const given = ['client', 'clientConfig'].filter((key) => isGiven(options[key]));
  return given.map((key) => ({
    where: `${of}: options.${key}`,
    value: options[key],
    allowed: `no client here: options go to a worker thread, which it cannot; ${instead}`,
  }));
}

/** Whether this is meant to be a client. */
export function isGiven(client: unknown): client is object {
  return (typeof client === 'object' && client !== null) || typeof client === 'function';
}

function clientProblems(client: object, options: Members): Problem[] {
  const rule = clientRule(client);
  if (rule !== undefined) return [problem('client', client, rule)];
  return SAID_BY_CLIENT.filter((key) => options[key] !== undefined).map((key) =>
    problem(key, options[key], `nothing beside client: ${HOW[key]}`),
  );
}

const HOW = {
  region: 'make the client with this region',
  endpointUrl: 'make the client with this endpoint',
  roleArn: 'make the client with credentials of this role, as fromTemporaryCredentials gives them',
  externalId: 'make the client with credentials of the role, as fromTemporaryCredentials gives them',
};

/** What is allowed in place of an object that is no client for CloudWatch Logs; `undefined` for one. */
export function clientRule(client: object): string | undefined {
  const given = client as Members;
  const has = (member: string): boolean => guarded(() => given[member] !== undefined, false);
  if (typeof client === 'function') return `${A_CLIENT}; a client, not its class: make it with new`;
  if (has('then')) return `${A_CLIENT}; not a promise of a client: await it`;
  if (has('makeRequest')) return `${A_CLIENT} of version 3; this is a client of version 2 (aws-sdk)`;
  const lacks = ['send', 'config', 'middlewareStack'].filter((member) => !has(member));
  if (lacks.length > 0) return `${A_CLIENT}; this lacks ${lacks.join(', ')}${configHint(given)}`;
  const serviceId = guarded(() => (given['config'] as Members)['serviceId'], undefined);
  if (serviceId === undefined || SERVICE_IDS.has(serviceId)) return undefined;
  return `${A_CLIENT}; this is a client for ${shown(serviceId)}`;
}

function configHint(given: Members): string {
  const isConfig = ['credentials', 'region', 'requestHandler', 'endpoint'].some((key) =>
    Object.hasOwn(given, key),
  );
  return isConfig ? ': options for a client are clientConfig' : '';
}

function configProblems(config: unknown, options: Members): Problem[] {
  const allowed = 'options of a CloudWatchLogsClient, such as { requestHandler }';
  if (typeof config !== 'object' || config === null || Array.isArray(config))
    return [problem('clientConfig', config, allowed)];
  const given = config as Members;
  if (given['middlewareStack'] !== undefined)
    return [problem('clientConfig', config, `${allowed}; a client is given as client`)];
  const own = Object.keys(OWN).filter((key) => given[key] !== undefined);
  return [
    ...own.map((key) => problem(`clientConfig.${key}`, given[key], OWN[key]!)),
    ...twice('region', 'region', given, options),
    ...twice('endpoint', 'endpointUrl', given, options),
    ...misspelt(given),
    ...credentialProblems(given['credentials']),
    ...handlerProblems(given),
  ];
}

function twice(key: string, setting: string, given: Members, options: Members): Problem[] {
  if (given[key] === undefined || options[setting] === undefined) return [];
  return [problem(`clientConfig.${key}`, 'given', `one of them: there is the option ${setting} as well`)];
}

/** The client takes no notice of an option that it does not know. */
function misspelt(given: Members): Problem[] {
  return Object.keys(given).flatMap((key) => {
    const meant = COMMON.find(
      (each) => slipsBetween(key.toLowerCase(), each.toLowerCase(), MAX_SLIPS) <= MAX_SLIPS,
    );
    if (meant === undefined || COMMON.includes(key)) return [];
    return [
      problem(`clientConfig.${key}`, given[key], OWN[meant] ?? `no such option; did you mean ${meant}?`),
    ];
  });
}

function handlerProblems(given: Members): Problem[] {
  const agents = OF_HANDLER.filter((key) => given[key] !== undefined);
  const allowed = 'no such option: an agent stands in requestHandler: { httpsAgent }';
  const { requestHandler } = given;
  return [
    ...agents.map((key) => problem(`clientConfig.${key}`, given[key], allowed)),
    ...(requestHandler === undefined || isGiven(requestHandler)
      ? []
      : [problem('clientConfig.requestHandler', requestHandler, A_HANDLER)]),
  ];
}

function credentialProblems(credentials: unknown): Problem[] {
  if (credentials === undefined || typeof credentials === 'function' || areCredentials(credentials))
    return [];
  const allowed = '{ accessKeyId, secretAccessKey, sessionToken? }, or a function that resolves to them';
  return [problem('clientConfig.credentials', credentials, allowed)];
}

export function areCredentials(value: unknown): boolean {
  const { accessKeyId, secretAccessKey } = Object(value) as Members;
  return typeof accessKeyId === 'string' && typeof secretAccessKey === 'string';
}

function problem(option: string, value: unknown, allowed: string): Problem {
  return { where: `${OF}.${option}`, value, allowed };
}
