import { ACCOUNT_ID, DEFAULT_REGION } from '../../local/arns.js';
import { isMap } from '../../local/api/json.js';
import { TemplateResolver } from '../../local/stack/template-resolver.js';
import { Failure } from '../failure.js';
import { chooseProgram, type Program, type ProgramChoice } from '../local/program.js';
import { readTemplateFile, type TemplateFile } from '../local/template-file.js';
import type { Variables } from './variable-format.js';

export interface TemplateOptions extends ProgramChoice {
  /** Region of a stack that names none: where it would be deployed. */
  readonly region?: string | undefined;
  /** Values of the template's parameters. */
  readonly templateParameter?: Readonly<Record<string, string>> | undefined;
  /** Whether variables that only a deployment knows are left out. */
  readonly knownOnly?: boolean | undefined;
}

/** Variables of a program, and why each other one is not among them. */
export interface TemplateVariables {
  readonly variables: Variables;
  readonly unknown: Readonly<Record<string, string>>;
}

/** A second place, to see which values depend on it. */
const ELSEWHERE = { region: 'eu-north-1', accountId: '210987654321' };

/**
 * The variables that a template gives to its program, as far as they are known before a deployment.
 *
 * @throws Failure if the template or the choice cannot be used; unless `knownOnly`, if a value is unknown, with all of them
 */
export function variablesOfTemplate(path: string, options: TemplateOptions): TemplateVariables {
  const file = readTemplateFile(path);
  const here = resolverAt(file, options, { region: DEFAULT_REGION, accountId: ACCOUNT_ID });
  const elsewhere = resolverAt(file, options, ELSEWHERE);
  const program = chooseProgram(here, options);
  const found = variablesOf(program, (given) => knownValue(file, [here, elsewhere], given));
  if (options.knownOnly === true || Object.keys(found.unknown).length === 0) return found;
  const lines = Object.entries(found.unknown).map(([name, reason]) => `  ${name}: ${reason}`);
  throw new Failure(
    'Only a deployment knows these variables; use --stack or --parameter once it is deployed, --region and ' +
      `--template-parameter NAME=VALUE for what they depend on, or leave them out by --known-only:\n${lines.join('\n')}`,
  );
}

function resolverAt(
  { template, stackName, region, accountId }: TemplateFile,
  options: TemplateOptions,
  unknown: { readonly region: string; readonly accountId: string },
): TemplateResolver {
  return new TemplateResolver(template, {
    stackName,
    region: region ?? options.region ?? unknown.region,
    accountId: accountId ?? unknown.accountId,
    parameters: options.templateParameter,
  });
}

function variablesOf(program: Program, valueOf: (given: unknown) => string | undefined): TemplateVariables {
  const variables: Record<string, string> = {};
  const unknown: Record<string, string> = {};
  for (const name of program.secrets) unknown[name] = 'it is a secret';
  for (const [name, given] of program.variables) {
    try {
      const value = valueOf(given);
      if (value !== undefined) variables[name] = value;
    } catch (error) {
      unknown[name] = (error as Error).message;
    }
  }
  return { variables, unknown };
}

/** @throws Error with the reason if only a deployment knows the value */
function knownValue(
  file: TemplateFile,
  [here, elsewhere]: readonly [TemplateResolver, TemplateResolver],
  given: unknown,
): string | undefined {
  const [value, other] = [textOf(here.value(given)), textOf(elsewhere.value(given))];
  if (value !== other) throw new Error('it depends on the account or the Region of the stack');
  const resource = generatedIn(value ?? '', file);
  if (resource !== undefined) throw new Error(`CloudFormation generates the name of ${resource}`);
  return value;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' || value === undefined ? value : JSON.stringify(value);
}

/** The resource whose name the resolver has made up, as it does where the template gives none. */
function generatedIn(value: string, { stackName, template }: TemplateFile): string | undefined {
  const resources = template['Resources'];
  const ids = isMap(resources) ? Object.keys(resources) : [];
  return ids.find((id) => value.includes(`${stackName}-${id}-local`));
}
