import type { Environment } from '../../contract/codec.js';
import type { Fields } from '../log-record.js';
import { knownFields, variable } from './variables.js';

/** Reads the variables that pods usually fill from the downward API. A pod's host name is its name. */
export function kubernetesFields(env: Environment): Fields {
  const isInCluster = variable(env, 'KUBERNETES_SERVICE_HOST') !== undefined;
  return knownFields({
    podName: variable(env, 'POD_NAME') ?? (isInCluster ? variable(env, 'HOSTNAME') : undefined),
    podNamespace: variable(env, 'POD_NAMESPACE'),
    nodeName: variable(env, 'NODE_NAME'),
  });
}
