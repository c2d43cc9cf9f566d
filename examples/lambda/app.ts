import { App } from 'aws-cdk-lib';
import { KindsStack } from './stack.js';

/** `cdk deploy --app 'node dist/build/examples/lambda/app.js'` */
new KindsStack(new App(), 'Kinds');
