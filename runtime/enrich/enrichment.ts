import { hostname } from 'node:os';
import type { Environment } from '../../contract/codec.js';
import type { ValuesOf } from '../../contract/sections.js';
import { systemClock, type Clock } from '../io/clock.js';
import type { Report } from '../io/diagnostics.js';
import { quietly } from '../io/quietly.js';
import type { Fields } from '../log-record.js';
import { guarded, reasonOf } from '../serialize/guard.js';
import { ecsFields } from './ecs.js';
import { knownFields, serviceName, variable } from './variables.js';

/** Fields that say which process wrote a line. */
export interface Enrichment {
  /** Read at each log call, since fields are added once when the metadata endpoint has answered. */
  readonly fields: Fields;
  /** Resolves once no more fields will be added. Never rejects. */
  readonly complete: Promise<void>;
}

/**
 * Fields for every line. A field whose source is absent or blank is left out.
 *
 * | field | where | from |
 * |---|---|---|
 * | `service` | everywhere | setting, `OTEL_SERVICE_NAME`, `AWS_LAMBDA_FUNCTION_NAME` |
 * | `env` | everywhere | setting |
 * | `version` | everywhere | setting, `AWS_LAMBDA_FUNCTION_VERSION` |
 * | `host` | everywhere | the host's name |
 * | `pid` | everywhere | the process id, a number |
 * | `functionName` | Lambda | `AWS_LAMBDA_FUNCTION_NAME` |
 * | `functionVersion` | Lambda | `AWS_LAMBDA_FUNCTION_VERSION` |
 * | `functionMemoryMb` | Lambda | `AWS_LAMBDA_FUNCTION_MEMORY_SIZE`, a number |
 * | `region` | Lambda | `AWS_REGION` |
 * | `logStream` | Lambda | `AWS_LAMBDA_LOG_STREAM_NAME`: the one that Lambda itself writes to |
 * | `taskArn` | ECS | metadata endpoint, `ECS_CONTAINER_METADATA_URI_V4` |
 * | `cluster` | ECS | metadata endpoint: the cluster's name |
 * | `containerName` | ECS | metadata endpoint: the name in the task definition |
 * | `image` | ECS | metadata endpoint |
 * | `podName` | Kubernetes | `POD_NAME`, or `HOSTNAME` where `KUBERNETES_SERVICE_HOST` is set |
 * | `podNamespace` | Kubernetes | `POD_NAMESPACE` |
 * | `nodeName` | Kubernetes | `NODE_NAME` |
 *
 * The metadata endpoint is asked once, in the background, for a second at the most; this delays nothing and does not keep
 * the process alive. A failure is reported, and the fields stay as they are.
 *
 * @param enabled `false` leaves only `service`, `env` and `version` from the settings
 */
export function makeEnrichment(
  app: ValuesOf<'app'>,
  enabled: boolean,
  env: Environment,
  report: Report,
  clock: Clock = systemClock,
): Enrichment {
  if (!enabled) return { fields: knownFields(app), complete: Promise.resolve() };
  const enrichment = { fields: fieldsAtOnce(app, env), complete: Promise.resolve() };
  const uri = variable(env, 'ECS_CONTAINER_METADATA_URI_V4');
  if (uri === undefined) return enrichment;
  enrichment.complete = ecsFields(uri, clock).then(
    (task) => void (enrichment.fields = Object.freeze({ ...enrichment.fields, ...task })),
    (error: unknown) =>
      quietly(() => report('enrichment', `no metadata of the ECS task: ${reasonOf(error)}`)),
  );
  return enrichment;
}

function fieldsAtOnce(app: ValuesOf<'app'>, env: Environment): Fields {
  const functionName = variable(env, 'AWS_LAMBDA_FUNCTION_NAME');
  const functionVersion = functionName && variable(env, 'AWS_LAMBDA_FUNCTION_VERSION');
  const isInCluster = variable(env, 'KUBERNETES_SERVICE_HOST') !== undefined;
  return knownFields({
    service: serviceName(app, true, env),
    env: app.env,
    version: app.version ?? functionVersion,
    host: guarded(hostname, undefined),
    pid: process.pid,
    ...(functionName === undefined ? {} : lambdaFields(env)),
    // Pods usually fill these from the downward API. A pod's host name is its name.
    podName: variable(env, 'POD_NAME') ?? (isInCluster ? variable(env, 'HOSTNAME') : undefined),
    podNamespace: variable(env, 'POD_NAMESPACE'),
    nodeName: variable(env, 'NODE_NAME'),
  });
}

function lambdaFields(env: Environment): Fields {
  const memoryMb = Number(variable(env, 'AWS_LAMBDA_FUNCTION_MEMORY_SIZE'));
  return {
    functionName: variable(env, 'AWS_LAMBDA_FUNCTION_NAME'),
    functionVersion: variable(env, 'AWS_LAMBDA_FUNCTION_VERSION'),
    functionMemoryMb: Number.isInteger(memoryMb) ? memoryMb : undefined,
    region: variable(env, 'AWS_REGION'),
    logStream: variable(env, 'AWS_LAMBDA_LOG_STREAM_NAME'),
  };
}
