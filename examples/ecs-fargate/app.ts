import { App } from 'aws-cdk-lib';
import { FargateStack } from './stack.js';

/** `cdk synth --app 'node dist/esm/examples/ecs-fargate/app.js'` */
new FargateStack(new App(), 'Fargate');
