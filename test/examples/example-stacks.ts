import { App, type Stack } from 'aws-cdk-lib';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { AdoptingStack } from '../../examples/adopt-existing/stack.js';
import { LogAccountStack, OrdersStack } from '../../examples/cross-account/stacks.js';
import { MachineStack } from '../../examples/ec2-instance/stack.js';
import { OrdersStack as ExpressStack } from '../../examples/express-on-ecs/infra/stack.js';
import { FargateStack } from '../../examples/ecs-fargate/stack.js';
import { PodStack } from '../../examples/eks-export/stack.js';
import { KindsStack } from '../../examples/lambda/stack.js';
import { FunctionsStack } from '../../examples/lambda-functions/infra/stack.js';
import { ShopStack } from '../../examples/python-beside-node/infra/stack.js';

const region = 'eu-central-1';

function logAccount(app: App): LogAccountStack {
  const env = { account: '123456789012', region };
  return new LogAccountStack(app, 'LogAccount', { env, writerAccount: '210987654321' });
}

function orders(app: App): OrdersStack {
  const { logging } = logAccount(app);
  return new OrdersStack(app, 'Orders', { env: { account: '210987654321', region }, logging });
}

export type Types = Readonly<Record<string, number>>;

/** A network of two zones, with what CDK closes its default security group by: a function and its role. */
const network: Types = {
  'AWS::EC2::EIP': 2,
  'AWS::EC2::InternetGateway': 1,
  'AWS::EC2::NatGateway': 2,
  'AWS::EC2::Route': 4,
  'AWS::EC2::RouteTable': 4,
  'AWS::EC2::Subnet': 4,
  'AWS::EC2::SubnetRouteTableAssociation': 4,
  'AWS::EC2::VPC': 1,
  'AWS::EC2::VPCGatewayAttachment': 1,
  'Custom::VpcRestrictDefaultSG': 1,
};

/** Every stack of an example, and the resources that it has. The one of lambda-function is tested as the app of cdk.json. */
export const examples: readonly (readonly [string, (app: App) => Stack, Types])[] = [
  [
    'adopt-existing',
    (app) => new AdoptingStack(app, 'Adopting'),
    { 'AWS::IAM::Policy': 1, 'AWS::IAM::Role': 1, 'AWS::Lambda::Function': 1 },
  ],
  [
    'cross-account, the account of the logs',
    logAccount,
    { 'AWS::IAM::Policy': 1, 'AWS::IAM::Role': 1, 'AWS::Logs::LogGroup': 1 },
  ],
  [
    'cross-account, the account of the application',
    orders,
    { 'AWS::IAM::Policy': 1, 'AWS::IAM::Role': 1, 'AWS::Lambda::Function': 1, 'AWS::Logs::LogGroup': 1 },
  ],
  [
    'ec2-instance',
    (app) => new MachineStack(app, 'Machine'),
    {
      ...network,
      'AWS::EC2::Instance': 1,
      'AWS::EC2::LaunchTemplate': 1,
      'AWS::EC2::SecurityGroup': 1,
      'AWS::IAM::InstanceProfile': 1,
      'AWS::IAM::Policy': 1,
      'AWS::IAM::Role': 2,
      'AWS::Lambda::Function': 1,
      'AWS::Logs::LogGroup': 1,
    },
  ],
  [
    'ecs-fargate',
    (app) => new FargateStack(app, 'Fargate'),
    {
      ...network,
      'AWS::CloudWatch::Alarm': 2,
      'AWS::EC2::SecurityGroup': 2,
      'AWS::ECS::Cluster': 1,
      'AWS::ECS::Service': 2,
      'AWS::ECS::TaskDefinition': 2,
      'AWS::IAM::Policy': 5,
      'AWS::IAM::Role': 6,
      'AWS::KMS::Key': 1,
      'AWS::Lambda::Function': 1,
      'AWS::Logs::LogGroup': 1,
      'AWS::Logs::MetricFilter': 2,
    },
  ],
  [
    'express-on-ecs',
    (app) => new ExpressStack(app, 'Express', { image: ContainerImage.fromRegistry('orders') }),
    {
      ...network,
      'AWS::CloudWatch::Alarm': 2,
      'AWS::EC2::SecurityGroup': 2,
      'AWS::EC2::SecurityGroupEgress': 1,
      'AWS::EC2::SecurityGroupIngress': 1,
      'AWS::ECS::Cluster': 1,
      'AWS::ECS::Service': 1,
      'AWS::ECS::TaskDefinition': 1,
      'AWS::ElasticLoadBalancingV2::Listener': 1,
      'AWS::ElasticLoadBalancingV2::LoadBalancer': 1,
      'AWS::ElasticLoadBalancingV2::TargetGroup': 1,
      'AWS::IAM::Policy': 3,
      'AWS::IAM::Role': 4,
      'AWS::Lambda::Function': 1,
      'AWS::Logs::LogGroup': 1,
      'AWS::Logs::MetricFilter': 2,
      'AWS::Logs::QueryDefinition': 4,
    },
  ],
  [
    'eks-export',
    (app) => new PodStack(app, 'Pods'),
    {
      'AWS::EKS::PodIdentityAssociation': 1,
      'AWS::IAM::Policy': 1,
      'AWS::IAM::Role': 1,
      'AWS::Logs::LogGroup': 1,
    },
  ],
  [
    'lambda',
    (app) => new KindsStack(app, 'Kinds'),
    {
      ...network,
      'AWS::EC2::SecurityGroup': 1,
      'AWS::IAM::Policy': 6,
      'AWS::IAM::Role': 7,
      'AWS::Lambda::CapacityProvider': 1,
      'AWS::Lambda::Function': 5,
      'AWS::Lambda::Url': 1,
      'AWS::Logs::LogGroup': 1,
    },
  ],
  [
    'lambda-functions',
    (app) => new FunctionsStack(app, 'Functions'),
    {
      'AWS::ApiGatewayV2::Api': 1,
      'AWS::ApiGatewayV2::Integration': 1,
      'AWS::ApiGatewayV2::Route': 1,
      'AWS::ApiGatewayV2::Stage': 1,
      'AWS::IAM::Policy': 4,
      'AWS::IAM::Role': 4,
      'AWS::Lambda::EventSourceMapping': 1,
      'AWS::Lambda::Function': 3,
      'AWS::Lambda::Permission': 1,
      'AWS::Logs::LogGroup': 1,
      'AWS::SQS::Queue': 2,
      'AWS::SQS::QueuePolicy': 2,
    },
  ],
  [
    'python-beside-node',
    (app) => new ShopStack(app, 'Shop'),
    {
      ...network,
      'AWS::EC2::SecurityGroup': 2,
      'AWS::EC2::SecurityGroupIngress': 1,
      'AWS::ECS::Cluster': 1,
      'AWS::ECS::Service': 2,
      'AWS::ECS::TaskDefinition': 2,
      'AWS::IAM::Policy': 5,
      'AWS::IAM::Role': 6,
      'AWS::Lambda::Function': 1,
      'AWS::Logs::LogGroup': 1,
      'AWS::ServiceDiscovery::PrivateDnsNamespace': 1,
    },
  ],
];
