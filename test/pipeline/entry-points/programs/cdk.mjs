import { App, Stack } from 'aws-cdk-lib';
import { CloudWatchLogging } from 'fapilog-cloudwatch/cdk';

const stack = new Stack(new App(), 'Application');
const logging = new CloudWatchLogging(stack, 'Logging');
const { template } = logging.node.root.synth().getStackByName(stack.stackName);
const types = Object.values(template.Resources).map(({ Type }) => Type);
console.log(JSON.stringify({ groups: types.filter((type) => type === 'AWS::Logs::LogGroup').length }));
