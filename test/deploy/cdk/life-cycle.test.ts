import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { ECS } from '@aws-sdk/client-ecs';
import { Lambda } from '@aws-sdk/client-lambda';
import { Moto } from '../../support/moto.js';
import { type ClientConfig, clientConfig } from '../support/aws.js';
import { DeployedStack } from '../support/deployed-stack.js';
import { CdkCli } from './cdk-cli.js';
import { EditedApp, QUALIFIER } from './edited-app.js';

// A command takes 10 seconds on two idle cores.
jest.setTimeout(300_000);

/** `--method=direct`: after a change set moto has no outputs of the stack. */
const DEPLOY = ['deploy', '--all', '--method=direct', '--require-approval=never', '--no-notices'];

const FUNCTION_VARIABLES = {
  NODE_OPTIONS: '--enable-source-maps',
  FAPILOG_CORE__SINKS: '["cloudwatch"]',
  FAPILOG_CLOUDWATCH__LOG_GROUP_NAME: '/myapp/production',
  FAPILOG_CLOUDWATCH__REGION: 'us-east-1',
  FAPILOG_CLOUDWATCH__CREATE_LOG_GROUP: 'false',
  FAPILOG_CLOUDWATCH__BATCH_SIZE: '50',
  FAPILOG_CLOUDWATCH__BATCH_TIMEOUT_SECONDS: '2',
};

const taskVariables = (service: string): Record<string, string> => ({
  FAPILOG_CORE__SINKS: '["cloudwatch"]',
  FAPILOG_SERVICE: service,
  FAPILOG_CLOUDWATCH__LOG_GROUP_NAME: '/myapp/services',
  FAPILOG_CLOUDWATCH__LOG_STREAM_PREFIX: `${service}/`,
  FAPILOG_CLOUDWATCH__REGION: 'us-east-1',
  FAPILOG_CLOUDWATCH__CREATE_LOG_GROUP: 'false',
  FAPILOG_REDACTION__ENABLED: 'true',
  FAPILOG_REDACTION__PATHS: '["customer.iban"]',
  FAPILOG_REDACTION__PATTERNS: '["email"]',
});

let moto: Moto;
let config: ClientConfig;
let cdk: CdkCli;
let app: EditedApp;

beforeAll(async () => {
  moto = await Moto.start();
  config = clientConfig(moto);
  cdk = new CdkCli(moto);
  app = new EditedApp();
  await useNetworkOfTheAccount();
});

afterAll(async () => {
  app?.dispose();
  cdk?.dispose();
  await moto?.stop();
});

/** moto cannot delete a VPC that has route tables: the services run in one that another stack has made. */
async function useNetworkOfTheAccount(): Promise<void> {
  const { outputs } = await DeployedStack.fromTemplate(config, 'Network', {
    Resources: {
      Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
      Subnet: { Type: 'AWS::EC2::Subnet', Properties: { CidrBlock: '10.0.0.0/24', VpcId: { Ref: 'Vpc' } } },
    },
    Outputs: { Vpc: { Value: { Ref: 'Vpc' } }, Subnet: { Value: { Ref: 'Subnet' } } },
  });
  const { Vpc, Subnet } = outputs;
  const attributes = `{ vpcId: '${Vpc}', availabilityZones: ['us-east-1a'], privateSubnetIds: ['${Subnet}'] }`;
  app.edit(
    'ecs-fargate',
    `new ec2.Vpc(this, 'Vpc', { maxAzs: 2 })`,
    `ec2.Vpc.fromVpcAttributes(this, 'Vpc', ${attributes})`,
  );
}

async function retentions(): Promise<Record<string, number | undefined>> {
  const { logGroups = [] } = await new CloudWatchLogs(config).describeLogGroups();
  return Object.fromEntries(
    logGroups.map(({ logGroupName, retentionInDays }) => [logGroupName, retentionInDays]),
  );
}

async function functionVariables(): Promise<object | undefined> {
  const { Functions = [] } = await new Lambda(config).listFunctions();
  expect(Functions).toHaveLength(1);
  return Functions[0]!.Environment?.Variables;
}

/** Those of the only container of each task definition, by its name. */
async function containerVariables(): Promise<Record<string, object>> {
  const ecs = new ECS(config);
  const { taskDefinitionArns = [] } = await ecs.listTaskDefinitions();
  const containers = await Promise.all(
    taskDefinitionArns.map(async (taskDefinition) => {
      const { taskDefinition: found } = await ecs.describeTaskDefinition({ taskDefinition });
      const [{ name, environment = [] }] = found!.containerDefinitions as [
        { name: string; environment?: any[] },
      ];
      return [
        name,
        Object.fromEntries(environment.map((variable) => [variable.name, variable.value])),
      ] as const;
    }),
  );
  return Object.fromEntries(containers);
}

