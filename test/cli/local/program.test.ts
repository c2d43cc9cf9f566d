import { chooseProgram, type ProgramChoice } from '../../../cli/local/program.js';
import { TemplateResolver } from '../../../local/stack/template-resolver.js';

type Json = Readonly<Record<string, unknown>>;

const lambda = (Variables?: unknown): Json => ({
  Type: 'AWS::Lambda::Function',
  Properties: Variables === undefined ? {} : { Environment: { Variables } },
});

const task = (...ContainerDefinitions: readonly Json[]): Json => ({
  Type: 'AWS::ECS::TaskDefinition',
  Properties: { ContainerDefinitions },
});

const ours = { FAPILOG_CLOUDWATCH__LOG_GROUP_NAME: { Ref: 'Logs' } };
const environment = [{ Name: 'FAPILOG_SERVICE', Value: 'api' }];
const Logs = { Type: 'AWS::Logs::LogGroup' };

function choose(Resources: Json, choice: ProgramChoice = {}): unknown {
  return chooseProgram(new TemplateResolver({ Resources }, {}), choice);
}

describe('without a choice', () => {
  test('the only function with variables of ours: CDK adds functions of its own', () => {
    expect(choose({ Logs, ApiABC: lambda(ours), CustomVpcHandler: lambda({ X: '1' }) })).toEqual({
      kind: 'function',
      logicalId: 'ApiABC',
      variables: new Map(Object.entries(ours)),
      secrets: [],
      hasFiles: false,
    });
  });

  test('the only container with variables of ours, with what it takes from elsewhere', () => {
    const api = {
      Name: 'api',
      Environment: environment,
      Secrets: [{ Name: 'DB_PASSWORD', ValueFrom: 'arn' }],
    };

    expect(choose({ ApiTask: task(api, { Name: 'proxy' }) })).toEqual({
      kind: 'container',
      logicalId: 'ApiTask',
      containerName: 'api',
      variables: new Map([['FAPILOG_SERVICE', 'api']]),
      secrets: ['DB_PASSWORD'],
      hasFiles: false,
    });
  });

  test('several are listed as options', () => {
    const resources = {
      A: lambda(ours),
      B: lambda(ours),
      Other: lambda(),
      T: task({ Name: 'api', Environment: environment }),
    };

    expect(() => choose(resources)).toThrow(
      'The template has several such programs; name one:\n  --function A\n  --function B\n  --container T/api',
    );
  });

  test('one without variables of ours has to be named', () => {
    expect(() => choose({ A: lambda() })).toThrow(
      'No program of the template has variables of this package; name one:\n  --function A',
    );
  });
});

describe('with a choice', () => {
  const resources = {
    Logs,
    Api: lambda(ours),
    ApiOther: lambda(ours),
    Worker1: lambda(),
    ApiTask: task({ Name: 'app' }, { Name: 'proxy' }),
    WorkerTask: task({ Name: 'app' }),
  };

  test.each([
    [{ function: 'Api' }, 'Api'],
    [{ function: 'Work' }, 'Worker1'],
    [{ container: 'proxy' }, 'ApiTask'],
    [{ container: 'WorkerTask/app' }, 'WorkerTask'],
    [{ container: 'Api/app' }, 'ApiTask'],
  ])('%j is %s', (choice, logicalId) => {
    expect(choose(resources, choice)).toMatchObject({ logicalId });
  });

  test.each<[ProgramChoice, string]>([
    [{ function: 'Ap' }, 'several such programs; name one:\n  --function Api\n  --function ApiOther'],
    [
      { container: 'app' },
      'several such programs; name one:\n  --container ApiTask/app\n  --container WorkerTask/app',
    ],
    [
      { function: 'Nope' },
      'The template has no function whose logical id begins with Nope. There is:\n  --function Api\n',
    ],
    [
      { function: 'Log' },
      'Log is of the type AWS::Logs::LogGroup, and no function whose logical id begins with Log.',
    ],
    [{ container: 'nope' }, 'No container is called nope. There is:'],
    [{ function: 'Api', container: 'app' }, 'Give --function or --container, not both.'],
  ])('%j is refused', (choice, message) => {
    expect(() => choose(resources, choice)).toThrow(message);
  });
});

test('a template without functions and tasks says where else variables are', () => {
  expect(() => choose({ Machine: { Type: 'AWS::EC2::Instance' }, Logs })).toThrow(
    'The template has no AWS::Lambda::Function and no AWS::ECS::TaskDefinition, whose variables the command would get. ' +
      'Machine (AWS::EC2::Instance) has its variables in its user data, which runs on the machine only.',
  );
});

test('a container whose variables are in files is refused by name', () => {
  const EnvironmentFiles = [{ Type: 's3', Value: 'arn' }];

  expect(() => choose({ T: task({ Name: 'api', EnvironmentFiles }) }, { container: 'api' })).toThrow(
    'The container T/api takes variables from files in S3 (EnvironmentFiles)',
  );
});

test('functions of the template in the list of variables are resolved', () => {
  const Conditions = { IsProduction: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'eu-central-1'] } };
  const Environment = [
    { Name: 'FAPILOG_SERVICE', Value: 'api' },
    { 'Fn::If': ['IsProduction', { Name: 'STAGE', Value: 'production' }, { Ref: 'AWS::NoValue' }] },
  ];
  const template = { Conditions, Resources: { T: task({ Name: 'api', Environment }) } };
  const names = (region: string): string[] => {
    const resolver = new TemplateResolver(template, { region });
    return [...chooseProgram(resolver, {}).variables.keys()];
  };

  expect(names('eu-central-1')).toEqual(['FAPILOG_SERVICE', 'STAGE']);
  expect(names('us-east-1')).toEqual(['FAPILOG_SERVICE']);
});
