import { App } from 'aws-cdk-lib';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { OrdersStack } from './stack.js';

/** The CDK CLI runs it in the folder of cdk.json, which has the Dockerfile. */
new OrdersStack(new App(), 'Orders', { image: ContainerImage.fromAsset('.') });
