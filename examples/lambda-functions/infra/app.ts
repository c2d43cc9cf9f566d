import { App } from 'aws-cdk-lib';
import { FunctionsStack } from './stack.js';

new FunctionsStack(new App(), 'Functions');
