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

/** A client with the two calls that create a log group with a retention. The official client has both. */
export interface LogGroupClient {
  createLogGroup(input: { logGroupName: string }): Promise<unknown>;
  putRetentionPolicy(input: { logGroupName: string; retentionInDays: number }): Promise<unknown>;
}

/** Creates the log groups of a template one after the other, and returns their names. Keeps a log group that exists. */
export async function provisionLogGroups(
  client: LogGroupClient,
  { resources }: ResolvedTemplate,
): Promise<string[]> {
  const groups = Object.values(resources).filter(({ type }) => type === 'AWS::Logs::LogGroup');
  for (const { physicalName: logGroupName, properties } of groups) {
    await client.createLogGroup({ logGroupName }).catch(unlessItExists);
    const retentionInDays = Number(properties['RetentionInDays'] ?? 0);
    if (retentionInDays > 0) await client.putRetentionPolicy({ logGroupName, retentionInDays });
  }
  return groups.map(({ physicalName }) => physicalName);
}

function unlessItExists(error: unknown): void {
  if (!isMap(error) || error['name'] !== 'ResourceAlreadyExistsException') throw error;
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
