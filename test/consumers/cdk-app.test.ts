import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cdkProject, type CdkVersions } from './support/cdk-project.js';
import type { Consumer } from './support/consumer.js';
import { LocalServer } from './support/local-server.js';

/**
 * Minified: this package with `withLambda`, and nothing of the AWS SDK. What spares the quotas of the account under throttling is 2 kB
 * of it.
 */
const MAX_BYTES = 307_000;
/** Compilers of 2023 read all of CDK's declarations, twice. */
const SLOW = { timeoutMs: 280_000 };

interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
  readonly Metadata?: Readonly<Record<string, string>>;
}

const TODAY: CdkVersions = { init: '2.1148.1', raised: { 'aws-cdk-lib': '2.276.0', constructs: '10.8.1' } };

/** The CDK of 2023, raised to the oldest that the package takes; and the one of today. */
const projects: readonly (readonly [string, CdkVersions])[] = [
  [
    '2023, with the oldest CDK that is allowed',
    { init: '2.87.0', raised: { 'aws-cdk-lib': '2.257.0', constructs: '10.5.0', 'aws-cdk': '2.1148.1' } },
  ],
  ['today', TODAY],
];

describe.each(projects)('a project that `cdk init` made: %s', (_, versions) => {
  let consumer: Consumer;

  beforeAll(async () => {
    consumer = await cdkProject(versions);
  });

  afterAll(() => consumer.remove());

  // ts-jest of 2023 would compile all of CDK once more.
  if (versions === TODAY)
    test('passes its own test, which reads the template', async () => {
      const { by, stderr } = await consumer.npm(['test', '--silent'], SLOW);

      expect(stderr).toContain('1 passed, 1 total');
      expect(by).toBe(0);
    });

  test('compiles', async () => {
    expect(await consumer.npm(['run', '--silent', 'build'], SLOW)).toEqual({ by: 0, stdout: '', stderr: '' });
  });

  describe('after `cdk synth`', () => {
    let template: { readonly Resources: Readonly<Record<string, Resource>> };

    beforeAll(async () => {
      const { by, stderr } = await consumer.command('cdk', ['synth', '--quiet', '--no-notices'], SLOW);
      if (by !== 0) throw new Error(stderr);
      template = JSON.parse(consumer.read('cdk.out/OrdersStack.template.json')) as typeof template;
    });

    const allOf = (type: string): Resource[] =>
      Object.values(template.Resources).filter(({ Type }) => Type === type);
    const idOf = (type: string): string =>
      Object.keys(template.Resources).find((id) => template.Resources[id]!.Type === type)!;

    test('the stack has one log group, a role that may write to it and nothing else, and a function that finds it', () => {
      const logGroup = idOf('AWS::Logs::LogGroup');

      expect(allOf('AWS::Logs::LogGroup')).toEqual([
        expect.objectContaining({
          Properties: expect.objectContaining({ LogGroupName: '/myapp/production', RetentionInDays: 30 }),
        }),
      ]);
      const policies = allOf('AWS::IAM::Policy').map(({ Properties }) => Properties['PolicyDocument']);
      expect(policies).toEqual([
        {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
              Resource: { 'Fn::GetAtt': [logGroup, 'Arn'] },
            },
          ],
        },
      ]);
      expect(allOf('AWS::IAM::Role').map(({ Properties }) => Object.keys(Properties))).toEqual([
        ['AssumeRolePolicyDocument'],
      ]);
      expect(variables()).toMatchObject({
        FAPILOG_CORE__SINKS: '["cloudwatch"]',
        FAPILOG_CLOUDWATCH__LOG_GROUP_NAME: { Ref: logGroup },
        FAPILOG_CLOUDWATCH__REGION: { Ref: 'AWS::Region' },
      });
    });

    test('its function, bundled by esbuild, delivers where nothing else is installed', async () => {
      const server = await LocalServer.start(consumer);
      const folder = realpathSync(mkdtempSync(join(tmpdir(), 'function-')));
      try {
        const bundle = join(folder, 'index.js');
        const asset = allOf('AWS::Lambda::Function')[0]!.Metadata!['aws:asset:path']!;
        cpSync(join(consumer.path, 'cdk.out', asset), folder, { recursive: true });
        const ended = await consumer.node(['--eval', invocation], {
          cwd: folder,
          env: {
            ...deployed(server.environment['AWS_REGION']!),
            ...server.environment,
            FAPILOG_CLOUDWATCH__CREATE_LOG_GROUP: 'true',
          },
        });

        expect(ended).toEqual({ by: 0, stdout: '{"id":7}\n', stderr: '' });
        const lines = await server.stored('/myapp/production');
        expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
          expect.objectContaining({
            level: 'info',
            message: 'order placed',
            id: 7,
            service: 'orders',
            requestId: 'r-1',
          }),
        ]);
        expect(statSync(bundle).size).toBeLessThan(MAX_BYTES);
        expect(readFileSync(bundle, 'utf8')).not.toContain('NodeHttpHandler');
      } finally {
        rmSync(folder, { recursive: true });
        await server.close();
      }
    });

    function variables(): Readonly<Record<string, unknown>> {
      const { Environment } = allOf('AWS::Lambda::Function')[0]!.Properties;
      return (Environment as { readonly Variables: Readonly<Record<string, unknown>> }).Variables;
    }

    /** The environment of the function as Lambda would have it, with what the deployment knows, and what Lambda adds. */
    function deployed(region: string): Record<string, string> {
      const known = Object.entries(variables()).filter(([, value]) => typeof value === 'string');
      return {
        ...(Object.fromEntries(known) as Record<string, string>),
        FAPILOG_CLOUDWATCH__LOG_GROUP_NAME: '/myapp/production',
        FAPILOG_CLOUDWATCH__REGION: region,
        AWS_LAMBDA_FUNCTION_NAME: 'orders',
        AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
        AWS_LAMBDA_LOG_GROUP_NAME: '/myapp/production',
        AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
        AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x',
      };
    }
  });
});

/** What Lambda does with the bundle. */
const invocation = `
const { handler } = require('./index.js');
const context = { awsRequestId: 'r-1', functionName: 'orders', getRemainingTimeInMillis: () => 10_000 };
handler({ id: 7 }, context).then((answer) => console.log(JSON.stringify(answer)));
`;
