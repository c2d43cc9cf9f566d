import { App } from 'aws-cdk-lib';
import { ShopStack } from './stack.js';

new ShopStack(new App(), 'Shop');
