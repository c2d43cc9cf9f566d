import { Stack, type CfnResource } from 'aws-cdk-lib';

/** No public method of CDK returns a resource with what was included and overridden. */
const RENDER = '_toCloudFormation';

interface Renderable {
  [RENDER](): object;
}

/** A resource as it will stand in the template, by its logical id. */
export function rendered(resource: CfnResource): unknown {
  return Stack.of(resource).resolve((resource as unknown as Renderable)[RENDER]());
}

/** The properties of a resource as they will stand in the template. */
export function renderedProperties(resource: CfnResource): Readonly<Record<string, unknown>> {
  const { Resources } = rendered(resource) as { readonly Resources: Readonly<Record<string, Rendered>> };
  return Object.values(Resources)[0]?.Properties ?? {};
}

interface Rendered {
  readonly Properties?: Readonly<Record<string, unknown>>;
}
