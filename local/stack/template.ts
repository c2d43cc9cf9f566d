import { isMap } from '../api/json.js';
import { onlyResource } from './only-resource.js';
import { type ResolvedTemplate, type ResolveOptions, TemplateResolver } from './template-resolver.js';

/**
 * Resolves the functions of a CloudFormation template, as a deployment would. Leaves out resources whose condition is
 * false.
 *
 * @param options facts that the template does not have, such as the Region
 * @throws Error if a function cannot be resolved
 */
export function resolveTemplate(template: unknown, options: ResolveOptions = {}): ResolvedTemplate {
  return new TemplateResolver(isMap(template) ? template : {}, options).resolved();
}

/**
 * Returns the environment variables of a function in the template: of the only one, or of the only one whose logical id
 * starts with the prefix.
 *
 * @throws Error if none or several match
 */
export function lambdaEnvironment(
  { resources }: ResolvedTemplate,
  logicalIdPrefix = '',
): Record<string, string> {
  const type = 'AWS::Lambda::Function';
  const logicalIds = Object.keys(resources).filter((id) => resources[id]!.type === type);
  const only = onlyResource(type, logicalIds, logicalIdPrefix);
  const environment = resources[only]!.properties['Environment'];
  const variables = isMap(environment) && isMap(environment['Variables']) ? environment['Variables'] : {};
  return Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, String(value)]));
}
