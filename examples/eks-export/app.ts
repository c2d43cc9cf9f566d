import { App } from 'aws-cdk-lib';
import { PodStack } from './stack.js';

/** `cdk synth --app 'node dist/build/examples/eks-export/app.js'` */
new PodStack(new App(), 'Pods');
