import { App } from 'aws-cdk-lib';
import { MachineStack } from './stack.js';

/** `cdk synth --app 'node dist/esm/examples/ec2-instance/app.js'` */
new MachineStack(new App(), 'Machine');
