import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { platformOf, type Platform, type Surroundings } from '../../../runtime/enrich/platform.js';
import { resourceAttributes } from '../../../runtime/enrich/resource-attributes.js';

const IN_CLUSTER = { KUBERNETES_SERVICE_HOST: '10.0.0.1' };
const NAMED = 'k8s.cluster.name=shop,k8s.namespace.name=web';

const directory = mkdtempSync(join(tmpdir(), 'fapilog-platform-'));
afterAll(() => rmSync(directory, { recursive: true }));

function platform(env: Record<string, string>, more: Partial<Surroundings> = {}): Platform {
  const { environment, attributes } = platformOf({
    env,
    resource: resourceAttributes(env),
    instanceFile: join(directory, 'none'),
    ...more,
  });
  const known = Object.entries(attributes).filter(([, value]) => value !== undefined);
  return { environment, attributes: Object.fromEntries(known) };
}

test.each<[string, Record<string, string>, string | undefined, Record<string, string>]>([
  [
    'a function',
    { AWS_LAMBDA_FUNCTION_NAME: 'pay' },
    'lambda:default',
    { PlatformType: 'AWS::Lambda', 'Lambda.Function.Name': 'pay' },
  ],
  [
    'a task before its metadata',
    { ECS_CONTAINER_METADATA_URI_V4: 'http://169.254.170.2/v4/1' },
    undefined,
    { PlatformType: 'AWS::ECS' },
  ],
  [
    'a pod of EKS by its token',
    {
      ...IN_CLUSTER,
      AWS_WEB_IDENTITY_TOKEN_FILE: '/var/run/secrets/eks.amazonaws.com/serviceaccount/token',
      OTEL_RESOURCE_ATTRIBUTES: `${NAMED},k8s.deployment.name=api`,
      NODE_NAME: 'n1',
      HOSTNAME: 'api-7d4-x2',
    },
    'eks:shop/web',
    {
      PlatformType: 'AWS::EKS',
      'EKS.Cluster': 'shop',
      'K8s.Namespace': 'web',
      'K8s.Workload': 'api',
      'K8s.Node': 'n1',
      'K8s.Pod': 'api-7d4-x2',
    },
  ],
  [
    'a pod of EKS by Pod Identity, without a known cluster',
    {
      ...IN_CLUSTER,
      AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://169.254.170.23/v1/credentials',
      POD_NAMESPACE: 'web',
    },
    undefined,
    { PlatformType: 'AWS::EKS', 'K8s.Namespace': 'web' },
  ],
  [
    'a pod elsewhere',
    { ...IN_CLUSTER, OTEL_RESOURCE_ATTRIBUTES: `${NAMED},k8s.statefulset.name=db,k8s.pod.name=db-0` },
    'k8s:shop/web',
    {
      PlatformType: 'K8s',
      'K8s.Cluster': 'shop',
      'K8s.Namespace': 'web',
      'K8s.Workload': 'db',
      'K8s.Pod': 'db-0',
    },
  ],
  ['a machine', {}, 'generic:default', { PlatformType: 'Generic', Host: hostname() }],
])('%s', (_, env, environment, attributes) => {
  expect(platform(env)).toEqual({ environment, attributes });
});

test('a task whose cluster is known', () => {
  const env = { ECS_CONTAINER_METADATA_URI_V4: 'http://169.254.170.2/v4/1' };
  expect(platform(env, { cluster: 'shop' }).environment).toBe('ecs:shop');
});

test.each([
  ['i-0123456789abcdef0\n', 'AWS::EC2'],
  ['Not Specified\n', 'Generic'],
])('the kernel says %j', (text, type) => {
  const instanceFile = join(directory, 'tag');
  writeFileSync(instanceFile, text);
  const { environment, attributes } = platform({}, { instanceFile });
  expect(attributes).toMatchObject({ PlatformType: type });
  if (type === 'AWS::EC2')
    expect([environment, attributes['EC2.InstanceId']]).toEqual(['ec2:default', 'i-0123456789abcdef0']);
});
