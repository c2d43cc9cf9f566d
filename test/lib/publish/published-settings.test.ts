import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Settings } from '../../../runtime/settings/settings.js';
import { flagSets, logGroupId, loggingIn, newStack, policyDocuments, region, resources } from '../stacks.js';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

describe.each(flagSets)('publishSettings %s', (_, context) => {
  test('holds the settings as the document that the sink reads', () => {
    const stack = newStack(context);
    const logging = loggingIn(stack, {
      logGroupName: '/myapp/production',
      logLevel: 'warn',
      sampling: { rate: 0.5 },
      settings: { batchSize: 50, batchTimeoutSeconds: '500ms' },
    });

    const published = logging.publishSettings('Settings', {
      parameterName: '/myapp/logging',
      service: 'reports',
    });

    const [parameter] = resources(stack, 'AWS::SSM::Parameter');
    expect(parameter!['Properties']).toEqual({
      Type: 'String',
      Name: '/myapp/logging',
      Description: 'Settings of fapilog-cloudwatch',
      Value: expect.anything(),
    });
    const text: string = parameter!['Properties'].Value['Fn::Join'][1]
      .map((part: any) => (part.Ref === logGroupId(logging) ? '/myapp/production' : part))
      .join('');
    const directory = mkdtempSync(join(tmpdir(), 'fapilog-cloudwatch-published-'));
    const file = join(directory, 'settings.json');
    writeFileSync(file, text);
    const settings = new Settings({}, { file, env: {} });
    rmSync(directory, { recursive: true });
    expect(settings.core).toMatchObject({ sinks: ['cloudwatch'], logLevel: 'warn', filters: ['sampling'] });
    expect(settings.app.service).toBe('reports');
    expect(settings.filterConfig.sampling.rate).toBe(0.5);
    expect(settings.sinkConfig.cloudwatch).toMatchObject({
      logGroupName: '/myapp/production',
      region,
      batchSize: 50,
      batchTimeoutSeconds: 0.5,
      createLogGroup: false,
    });
    expect(stack.resolve(published.environment)).toEqual({
      FAPILOG_CONFIG_SSM: { Ref: expect.stringContaining('LoggingSettingsParameter') },
    });
  });

  test('may be read by whom it is granted, and nothing else', () => {
    const stack = newStack(context);
    const published = loggingIn(stack).publishSettings('Settings');

    published.grantRead(new iam.User(stack, 'Machine'));

    const [, { Statement }] = policyDocuments(stack);
    expect(Statement).toEqual([
      {
        Effect: 'Allow',
        Action: 'ssm:GetParameter',
        Resource: stack.resolve(published.parameter.parameterArn),
      },
    ]);
  });

  test('refuses a document that a standard parameter cannot hold', () => {
    const stack = newStack(context);
    const logging = loggingIn(stack, { service: 's'.repeat(5_000) });

    logging.publishSettings('Settings');

    expect(() => Template.fromStack(stack)).toThrow(
      /Stack\/Logging\/Settings: the settings have about \d+ characters; allowed: 4096, the most that a standard parameter holds\. Publish fewer settings/,
    );
  });
});

describe.each(flagSets)('addOutputs %s', (_, context) => {
  test('tells the log group and the writer role', () => {
    const stack = newStack(context);
    const logging = loggingIn(stack);

    logging.addOutputs({ exportPrefix: 'myapp' });

    const outputs = Object.values(Template.fromStack(stack).findOutputs('*'));
    expect(outputs).toEqual([
      {
        Description: 'Name of the log group',
        Value: { Ref: logGroupId(logging) },
        Export: { Name: 'myapp-LogGroupName' },
      },
      { Description: 'Region of the log group', Value: region, Export: { Name: 'myapp-LogGroupRegion' } },
      {
        Description: 'Role that may write log events',
        Value: stack.resolve(logging.role.roleArn),
        Export: { Name: 'myapp-WriterRoleArn' },
      },
    ]);
  });

  test('exports nothing unless it is asked to', () => {
    const stack = newStack(context);

    loggingIn(stack).addOutputs();

    const outputs = Object.values(Template.fromStack(stack).findOutputs('*'));
    expect(outputs.map(({ Export }) => Export)).toEqual([undefined, undefined, undefined]);
  });

  test.each([5, null])('refuses a prefix that is no text: %j', (exportPrefix: any) => {
    const logging = loggingIn(newStack(context));

    expect(() => logging.addOutputs({ exportPrefix })).toThrow(
      `invalid setting: Stack/Logging: addOutputs.exportPrefix is ${exportPrefix}; allowed: 1 to 240 letters`,
    );
  });
});
