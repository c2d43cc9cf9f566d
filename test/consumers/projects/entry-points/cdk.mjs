import { App, Stack } from 'aws-cdk-lib';
import { CloudWatchLogging } from 'fapilog-cloudwatch/cdk';

const stack = new Stack(new App(), 'Application');
// What a setting does to a reader in Python is in its row.
const logging = new CloudWatchLogging(stack, 'Logging', { readers: ['nodejs', 'python'], logLevel: 'trace' });
const artifact = logging.node.root.synth().getStackByName(stack.stackName);
const { template, messages } = artifact;
const types = Object.values(template.Resources).map(({ Type }) => Type);
const isOfPython = ({ entry }) => String(entry.data).includes('fapilog-cloudwatch:pythonReader:');
console.log(
  JSON.stringify({
    groups: types.filter((type) => type === 'AWS::Logs::LogGroup').length,
    warnings: messages.filter(isOfPython).length,
  }),
);
