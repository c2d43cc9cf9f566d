import { isMap } from '../../local/api/json.js';
import type { TemplateResolver } from '../../local/stack/template-resolver.js';
import { Failure } from '../failure.js';

/** A function or a container of a template: what a deployment would give variables to. */
export interface Program {
  readonly kind: 'function' | 'container';
  readonly logicalId: string;
  /** Of a container, its name in the task definition. */
  readonly containerName?: string | undefined;
  /** Variables by name, with functions of the template in their values. */
  readonly variables: ReadonlyMap<string, unknown>;
  /** Names of variables that a deployment would fetch from elsewhere. */
  readonly secrets: readonly string[];
  /** Whether it has variables in files besides. */
  readonly hasFiles: boolean;
}

/** What the command line says about the program. */
export interface ProgramChoice {
  /** Logical id of a function, or its beginning. */
  readonly function?: string | undefined;
  /** Name of a container; with the logical id of its task definition, or its beginning, before a slash. */
  readonly container?: string | undefined;
}

const FUNCTION = 'AWS::Lambda::Function';
const TASK = 'AWS::ECS::TaskDefinition';

/** Types of resources that run programs, and where the variables of those are. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  'AWS::EC2::Instance': 'its user data, which runs on the machine only',
  'AWS::EC2::LaunchTemplate': 'its user data, which runs on the machine only',
  'AWS::AutoScaling::LaunchConfiguration': 'its user data, which runs on the machine only',
  'AWS::EKS::PodIdentityAssociation': 'a ConfigMap of the cluster',
  'AWS::SSM::Parameter': 'no process before it is read',
};

/**
 * Finds the program that a command stands for. Without a choice it is the only one with variables of this package; CDK adds
 * functions of its own to many stacks.
 *
 * @throws Failure if none or several match, with what there is
 */
export function chooseProgram(resolver: TemplateResolver, choice: ProgramChoice): Program {
  const programs = [...functionsOf(resolver), ...containersOf(resolver)];
  if (choice.function !== undefined && choice.container !== undefined)
    throw new Failure('Give --function or --container, not both.');
  if (programs.length === 0) throw new Failure(noProgram(resolver));
  const found = chosen(programs, choice);
  const [only, ...others] = found;
  if (only !== undefined && others.length === 0) return withoutFiles(only);
  throw new Failure(
    `${only === undefined ? noMatch(resolver, choice) : SEVERAL}\n${listed(only ? found : programs)}`,
  );
}

function withoutFiles(program: Program): Program {
  if (!program.hasFiles) return program;
  const name = `${program.logicalId}/${program.containerName}`;
  throw new Failure(
    `The container ${name} takes variables from files in S3 (EnvironmentFiles), which are not read here.`,
  );
}

const SEVERAL = 'The template has several such programs; name one:';

function chosen(programs: readonly Program[], choice: ProgramChoice): readonly Program[] {
  if (choice.function !== undefined) return functionsNamed(programs, choice.function);
  if (choice.container !== undefined) return containersNamed(programs, choice.container);
  return programs.filter(({ variables }) =>
    [...variables.keys()].some((name) => name.startsWith('FAPILOG_')),
  );
}

function functionsNamed(programs: readonly Program[], name: string): readonly Program[] {
  const functions = programs.filter(({ kind }) => kind === 'function');
  const exact = functions.filter(({ logicalId }) => logicalId === name);
  return exact.length > 0 ? exact : functions.filter(({ logicalId }) => logicalId.startsWith(name));
}

function containersNamed(programs: readonly Program[], name: string): readonly Program[] {
  const [containerName, task = ''] = name.split('/').toReversed();
  return programs.filter(
    (program) => program.containerName === containerName && program.logicalId.startsWith(task),
  );
}

function functionsOf(resolver: TemplateResolver): Program[] {
  return resolver.idsOf(FUNCTION).map((logicalId) => {
    const { Variables } = mapOf(resolver, resolver.given(logicalId, 'Environment'));
    const variables = new Map(Object.entries(mapOf(resolver, Variables)));
    return { kind: 'function', logicalId, variables, secrets: [], hasFiles: false };
  });
}

function containersOf(resolver: TemplateResolver): Program[] {
  return resolver
    .idsOf(TASK)
    .flatMap((logicalId) =>
      listOf(resolver, resolver.given(logicalId, 'ContainerDefinitions')).map((definition) =>
        containerOf(resolver, logicalId, definition),
      ),
    );
}

function containerOf(
  resolver: TemplateResolver,
  logicalId: string,
  { Name, Environment, Secrets, EnvironmentFiles }: Readonly<Record<string, unknown>>,
): Program {
  const containerName = String(resolver.value(Name));
  const entries = listOf(resolver, Environment).map(
    (entry) => [String(resolver.value(entry['Name'])), entry['Value']] as const,
  );
  const secrets = listOf(resolver, Secrets).map((entry) => String(resolver.value(entry['Name'])));
  return {
    kind: 'container',
    logicalId,
    containerName,
    variables: new Map(entries),
    secrets,
    hasFiles: EnvironmentFiles !== undefined,
  };
}

/** A part of the template as it stands there, so that each value in it is resolved by itself; a function as a whole. */
function mapOf(resolver: TemplateResolver, part: unknown): Readonly<Record<string, unknown>> {
  const value = isFunctionCall(part) ? resolver.value(part) : part;
  return isMap(value) ? value : {};
}

function listOf(resolver: TemplateResolver, part: unknown): Readonly<Record<string, unknown>>[] {
  const value = Array.isArray(part) ? part : resolver.value(part);
  const items = Array.isArray(value) ? value : [];
  // AWS::NoValue leaves an item out.
  return items.map((item) => mapOf(resolver, item)).filter((item) => Object.keys(item).length > 0);
}

function isFunctionCall(part: unknown): boolean {
  return isMap(part) && Object.keys(part).length === 1 && /^(Ref$|Fn::)/.test(Object.keys(part)[0]!);
}

function optionOf({ kind, logicalId, containerName }: Program): string {
  return kind === 'function' ? `--function ${logicalId}` : `--container ${logicalId}/${containerName}`;
}

function listed(programs: readonly Program[]): string {
  return programs.map((each) => `  ${optionOf(each)}`).join('\n');
}

function noMatch(resolver: TemplateResolver, { function: id, container }: ProgramChoice): string {
  if (container !== undefined) return `No container is called ${container}. There is:`;
  if (id === undefined) return 'No program of the template has variables of this package; name one:';
  const type = resolver.typeOf(id);
  const reason = type === undefined ? 'The template has no' : `${id} is of the type ${type}, and no`;
  return `${reason} function whose logical id begins with ${id}. There is:`;
}

function noProgram(resolver: TemplateResolver): string {
  const found = Object.entries(ELSEWHERE).flatMap(([type, where]) =>
    resolver.idsOf(type).map((id) => ` ${id} (${type}) has its variables in ${where}.`),
  );
  return `The template has no ${FUNCTION} and no ${TASK}, whose variables the command would get.${found.join('')}`;
}
