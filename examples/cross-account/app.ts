import { App } from 'aws-cdk-lib';
import { LogAccountStack, OrdersStack } from './stacks.js';

const region = 'eu-central-1';
const app = new App();

/** `cdk synth --app 'node dist/build/examples/cross-account/app.js'`, with the ids of your own accounts. */
const { logging } = new LogAccountStack(app, 'LogAccount', {
  env: { account: '123456789012', region },
  writerAccount: '210987654321',
});
new OrdersStack(app, 'Orders', { env: { account: '210987654321', region }, logging });
