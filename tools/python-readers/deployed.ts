import { App, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { parseEnvironment } from '../../contract/codec.js';
import { pythonHarm } from '../../contract/python-harm.js';
import { type Section, sectionNames, sections } from '../../contract/sections.js';
import { CloudWatchLogging } from '../../lib/index.js';
import { lambdaEnvironment, resolveTemplate, type ResolvedTemplate } from '../../local/index.js';
import { type NamedPolicy, policiesOf } from '../../local/policies/index.js';
import { type Binding, propsOf } from './bindings.js';
import type { Language } from './reader.js';

export const REGION = 'us-east-1';

/** Of the function alone: the construct's role may write every stream of the log group. */
const ROLE = 'FunctionRole';

/** What a deployment of a binding gives to the program. */
export interface Deployed {
  readonly template: ResolvedTemplate;
  readonly environment: Readonly<Record<string, string>>;
  /** Those of the program's role. */
  readonly policies: readonly NamedPolicy[];
  /** What is known to go wrong with Python. */
  readonly harms: readonly string[];
}

/** @param readers whom the construct writes the variables for */
export function deploy(binding: Binding, readers: readonly Language[] = ['nodejs']): Deployed {
  const { template: synthesized, warnings } = synthesize(binding, readers);
  const template = resolveTemplate(synthesized, { region: REGION });
  const environment = lambdaEnvironment(template);
  const { identityPolicies: policies } = policiesOf(synthesized, ROLE, { region: REGION });
  const isForPython = readers.includes('python');
  const ofSettings = isForPython ? warnings : marksOf(environment).map(sentence);
  const harms = [...ofSettings, ...besides(binding, isForPython).map(sentence)];
  return { template, environment, policies, harms };
}

function synthesize(
  binding: Binding,
  readers: readonly Language[],
): { readonly template: unknown; readonly warnings: readonly string[] } {
  const app = new App({ analyticsReporting: false });
  const stack = new Stack(app, 'Readers');
  const logging = new CloudWatchLogging(stack, 'Logging', { ...propsOf(binding), readers });
  const fn = new lambda.Function(stack, 'Function', {
    runtime: lambda.Runtime.NODEJS_22_X,
    handler: 'index.handler',
    code: lambda.Code.fromInline('exports.handler = 0'),
    role: new iam.Role(stack, ROLE, { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') }),
    logGroup: logging.logGroup,
  });
  logging.bindTo(fn, { streamPrefix: binding.streamPrefix });
  const { template, messages } = app.synth().getStackByName(stack.stackName);
  return { template, warnings: messages.flatMap(({ entry }) => warningOf(entry.data)) };
}

function besides({ harm, isPrevented = false }: Binding, isForPython: boolean): string[] {
  return harm === undefined || (isPrevented && isForPython) ? [] : [harm];
}

function sentence(harm: string): string {
  return `Python's fapilog ${harm}`;
}

/** The construct's warning of what Python makes of a setting. */
function warningOf(message: unknown): string[] {
  if (typeof message !== 'string') return [];
  const [, text] = /^(.*) \[ack: fapilog-cloudwatch:pythonReader:\S+\]$/s.exec(message) ?? [];
  return text === undefined ? [] : [text];
}

/** What the contract says of variables that are written for Node.js alone. */
function marksOf(environment: Deployed['environment']): string[] {
  const { settings } = parseEnvironment(environment);
  const harms = sectionNames.flatMap((name) =>
    Object.entries(settings[name]).map(([key, value]) =>
      pythonHarm(sections[name] as Section, key, value, settings[name]),
    ),
  );
  return [...new Set(harms.filter((harm) => harm !== undefined))];
}
