import { Construct, type IConstruct } from 'constructs';
import { asGiven } from '../shapes.js';

const EXCLUDED = Symbol.for('fapilog-cloudwatch.excluded');

/**
 * Leaves a construct and everything below it out of `bindAll` and of injectors.
 *
 * @throws Error if the value is not a construct
 */
export function exclude(construct: IConstruct): void {
  if (!Construct.isConstruct(construct)) {
    throw new Error(
      `cannot exclude ${asGiven(construct)}, which is no construct; pass a function, or a scope that contains some`,
    );
  }
  Object.defineProperty(construct, EXCLUDED, { value: true, configurable: true });
}

export function isExcluded(construct: IConstruct): boolean {
  return construct.node.scopes.some((scope) => EXCLUDED in scope);
}

/**
 * Ids under which CDK defines functions of its own: providers of custom resources, and singletons behind its
 * constructs. They log little, into log groups that CDK chooses, and CDK's own tests compare their variables.
 */
const CDK_IDS = [
  /^Custom::/,
  /^framework-on[A-Z]|^framework-is[A-Z]/,
  /^AWS679f53fac002430cb0da5b7982bd2287$/,
  /^AWSb4cf1abd4e4f4bc699441af7ccd9ec37$/,
  /^CrossRegionAwsSdk8a0c93f3dbef4b71ac137aaf2048ce7e$/,
  /^SingletonLambda224e77f9a32e4b4dac32983477abba16$/,
  /^DrainECSHook$/,
  /^CertificateRequestorFunction$/,
  /^@aws-cdk--/,
];

export function isHelperOfCdk(construct: IConstruct): boolean {
  return construct.node.scopes.some(({ node }) => CDK_IDS.some((id) => id.test(node.id)));
}
