import type { Environment } from '../../contract/codec.js';
import { plainUrl } from './plain-url.js';

/** Where ECS, and where EKS Pod Identity hand out credentials. */
const HOSTS_OF_AWS = new Set(['169.254.170.2', '169.254.170.23', '[fd00:ec2::23]']);

/**
 * Where a container gets its credentials, by the variables that ECS, EKS Pod Identity, AWS Lambda's SnapStart and others set;
 * `undefined` if there are none, or if the AWS SDK would not ask there: over the network, only HTTPS keeps them secret.
 */
export function containerEndpoint(env: Environment): URL | undefined {
  const relative = env['AWS_CONTAINER_CREDENTIALS_RELATIVE_URI'];
  const text = relative ? `http://169.254.170.2${relative}` : env['AWS_CONTAINER_CREDENTIALS_FULL_URI'];
  const url = plainUrl(text ?? '');
  return url && isTrusted(url) ? url : undefined;
}

function isTrusted({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' || HOSTS_OF_AWS.has(hostname) || isLoopback(hostname);
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d+){3}$/.test(hostname);
}
