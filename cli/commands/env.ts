import { Command } from 'commander';
import { useProfile } from '../aws/use-profile.js';
import { regionIn } from '../env/aws-place.js';
import type { ParameterOptions } from '../env/published-parameter.js';
import type { OutputChoice } from '../env/stack-outputs.js';
import type { TemplateOptions } from '../env/template-variables.js';
import { type VariableFormat, type Variables, variableText } from '../env/variable-format.js';
import { Failure } from '../failure.js';
import { collectAssignment, parseText } from '../text-option.js';

/** The options of `env`, as given. */
export interface EnvOptions extends OutputChoice, ParameterOptions, TemplateOptions {
  readonly stack?: string;
  readonly parameter?: string;
  readonly template?: string;
  readonly json?: boolean;
  readonly export?: boolean;
  readonly docker?: boolean;
}

const EXAMPLES = `
Examples:
  npx fapilog-cloudwatch env --stack Orders > .env
  eval "$(npx fapilog-cloudwatch env --parameter /myapp/logging --export)"
  npx fapilog-cloudwatch env --template cdk.out --function Api --json`;

export function envCommand(): Command {
  return new Command('env')
    .description(
      'Prints the variables by which a program logs where a stack says: those of a deployed stack, by its outputs or by an SSM ' +
        'parameter, or those of a synthesized template.',
    )
    .option('--stack <name>', 'deployed stack whose outputs are read', parseText)
    .option('--output <key>', 'output to take, or the beginning of the outputs of one log group', parseText)
    .option('--assume-role', 'with --stack: let the program assume the writer role')
    .option('--parameter <name>', 'SSM parameter that holds settings: its name or ARN', parseText)
    .option('--with-secrets', 'with --parameter: print a SecureString, too')
    .option('--template <file>', 'synthesized template, or cdk.out if it has only one', parseText)
    .option(
      '--function <id>',
      'with --template: Lambda function, its logical id, or the beginning',
      parseText,
    )
    .option('--container <name>', 'with --template: container of an ECS task, NAME or TASK/NAME', parseText)
    .option(
      '--template-parameter <name=value>',
      'with --template: value of a parameter of the template; repeatable',
      collectAssignment,
    )
    .option('--known-only', 'with --template: leave out what only a deployment knows')
    .option('--json', 'print a JSON object')
    .option('--export', 'print export lines for a shell')
    .option('--docker', 'print lines for docker run --env-file, which knows no quotes')
    .option(
      '--region <region>',
      'Region of the stack (default: of the environment or the profile)',
      parseText,
    )
    .option('--profile <name>', 'profile of the AWS tools whose credentials and Region count', parseText)
    .option('--endpoint-url <url>', 'URL of CloudFormation or SSM, such as that of an emulator', parseText)
    .addHelpText('after', EXAMPLES)
    .action((options: EnvOptions) => env(options));
}

async function env(options: EnvOptions): Promise<void> {
  const format = formatOf(options);
  refuseStray(options);
  if (options.profile !== undefined) useProfile(options.profile);
  // Nothing is printed before all of it is known: a part of a file would be taken for the whole.
  process.stdout.write(variableText(await variablesOf(options), format));
}

/** What reads one source is loaded for it alone. */
async function variablesOf(options: EnvOptions): Promise<Variables> {
  const { stack, parameter, template } = options;
  if (stack !== undefined) return variablesOfStack(stack, options);
  if (template !== undefined) return variablesOfProgram(template, options);
  const { variablesOfParameter } = await import('../env/published-parameter.js');
  return variablesOfParameter(parameter!, options);
}

async function variablesOfStack(stack: string, options: EnvOptions): Promise<Variables> {
  const [{ outputsOfStack }, { variablesOfOutputs }] = await Promise.all([
    import('../env/deployed-stack.js'),
    import('../env/stack-outputs.js'),
  ]);
  return variablesOfOutputs(await outputsOfStack(stack, options), options);
}

async function variablesOfProgram(template: string, options: EnvOptions): Promise<Variables> {
  const { variablesOfTemplate } = await import('../env/template-variables.js');
  const { variables, unknown } = variablesOfTemplate(template, { ...options, region: regionIn(options) });
  for (const [name, reason] of Object.entries(unknown))
    process.stderr.write(`fapilog-cloudwatch: left out ${name}: ${reason}\n`);
  return variables;
}

function formatOf(options: EnvOptions): VariableFormat {
  const given = (['json', 'export', 'docker'] as const).filter((format) => options[format] === true);
  if (given.length > 1)
    throw new Failure(`Give one of ${given.map((format) => `--${format}`).join(' and ')}, not both.`);
  return given[0] ?? 'env';
}

/** Options that mean something with one source only. */
const OF_SOURCE = {
  stack: ['output', 'assumeRole'],
  parameter: ['withSecrets'],
  template: ['function', 'container', 'templateParameter', 'knownOnly'],
} as const;

const SOURCES = ['stack', 'parameter', 'template'] as const;

/** @throws Failure unless there is one source, and only options that belong to it */
function refuseStray(options: EnvOptions): void {
  const given = SOURCES.filter((source) => options[source] !== undefined);
  const [source] = given;
  if (source === undefined || given.length > 1)
    throw new Failure('Give one of --stack NAME, --parameter NAME and --template cdk.out.');
  for (const other of SOURCES) {
    const stray = OF_SOURCE[other].find((name) => options[name] !== undefined);
    if (stray !== undefined && other !== source)
      throw new Failure(`${flagOf(stray)} needs --${other}, and --${source} is given.`);
  }
}

function flagOf(name: string): string {
  return `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
