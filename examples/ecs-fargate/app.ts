import { App } from 'aws-cdk-lib';
import { FargateStack } from './stack.js';

/** `cdk synth --app 'node dist/build/examples/ecs-fargate/app.js'` */
new FargateStack(new App(), 'Fargate');
