import { isMap, type JsonMap } from '../api/json.js';
import { type NewMetricFilter, newMetricFilter } from './metric-filter.js';
import type { ResolvedTemplate } from './template-resolver.js';

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
}

/**
 * Creates the log groups of a template one after the other, with class, key, tags, deletion protection, retention, field indexes
 * and metric filters, and returns their names. Of a log group that exists, retention, field indexes and metric filters are set.
 */
export async function provisionLogGroups(
  client: LogGroupClient,
  { resources }: ResolvedTemplate,
): Promise<string[]> {
  const groups = Object.values(resources).filter(({ type }) => type === 'AWS::Logs::LogGroup');
  for (const { physicalName, properties } of groups) await provision(client, physicalName, properties);
  const filters = Object.values(resources).filter(({ type }) => type === 'AWS::Logs::MetricFilter');
  for (const filter of filters) await client.putMetricFilter(newMetricFilter(filter));
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
