import { App } from 'aws-cdk-lib';
import { AdoptingStack } from './stack.js';

/** `cdk synth --app 'node dist/build/examples/adopt-existing/app.js'` */
new AdoptingStack(new App(), 'Adopting');
