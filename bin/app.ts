import { App } from 'aws-cdk-lib';
import { LoggingStack } from '../examples/lambda-function/stack.js';

/** The app that `cdk.json` names. */
export const app = new App();

/** Goes to the account and Region of whoever deploys it. */
export const stack = new LoggingStack(app, 'HttpServiceLogging', {
  description: 'A function that logs into CloudWatch Logs through fapilog-cloudwatch',
});
