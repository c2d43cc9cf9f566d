import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { Moto } from '../support/moto.js';
import { type ClientConfig, clientConfig } from './support/aws.js';
import { asAwsReadsIt, DeployedStack, type Template } from './support/deployed-stack.js';

/** What the deploy tests put right because moto 5.2.1 has it wrong. A red test here is good news: it is right by now. */
let moto: Moto;
let config: ClientConfig;

beforeAll(async () => {
  moto = await Moto.start();
  config = clientConfig(moto);
});

afterAll(() => moto?.stop());

const GROUP = 'arn:aws:logs:us-east-1:123456789012:log-group:/myapp/production';
const TEMPLATE: Template = {
  Resources: { Group: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: '/myapp/production' } } },
  Outputs: { Arn: { Value: { 'Fn::GetAtt': ['Group', 'Arn'] } } },
};

test('the attribute Arn of a log group lacks the ":*" that it has at AWS', async () => {
  const { outputs } = await DeployedStack.fromTemplate(config, 'AsItIs', TEMPLATE);
  expect(outputs).toEqual({ Arn: GROUP });
});

test('and has it where a template was put right', async () => {
  await moto.reset();
  const { outputs } = await DeployedStack.fromTemplate(config, 'PutRight', asAwsReadsIt(TEMPLATE));
  expect(outputs).toEqual({ Arn: `${GROUP}:*` });
});

test('a VPC with a route table cannot be deleted with its stack', async () => {
  const client = new CloudFormation(config);
  await DeployedStack.fromTemplate(config, 'Network', {
    Resources: {
      Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
      Routes: { Type: 'AWS::EC2::RouteTable', Properties: { VpcId: { Ref: 'Vpc' } } },
    },
  });
  await expect(client.deleteStack({ StackName: 'Network' })).rejects.toThrow(
    'has dependencies and cannot be deleted',
  );
});