/** The properties of a stack's resources of a type, as CloudFormation has them in its template. */
async function templateProperties(StackName: string, type: string): Promise<any[]> {
  const { TemplateBody } = await new CloudFormation(config).getTemplate({ StackName });
  const { Resources } = JSON.parse(TemplateBody!) as {
    Resources: Record<string, { Type: string; Properties: any }>;
  };
  return Object.values(Resources).flatMap(({ Type, Properties }) => (Type === type ? [Properties] : []));
}

async function stackStates(): Promise<Record<string, string>> {
  const { StackSummaries = [] } = await new CloudFormation(config).listStacks();
  return Object.fromEntries(StackSummaries.map(({ StackName, StackStatus }) => [StackName!, StackStatus!]));
}

// Each step continues where the one before has stopped.
describe('the CDK CLI', () => {
  test('bootstraps and deploys both examples, and the environment of each is there as it is in the stack', async () => {
    await cdk.run('bootstrap', 'aws://123456789012/us-east-1', '--qualifier', QUALIFIER, '--no-notices');
    await cdk.run(...DEPLOY, '--app', app.command, '--output', cdk.output);

    expect(await retentions()).toEqual({ '/myapp/production': 30, '/myapp/services': 30 });
    expect(await functionVariables()).toEqual(FUNCTION_VARIABLES);
    expect(await containerVariables()).toEqual({
      api: taskVariables('api'),
      worker: taskVariables('worker'),
    });
  });

  test('finds nothing to do when it deploys the same again', async () => {
    const said = await cdk.run(...DEPLOY, '--app', app.command, '--output', cdk.output);

    expect(said).toContain('✅  Function (no changes)');
    expect(said).toContain('✅  Services (no changes)');
  });

  test('shows an edit as what it is', async () => {
    app.edit('lambda-function', 'logs.RetentionDays.ONE_MONTH', 'logs.RetentionDays.THREE_MONTHS');
    app.edit('lambda-function', 'batchSize: 50', 'batchSize: 25');
    app.edit(
      'ecs-fargate',
      'encryptionKey: true,',
      'encryptionKey: true, retention: 90, settings: { batchSize: 25 },',
    );

    const said = await cdk.run('diff', '--method=template', '--app', app.command, '--output', cdk.output);

    const changed = [...said.matchAll(/^\[([+~-])\] (\S+) (\S+)/gm)].map(([, sign, type, path]) => [
      sign,
      type,
      path,
    ]);
    expect(changed).toEqual([
      ['~', 'AWS::Logs::LogGroup', 'Logging/LogGroup'],
      ['~', 'AWS::Lambda::Function', 'Function'],
      ['~', 'AWS::Logs::LogGroup', 'Logging/LogGroup'],
      ['~', 'AWS::ECS::TaskDefinition', 'api-task'],
      ['~', 'AWS::ECS::TaskDefinition', 'worker-task'],
    ]);
  });

  test('updates both, a retention and a setting of each', async () => {
    await cdk.run(...DEPLOY, '--app', cdk.output);

    expect(await functionVariables()).toMatchObject({ FAPILOG_CLOUDWATCH__BATCH_SIZE: '25' });
    for (const stack of ['Function', 'Services']) {
      const [group] = await templateProperties(stack, 'AWS::Logs::LogGroup');
      expect(group.RetentionInDays).toBe(90);
    }
    for (const { ContainerDefinitions } of await templateProperties('Services', 'AWS::ECS::TaskDefinition')) {
      expect(ContainerDefinitions[0].Environment).toContainEqual({
        Name: 'FAPILOG_CLOUDWATCH__BATCH_SIZE',
        Value: '25',
      });
    }
  });

  test('moto 5.2.1 leaves the log group of an update as it was, and a task definition without its environment', async () => {
    expect(await retentions()).toEqual({ '/myapp/production': 30, '/myapp/services': 30 });
    expect(Object.values(await containerVariables())).toEqual([{}]);
  });

  test('destroys both, and the log groups stay', async () => {
    await cdk.run('destroy', '--all', '--force', '--app', cdk.output);

    expect(await stackStates()).toMatchObject({ Function: 'DELETE_COMPLETE', Services: 'DELETE_COMPLETE' });
    expect(Object.keys(await retentions())).toEqual(['/myapp/production', '/myapp/services']);
    const { Functions = [] } = await new Lambda(config).listFunctions();
    expect(Functions).toEqual([]);
  });
});
