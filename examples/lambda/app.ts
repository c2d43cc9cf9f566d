import { App } from 'aws-cdk-lib';
import { FunctionsStack } from './stack.js';

/** `cdk deploy --app 'node dist/build/examples/lambda/app.js'` */
new FunctionsStack(new App(), 'Functions');
