import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { MAX_ENTITY_BYTES } from '../../../contract/limits.js';
import { appSettings } from '../../../contract/settings/app.js';
import { complete } from '../../../contract/settings/setting.js';
import { announceEntity } from '../../../runtime/enrich/entity.js';
import { ecsFields } from '../../../runtime/enrich/ecs.js';
import { nextTurn } from '../../../runtime/io/next-turn.js';
import { systemClock } from '../../../runtime/io/clock.js';

interface Announced {
  readonly keyAttributes: Readonly<Record<string, string>>;
  readonly attributes?: Readonly<Record<string, string>>;
}

interface Situation {
  readonly app?: { readonly service?: string; readonly env?: string };
  readonly env?: Record<string, string>;
  readonly enrich?: boolean;
}

function situated({ app = {}, env = {}, enrich = true }: Situation) {
  const entities: Announced[] = [];
  const reports: string[] = [];
  announceEntity(
    {
      app: complete(appSettings, app),
      core: { enrich },
      env,
      clock: systemClock,
      instanceFile: '/nowhere',
      report: (code, message) => void reports.push(`${code}: ${message}`),
    },
    (entity) => void entities.push(JSON.parse(entity) as Announced),
  );
  return { entities, reports };
}

const inLambda = { AWS_LAMBDA_FUNCTION_NAME: 'pay' };

describe('whether there is one', () => {
  test.each<[string, Situation, number]>([
    ['the setting names the service', { app: { service: 'api' } }, 1],
    ['OpenTelemetry names it', { env: { OTEL_SERVICE_NAME: 'api' } }, 1],
    ['nothing names it', {}, 0],
    ['the name of a function is none that somebody chose for the service', { env: inLambda }, 0],
    [
      'the environment is not known',
      { app: { service: 'api' }, env: { KUBERNETES_SERVICE_HOST: '10.0.0.1' } },
      0,
    ],
    [
      'nothing may be asked',
      { app: { service: 'api' }, env: { ECS_CONTAINER_METADATA_URI_V4: 'http://[::1]:1' }, enrich: false },
      0,
    ],
  ])('%s', (_, situation, count) => {
    const { entities, reports } = situated(situation);
    expect([entities.length, reports]).toEqual([count, []]);
  });
});

test('it is the service of the settings where the settings say it is', () => {
  const { entities } = situated({ app: { service: 'api', env: 'production' }, env: inLambda });
  expect(entities).toEqual([
    {
      keyAttributes: { Type: 'Service', Name: 'api', Environment: 'production' },
      attributes: {
        PlatformType: 'AWS::Lambda',
        'Lambda.Function.Name': 'pay',
        'AWS.ServiceNameSource': 'UserConfiguration',
      },
    },
  ]);
});

test.each<[string, Situation, string, string]>([
  ['of the platform', { app: { service: 'api' }, env: inLambda }, 'lambda:default', 'UserConfiguration'],
  [
    'of OpenTelemetry',
    { env: { OTEL_SERVICE_NAME: 'api', OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment=staging' } },
    'staging',
    'Instrumentation',
  ],
  [
    'of OpenTelemetry, by its newer name',
    { env: { OTEL_SERVICE_NAME: 'api', OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=staging' } },
    'staging',
    'Instrumentation',
  ],
  [
    'of the settings first',
    {
      app: { service: 'api', env: 'production' },
      env: { OTEL_SERVICE_NAME: 'other', OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment=staging' },
    },
    'production',
    'UserConfiguration',
  ],
])('the environment is that %s', (_, situation, environment, source) => {
  const [entity] = situated(situation).entities;
  expect(entity).toMatchObject({
    keyAttributes: { Type: 'Service', Name: 'api', Environment: environment },
    attributes: { 'AWS.ServiceNameSource': source },
  });
});

describe('what the service would reject', () => {
  test.each([
    ['a name at the limit', 'x'.repeat(512), 1],
    ['a name over the limit', 'x'.repeat(513), 0],
    ['a control character', 'a\nb', 0],
  ])('%s', (_, service, count) => {
    const { entities, reports } = situated({ app: { service } });
    expect([entities.length, reports.length]).toEqual([count, 1 - count]);
    for (const report of reports) expect(report).toMatch(/^entity\.omitted: .*512 characters/);
  });

  test('an attribute that is too long is left out', () => {
    const pod = 'k8s.cluster.name=c,k8s.namespace.name=n,k8s.node.name=';
    const env = {
      KUBERNETES_SERVICE_HOST: '10.0.0.1',
      OTEL_RESOURCE_ATTRIBUTES: pod + 'x'.repeat(513),
    };
    const { entities, reports } = situated({ app: { service: 'api' }, env });
    expect(entities[0]?.attributes).toMatchObject({ 'K8s.Cluster': 'c' });
    expect(entities[0]?.attributes).not.toHaveProperty('K8s.Node');
    expect(reports).toEqual([]);
  });

  test('all attributes are, where the whole would be too large', () => {
    const long = ['k8s.node.name', 'k8s.pod.name', 'k8s.deployment.name', 'k8s.namespace.name']
      .map((name) => `${name}=${'x'.repeat(500)}`)
      .join();
    const env = { KUBERNETES_SERVICE_HOST: '10.0.0.1', OTEL_RESOURCE_ATTRIBUTES: long };
    const [entity] = situated({ app: { service: 'api', env: 'production' }, env }).entities;
    expect(entity).toEqual({ keyAttributes: { Type: 'Service', Name: 'api', Environment: 'production' } });
    expect(JSON.stringify(entity).length).toBeLessThan(MAX_ENTITY_BYTES);
  });
});

describe('in a task of ECS', () => {
  let server: Server | undefined;
  afterEach(() => server?.close());

  test.each<[number, string, string[], RegExp[]]>([
    [200, '{"Labels":{"com.amazonaws.ecs.cluster":"shop"}}', ['ecs:shop'], []],
    [200, '{}', [], []],
    [500, '', [], [/^entity\.omitted: .*status 500/]],
  ])('whose metadata are %d %s', async (status, body, environments, expected) => {
    server = createServer((_, response) => response.writeHead(status).end(body));
    await new Promise<void>((resolve) => server!.listen(0, '127.0.0.1', resolve));
    const uri = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const { entities, reports } = situated({
      app: { service: 'api' },
      env: { ECS_CONTAINER_METADATA_URI_V4: uri },
    });

    expect(entities).toEqual([]);
    // The entity shares its request with whoever asks meanwhile, and hears of the answer first.
    await ecsFields(uri, systemClock).catch(() => undefined);
    await nextTurn();
    expect(entities.map(({ keyAttributes }) => keyAttributes['Environment'])).toEqual(environments);
    expect(reports).toHaveLength(expected.length);
    for (const [index, pattern] of expected.entries()) expect(reports[index]).toMatch(pattern);
  });

  test('one that says its environment is not asked', () => {
    const env = { ECS_CONTAINER_METADATA_URI_V4: 'http://127.0.0.1:1' };
    const { entities } = situated({ app: { service: 'api', env: 'production' }, env });
    expect(entities).toMatchObject([{ attributes: { PlatformType: 'AWS::ECS' } }]);
  });
});
