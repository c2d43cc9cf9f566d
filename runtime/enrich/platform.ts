import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import type { Environment } from '../../contract/codec.js';
import { guarded } from '../serialize/guard.js';
import type { resourceAttributes } from './resource-attributes.js';
import { variable } from './variables.js';

/** Where a service runs, in the words of Application Signals. */
export interface Platform {
  /** The environment that Application Signals gives to a service there which names none; `undefined` if it is not known. */
  readonly environment: string | undefined;
  readonly attributes: Readonly<Record<string, string | undefined>>;
}

/** What is known of the process besides its variables. */
export interface Surroundings {
  readonly env: Environment;
  readonly resource: ReturnType<typeof resourceAttributes>;
  /** Name of the ECS cluster. */
  readonly cluster?: string | undefined;
  /** File whose text is the id of the EC2 instance. @default - the one of the Linux kernel */
  readonly instanceFile?: string | undefined;
}

/** Nitro instances have their id there, and nothing else has one of this form. */
const INSTANCE_FILE = '/sys/devices/virtual/dmi/id/board_asset_tag';

/** The address where EKS Pod Identity hands out credentials. */
const POD_IDENTITY = /^http:\/\/(169\.254\.170\.23|\[fd00:ec2::23\])/;

const WORKLOADS = ['deployment', 'statefulset', 'daemonset', 'cronjob', 'job'];

export function platformOf(surroundings: Surroundings): Platform {
  const { env, cluster } = surroundings;
  const functionName = variable(env, 'AWS_LAMBDA_FUNCTION_NAME');
  if (functionName !== undefined)
    return {
      environment: 'lambda:default',
      attributes: { PlatformType: 'AWS::Lambda', 'Lambda.Function.Name': functionName },
    };
  if (variable(env, 'ECS_CONTAINER_METADATA_URI_V4') !== undefined)
    return { environment: cluster && `ecs:${cluster}`, attributes: { PlatformType: 'AWS::ECS' } };
  return variable(env, 'KUBERNETES_SERVICE_HOST') === undefined
    ? machine(surroundings)
    : kubernetes(surroundings);
}

/** A process in a cluster does not know the cluster's name, unless OpenTelemetry was told it. */
function kubernetes({ env, resource }: Surroundings): Platform {
  const isEks =
    resource['cloud.platform'] === 'aws_eks' ||
    POD_IDENTITY.test(variable(env, 'AWS_CONTAINER_CREDENTIALS_FULL_URI') ?? '') ||
    (variable(env, 'AWS_WEB_IDENTITY_TOKEN_FILE') ?? '').includes('eks.amazonaws.com');
  const cluster = resource['k8s.cluster.name'];
  const namespace = resource['k8s.namespace.name'] ?? variable(env, 'POD_NAMESPACE');
  const workload = WORKLOADS.map((kind) => resource[`k8s.${kind}.name`]).find((name) => name !== undefined);
  const place = cluster && namespace && `${cluster}/${namespace}`;
  return {
    environment: place && `${isEks ? 'eks' : 'k8s'}:${place}`,
    attributes: {
      PlatformType: isEks ? 'AWS::EKS' : 'K8s',
      [isEks ? 'EKS.Cluster' : 'K8s.Cluster']: cluster,
      'K8s.Namespace': namespace,
      'K8s.Workload': workload,
      'K8s.Node': resource['k8s.node.name'] ?? variable(env, 'NODE_NAME'),
      'K8s.Pod': resource['k8s.pod.name'] ?? variable(env, 'POD_NAME') ?? variable(env, 'HOSTNAME'),
    },
  };
}

function machine({ instanceFile = INSTANCE_FILE }: Surroundings): Platform {
  const id = guarded(() => readFileSync(instanceFile, 'latin1').trim(), '');
  return /^i-[0-9a-f]+$/.test(id)
    ? { environment: 'ec2:default', attributes: { PlatformType: 'AWS::EC2', 'EC2.InstanceId': id } }
    : {
        environment: 'generic:default',
        attributes: { PlatformType: 'Generic', Host: guarded(hostname, undefined) },
      };
}
