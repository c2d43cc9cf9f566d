import { hostname } from 'node:os';
import { appSettings } from '../../../contract/settings/app.js';
import { complete, type InputValues } from '../../../contract/settings/setting.js';
import type { Environment } from '../../../contract/codec.js';
import { makeEnrichment } from '../../../runtime/enrich/enrichment.js';
import type { Fields } from '../../../runtime/log-record.js';

const everywhere = { host: hostname(), pid: process.pid };

/** What is known at once. */
function fieldsOf(env: Environment, app: InputValues<typeof appSettings> = {}, enabled = true): Fields {
  const reports: string[] = [];
  const { fields } = makeEnrichment(
    complete(appSettings, app as never),
    enabled,
    env,
    (code) => void reports.push(code),
  );
  expect(reports).toEqual([]);
  return fields;
}

const LAMBDA = {
  AWS_LAMBDA_FUNCTION_NAME: 'orders',
  AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '512',
  AWS_REGION: 'us-west-2',
  AWS_LAMBDA_LOG_STREAM_NAME: '2025/01/01/[$LATEST]abc',
};

const LAMBDA_FIELDS = {
  functionName: 'orders',
  functionVersion: '$LATEST',
  functionMemoryMb: 512,
  region: 'us-west-2',
  logStream: '2025/01/01/[$LATEST]abc',
};

test.each<[string, Environment, InputValues<typeof appSettings>, Fields]>([
  ['nothing', {}, {}, everywhere],
  [
    'the settings',
    {},
    { service: 'api', env: 'production', version: '1.2.3' },
    { service: 'api', env: 'production', version: '1.2.3', ...everywhere },
  ],
  ['OpenTelemetry', { OTEL_SERVICE_NAME: 'otel' }, {}, { service: 'otel', ...everywhere }],
  ['blank variables', { OTEL_SERVICE_NAME: ' ', POD_NAME: '', AWS_LAMBDA_FUNCTION_NAME: '' }, {}, everywhere],
  ['Lambda', LAMBDA, {}, { service: 'orders', version: '$LATEST', ...everywhere, ...LAMBDA_FIELDS }],
  [
    'Lambda, OpenTelemetry and the settings',
    { ...LAMBDA, OTEL_SERVICE_NAME: 'otel' },
    { version: '7' },
    { service: 'otel', version: '7', ...everywhere, ...LAMBDA_FIELDS },
  ],
  [
    'all that names a service',
    { ...LAMBDA, OTEL_SERVICE_NAME: 'otel' },
    { service: 'api' },
    { service: 'api', version: '$LATEST', ...everywhere, ...LAMBDA_FIELDS },
  ],
  [
    'Lambda, and little of it',
    { AWS_LAMBDA_FUNCTION_NAME: 'orders', AWS_LAMBDA_FUNCTION_MEMORY_SIZE: 'much' },
    {},
    { service: 'orders', ...everywhere, functionName: 'orders' },
  ],
  ['a region that is not of a function', { AWS_REGION: 'us-west-2' }, {}, everywhere],
  [
    'Kubernetes',
    {
      KUBERNETES_SERVICE_HOST: '10.0.0.1',
      HOSTNAME: 'host',
      POD_NAME: 'api-1',
      POD_NAMESPACE: 'shop',
      NODE_NAME: 'n1',
    },
    {},
    { ...everywhere, podName: 'api-1', podNamespace: 'shop', nodeName: 'n1' },
  ],
  [
    'Kubernetes without the downward API',
    { KUBERNETES_SERVICE_HOST: '10.0.0.1', HOSTNAME: 'api-1' },
    {},
    { ...everywhere, podName: 'api-1' },
  ],
  ['a host outside Kubernetes', { HOSTNAME: 'laptop' }, {}, everywhere],
])('%s', (_, env, app, fields) => {
  expect(fieldsOf(env, app)).toEqual(fields);
});

test('disabled, only what the settings say', () => {
  const env = {
    ...LAMBDA,
    OTEL_SERVICE_NAME: 'otel',
    POD_NAME: 'p',
    ECS_CONTAINER_METADATA_URI_V4: 'http://127.0.0.1:1',
  };

  expect(fieldsOf(env, {}, false)).toEqual({});
  expect(fieldsOf(env, { env: 'test' }, false)).toEqual({ env: 'test' });
});

test('what is not known is no field', () => {
  expect(Object.values(fieldsOf({ AWS_LAMBDA_FUNCTION_NAME: 'f' }))).not.toContain(undefined);
});
