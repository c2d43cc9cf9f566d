import { App, Stack } from 'aws-cdk-lib';
import { CloudWatchLogging } from 'fapilog-cloudwatch/cdk';

const stack = new Stack(new App(), 'Stack');
export const role = new CloudWatchLogging(stack, 'Logging', { logGroupName: '/myapp' }).role;
// @ts-expect-error -- no name
new CloudWatchLogging(stack, 'Wrong', { logGroupName: 7 });
// @ts-expect-error -- no role, but a log group's name
new CloudWatchLogging(stack, 'WrongRole', { role: '/myapp' });
