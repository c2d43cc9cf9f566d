import { App } from 'aws-cdk-lib';
import { MachineStack } from './stack.js';

/** `cdk synth --app 'node dist/build/examples/ec2-instance/app.js'` */
new MachineStack(new App(), 'Machine');
