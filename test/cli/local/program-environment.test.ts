import { injectedVariables, programEnvironment } from '../../../cli/local/program-environment.js';
import { TemplateResolver } from '../../../local/stack/template-resolver.js';

const resolver = new TemplateResolver(
  {
    Resources: {
      Logs: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: '/myapp/production' } },
      Database: { Type: 'AWS::RDS::DBInstance' },
      Table: { Type: 'AWS::DynamoDB::Table' },
    },
  },
  { stackName: 'Orders' },
);

function injected(variables: Readonly<Record<string, unknown>>, env = {}, secrets: string[] = []): unknown {
  const program = {
    kind: 'function',
    logicalId: 'F',
    hasFiles: false,
    variables: new Map(Object.entries(variables)),
    secrets,
  } as const;
  return injectedVariables(resolver, program, env);
}

describe('what a template injects', () => {
  const host = { 'Fn::GetAtt': ['Database', 'Endpoint.Address'] };

  test('is resolved, and text', () => {
    expect(
      injected({
        GROUP: { Ref: 'Logs' },
        TABLE: { Ref: 'Table' },
        PORT: 80,
        ON: true,
        NONE: { Ref: 'AWS::NoValue' },
      }),
    ).toEqual({ GROUP: '/myapp/production', TABLE: 'Orders-Table-local', PORT: '80', ON: 'true' });
  });

  test('counts before what the shell has', () => {
    expect(injected({ STAGE: 'production' }, { STAGE: 'mine' })).toEqual({ STAGE: 'production' });
  });

  test('is the shell’s where only a deployment knows it', () => {
    expect(injected({ DB_HOST: host }, { DB_HOST: '', DB_PASSWORD: 'x' }, ['DB_PASSWORD'])).toEqual({});
  });

  test('is asked for, all of it at once, where nobody knows it', () => {
    expect(() => injected({ DB_HOST: host, OTHER: { Ref: 'Nope' } }, {}, ['DB_PASSWORD'])).toThrow(
      /set them in the environment, or parameters by --parameter NAME=VALUE:\n {2}DB_PASSWORD: it is a secret\n {2}DB_HOST: .*Endpoint\.Address.*\n {2}OTHER: "Nope" is neither/,
    );
  });
});

test('the environment is the shell’s, under what is injected, under the server’s', () => {
  const environment = programEnvironment(
    {
      FAPILOG_SERVICE: 'orders',
      FAPILOG_CLOUDWATCH__ROLE_ARN: 'arn:aws:iam::210987654321:role/writer',
      AWS_REGION: 'eu-west-1',
    },
    {
      env: {
        PATH: '/bin',
        FAPILOG_SERVICE: 'mine',
        FAPILOG_CLOUDWATCH__ENDPOINT_URL: 'https://vpce.example',
      },
      endpoint: 'http://127.0.0.1:4588',
      caller: { region: 'eu-central-1', accountId: '123456789012', hasCredentials: true },
    },
  );

  expect(environment).toEqual({
    env: {
      PATH: '/bin',
      FAPILOG_SERVICE: 'orders',
      AWS_REGION: 'eu-central-1',
      AWS_DEFAULT_REGION: 'eu-central-1',
      AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: 'http://127.0.0.1:4588',
      AWS_DISABLE_HOST_PREFIX_INJECTION: 'true',
    },
    leftOut: ['FAPILOG_CLOUDWATCH__ENDPOINT_URL', 'FAPILOG_CLOUDWATCH__ROLE_ARN'],
  });
});
