import { provisionLogGroups } from '../../local/stack/provision.js';
import type { ResolvedResource, TemplateResolver } from '../../local/stack/template-resolver.js';
import { Failure } from '../failure.js';
import { localClient } from '../sdk.js';
import { type Caller, sinkVariables } from './caller.js';
import { writesToStdout } from './program-environment.js';

const LOG_GROUP = 'AWS::Logs::LogGroup';
const METRIC_FILTER = 'AWS::Logs::MetricFilter';
const QUERY_DEFINITION = 'AWS::Logs::QueryDefinition';

export interface Provisioned {
  readonly logGroupNames: readonly string[];
  /** The log group that the program's variables name and the template does not have. */
  readonly adopted?: string | undefined;
}

/**
 * Creates the log groups, metric filters and saved queries of the template, and the log group that the program's variables name: if it is not in the template,
 * another stack has it.
 *
 * @throws Failure if there is nothing to create, or if the server refuses it
 */
export async function provision(
  endpoint: string,
  { accountId, region }: Caller,
  resolver: TemplateResolver,
  variables: Readonly<Record<string, string>>,
): Promise<Provisioned> {
  const logGroups = resolved(resolver, LOG_GROUP);
  const resources = { ...logGroups, ...filtersOf(resolver, logGroups), ...queriesOf(resolver) };
  const names = Object.values(logGroups).map(({ physicalName }) => physicalName);
  const wanted = valueOf(variables, 'LOG_GROUP_NAME');
  const isAdopted = wanted !== undefined && !names.includes(wanted) && !createsLogGroup(variables);
  if (names.length === 0 && wanted === undefined && !writesToStdout(variables))
    throw new Failure(
      `The template has no ${LOG_GROUP}, and no variable of the program names a log group. ` +
        'Without --stack, the server starts empty.',
    );
  const client = await localClient({ endpoint, accountId, region });
  const elsewhere = await localClient({
    endpoint,
    accountId,
    region: valueOf(variables, 'REGION') ?? region,
  });
  try {
    await provisionLogGroups(client, { resources, outputs: {} });
    if (isAdopted) await elsewhere.createLogGroup({ logGroupName: wanted }).catch(unlessItExists);
  } catch (error) {
    throw new Failure(
      `The server refuses a log group, metric filter or saved query of the template: ${(error as Error).message}`,
    );
  } finally {
    client.destroy();
    elsewhere.destroy();
  }
  return { logGroupNames: names, adopted: isAdopted ? wanted : undefined };
}

type Resources = ReturnType<TemplateResolver['resourcesOf']>;

function resolved(resolver: TemplateResolver, type: string): Resources {
  try {
    return resolver.resourcesOf(type);
  } catch (error) {
    throw new Failure(`An ${type} of the template cannot be resolved: ${(error as Error).message}`);
  }
}

/** Those of log groups of the template. Others have theirs in another stack. */
function filtersOf(resolver: TemplateResolver, logGroups: Resources): Resources {
  const names = Object.values(logGroups).map(({ physicalName }) => physicalName);
  const filters = Object.entries(resolved(resolver, METRIC_FILTER));
  return Object.fromEntries(
    filters.filter(([, { properties }]) => names.some((name) => name === properties['LogGroupName'])),
  );
}

/** Those that this template says in full. The program needs none of them, so one that needs another stack is left out. */
function queriesOf(resolver: TemplateResolver): Resources {
  const queries = resolver.idsOf(QUERY_DEFINITION).flatMap((id) => {
    const query = queryOf(resolver, id);
    return query === undefined ? [] : [[id, query] as const];
  });
  return Object.fromEntries(queries);
}

function queryOf(resolver: TemplateResolver, id: string): ResolvedResource | undefined {
  const names = ['Name', 'QueryString', 'LogGroupNames', 'QueryLanguage', 'Parameters'];
  try {
    const properties = names.map((name) => [name, resolver.property(id, name)] as const);
    return { type: QUERY_DEFINITION, physicalName: id, properties: Object.fromEntries(properties) };
  } catch {
    return undefined;
  }
}

function createsLogGroup(variables: Readonly<Record<string, string>>): boolean {
  return valueOf(variables, 'CREATE_LOG_GROUP') === 'true';
}

function valueOf(variables: Readonly<Record<string, string>>, field: string): string | undefined {
  return sinkVariables(field)
    .map((name) => variables[name])
    .find(Boolean);
}

/** It does where logs are kept in a directory. */
function unlessItExists(error: unknown): void {
  if ((error as Error).name !== 'ResourceAlreadyExistsException') throw error;
}
