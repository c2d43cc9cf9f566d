import { provisionLogGroups } from '../../local/stack/provision.js';
import type { TemplateResolver } from '../../local/stack/template-resolver.js';
import { Failure } from '../failure.js';
import { localClient } from '../sdk.js';
import { type Caller, sinkVariables } from './caller.js';

const LOG_GROUP = 'AWS::Logs::LogGroup';

export interface Provisioned {
  readonly logGroupNames: readonly string[];
  /** The log group that the program's variables name and the template does not have. */
  readonly adopted?: string | undefined;
}

/**
 * Creates the log groups of the template, and the one that the program's variables name: if it is not in the template,
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
  const resources = resolved(resolver);
  const names = Object.values(resources).map(({ physicalName }) => physicalName);
  const wanted = valueOf(variables, 'LOG_GROUP_NAME');
  const isAdopted = wanted !== undefined && !names.includes(wanted) && !createsLogGroup(variables);
  if (names.length === 0 && wanted === undefined)
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
    throw new Failure(`The server refuses a log group of the template: ${(error as Error).message}`);
  } finally {
    client.destroy();
    elsewhere.destroy();
  }
  return { logGroupNames: names, adopted: isAdopted ? wanted : undefined };
}

function resolved(resolver: TemplateResolver): ReturnType<TemplateResolver['resourcesOf']> {
  try {
    return resolver.resourcesOf(LOG_GROUP);
  } catch (error) {
    throw new Failure(`A log group of the template cannot be resolved: ${(error as Error).message}`);
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
