/** Constructs, by the types with which functions of the documents ask for them. */
import { Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import { CloudWatchLogging } from 'fapilog-cloudwatch/cdk';

/** Makes an argument for each parameter. Constructs are in a stack of their own, those of one call together. */
export function argumentsFor(parameters, app) {
  const isWhole = parameters.every(({ type }) => !type.includes('CloudWatchLogging'));
  const scene = { app, isWhole, scope: undefined };
  return parameters.map((parameter) => {
    const make = makers[parameter.type];
    if (make === undefined) throw new TypeError(`no maker for ${parameter.name}: ${parameter.type}`);
    return make(parameter.name, scene);
  });
}

function newStack(app, props) {
  return new Stack(app, `Scene${app.node.children.length + 1}`, props);
}

function scopeOf(scene) {
  return (scene.scope ??= newStack(scene.app));
}

function newFunction(scope, id, props = {}) {
  const { NODEJS_22_X: runtime } = lambda.Runtime;
  return new lambda.Function(scope, id, {
    runtime,
    handler: 'index.handler',
    code: lambda.Code.fromAsset('dist'),
    ...props,
  });
}

function newLogging(name, scene) {
  return new CloudWatchLogging(scopeOf(scene), name.replace(/\W+/g, '') || 'Logging', { service: 'orders' });
}

/** A stack with a function, which is bound where the logging is not an argument of its own. */
function wholeStack(name, scene) {
  const stack = name === 'stack' ? scopeOf(scene) : newStack(scene.app);
  if (!scene.isWhole) {
    newFunction(stack, 'Function');
    return stack;
  }
  const logging = new CloudWatchLogging(stack, 'Logging', { service: 'orders' });
  logging.bindTo(newFunction(stack, 'Function', { role: logging.role, logGroup: logging.logGroup }));
  return stack;
}

function newTask(name, scene) {
  const task = new ecs.FargateTaskDefinition(scopeOf(scene), name);
  for (const container of ['app', 'helper'])
    task.addContainer(container, { image: ecs.ContainerImage.fromRegistry(container) });
  return task;
}

const makers = {
  string: (name) => name,
  Stack: wholeStack,
  Construct: (_, scene) => scopeOf(scene),
  CloudWatchLogging: newLogging,
  ICloudWatchLogging: newLogging,
  'lambda.Function': (name, scene) => {
    const env = { account: '210987654321', region: 'eu-central-1' };
    return newFunction(/other/i.test(name) ? newStack(scene.app, { env }) : scopeOf(scene), name);
  },
  'ecs.ContainerImage': () => ecs.ContainerImage.fromRegistry('app'),
  'ecs.ICluster': (name, scene) => new ecs.Cluster(scopeOf(scene), name),
  'ecs.TaskDefinition': newTask,
  'iam.IRole': (name, scene) =>
    new iam.Role(scopeOf(scene), name, { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') }),
  'cloudwatch.Dashboard': (name, scene) => new cloudwatch.Dashboard(scopeOf(scene), name),
  's3.IBucket': (name, scene) => new s3.Bucket(scopeOf(scene), name),
  'sns.ITopic': (name, scene) => new sns.Topic(scopeOf(scene), name),
  'StackProps & { readonly vpc: ec2.IVpc }': (_, scene) => ({ vpc: new ec2.Vpc(newStack(scene.app), 'Vpc') }),
};
