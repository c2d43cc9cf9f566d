import type { App, Stack } from 'aws-cdk-lib';
import { LoggingStack } from '../../examples/lambda-function/stack.js';
import { examples } from '../examples/example-stacks.js';
import { everyFeature } from './every-feature.js';

/** The stacks whose templates are held against the rules of others. */
export const stacks: Readonly<Record<string, (app: App) => Stack>> = {
  'every feature': everyFeature,
  'lambda-function': (app) => new LoggingStack(app, 'HttpServiceLogging'),
  ...Object.fromEntries(examples.map(([name, stackIn]) => [name, stackIn])),
};

/** Stacks with resources that China and GovCloud do not have, function URLs and capacity providers. */
export const onlyInPublicRegions = ['lambda'];

/** Rules that are left out, each with the reason; CDK's own and cfn-lint's have the same names. */
export const ignoredRules = {
  W7001:
    "CDK defines a mapping of Firehose's addresses for every delivery stream, also for one without connections",
  W3005:
    'CDK makes a function depend on its role and the policies of it, also where a reference says the same',
};
