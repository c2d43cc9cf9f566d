import { isMap, type JsonMap } from '../api/json.js';
import { type NewMetricFilter, newMetricFilter } from './metric-filter.js';
import { type NewQueryDefinition, newQueryDefinition } from './query-definition.js';
import type { ResolvedResource, ResolvedTemplate } from './template-resolver.js';

/** The input of CreateLogGroup, as a template can have it. */
interface NewLogGroup {
  logGroupName: string;
  logGroupClass?: 'STANDARD' | 'INFREQUENT_ACCESS' | 'DELIVERY';
  kmsKeyId?: string;
  tags?: Record<string, string>;
  deletionProtectionEnabled?: boolean;
}

/** A client with the calls that make a log group what a template says. The official client has all of them. */
export interface LogGroupClient {
  createLogGroup(input: NewLogGroup): Promise<unknown>;
  putRetentionPolicy(input: { logGroupName: string; retentionInDays: number }): Promise<unknown>;
  putIndexPolicy(input: { logGroupIdentifier: string; policyDocument: string }): Promise<unknown>;
  putMetricFilter(input: NewMetricFilter): Promise<unknown>;
  describeQueryDefinitions(input: { queryDefinitionNamePrefix: string }): Promise<{
    queryDefinitions?: { name?: string | undefined; queryDefinitionId?: string | undefined }[] | undefined;
  }>;
  putQueryDefinition(input: NewQueryDefinition): Promise<unknown>;
}

/**
 * Creates the log groups of a template one after the other, with class, key, tags, deletion protection, retention, field indexes
 * and metric filters, then the saved queries, and returns the names of the log groups. Of a log group that exists, retention, field
 * indexes and metric filters are set; a saved query whose name exists is replaced.
 */
export async function provisionLogGroups(
  client: LogGroupClient,
  { resources }: ResolvedTemplate,
): Promise<string[]> {
  const ofType = (type: string): ResolvedResource[] =>
    Object.values(resources).filter((resource) => resource.type === type);
  const groups = ofType('AWS::Logs::LogGroup');
  for (const { physicalName, properties } of groups) await provision(client, physicalName, properties);
  for (const filter of ofType('AWS::Logs::MetricFilter'))
    await client.putMetricFilter(newMetricFilter(filter));
  for (const query of ofType('AWS::Logs::QueryDefinition')) await save(client, newQueryDefinition(query));
  return groups.map(({ physicalName }) => physicalName);
}

async function provision(client: LogGroupClient, logGroupName: string, properties: JsonMap): Promise<void> {
  await client.createLogGroup(newLogGroup(logGroupName, properties)).catch(unlessItExists);
  const retentionInDays = Number(properties['RetentionInDays'] ?? 0);
  if (retentionInDays > 0) await client.putRetentionPolicy({ logGroupName, retentionInDays });
  for (const policy of listOf(properties['FieldIndexPolicies'])) {
    const policyDocument = typeof policy === 'string' ? policy : JSON.stringify(policy);
    await client.putIndexPolicy({ logGroupIdentifier: logGroupName, policyDocument });
  }
}

/** A stack that is provisioned again, as on a directory that outlives the server, has each of its queries once. */
async function save(client: LogGroupClient, query: NewQueryDefinition): Promise<void> {
  const { queryDefinitions = [] } = await client.describeQueryDefinitions({
    queryDefinitionNamePrefix: query.name,
  });
  const { queryDefinitionId } = queryDefinitions.find(({ name }) => name === query.name) ?? {};
  await client.putQueryDefinition({
    ...query,
    ...(queryDefinitionId !== undefined && { queryDefinitionId }),
  });
}

/** What is wrong in the template is passed on as it is: the service refuses it. */
function newLogGroup(logGroupName: string, properties: JsonMap): NewLogGroup {
  const { LogGroupClass, KmsKeyId, DeletionProtectionEnabled } = properties;
  const tags = listOf(properties['Tags']).filter(isMap);
  return {
    logGroupName,
    ...(LogGroupClass !== undefined && {
      logGroupClass: LogGroupClass as NonNullable<NewLogGroup['logGroupClass']>,
    }),
    ...(typeof KmsKeyId === 'string' && { kmsKeyId: KmsKeyId }),
    ...(tags.length > 0 && {
      tags: Object.fromEntries(tags.map(({ Key, Value }) => [String(Key), String(Value)])),
    }),
    ...(DeletionProtectionEnabled !== undefined && {
      deletionProtectionEnabled: DeletionProtectionEnabled === true || DeletionProtectionEnabled === 'true',
    }),
  };
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function unlessItExists(error: unknown): void {
  if (!isMap(error) || error['name'] !== 'ResourceAlreadyExistsException') throw error;
}
