import type { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';

export interface TemplateResource {
  readonly Type: string;
}

/** No bundling: what esbuild makes of a handler is no part of a template. */
export const withoutBundling = { 'aws:cdk:bundling-stacks': [] };

/** A stack's resources without what changes with every edit of a handler. */
export function stableResources(stack: Stack): Record<string, TemplateResource> {
  const { Resources } = Template.fromStack(stack).toJSON();
  return JSON.parse(JSON.stringify(Resources).replaceAll(/\b[0-9a-f]{64}\b/g, '<hash>'));
}

/** How many resources of each type a stack has. */
export function resourceTypes(stack: Stack): Record<string, number> {
  const types = Object.values(stableResources(stack)).map(({ Type }) => Type);
  return Object.fromEntries(
    [...new Set(types)].toSorted().map((type) => [type, types.filter((each) => each === type).length]),
  );
}
