import { SSM } from '@aws-sdk/client-ssm';
import { Stack } from 'aws-cdk-lib';
import { CloudWatchLogging } from '../../../lib/index.js';
import { type Ended, RunningCommand } from '../../support/command-line.js';
import { Moto } from '../../support/moto.js';
import { clientConfig } from '../support/aws.js';
import { DeployedStack, newApp } from '../support/deployed-stack.js';

describe('env of what is deployed', () => {
  let moto: Moto;

  beforeAll(async () => {
    moto = await Moto.start();
    const stack = new Stack(newApp(), 'Orders');
    const logging = new CloudWatchLogging(stack, 'Logging', {
      logGroupName: '/orders',
      settings: { batchSize: 50 },
    });
    logging.addOutputs();
    logging.publishSettings('Settings', { parameterName: '/orders/logging', service: 'reports' });
    await DeployedStack.create(clientConfig(moto), stack);
  });

  afterAll(() => moto?.stop());

  const run = (...args: readonly string[]): Promise<Ended> =>
    new RunningCommand(['env', ...args], moto.environment).ended();

  test('the outputs of a stack name its log group and Region', async () => {
    expect(await run('--stack', 'Orders', '--docker')).toEqual({
      by: 0,
      stdout: 'FAPILOG_CLOUDWATCH__LOG_GROUP_NAME=/orders\nFAPILOG_CLOUDWATCH__REGION=us-east-1\n',
      stderr: '',
    });
  });

  test('the settings of a parameter are the variables that say the same', async () => {
    const { by, stdout, stderr } = await run('--parameter', '/orders/logging', '--json');

    expect({ by, stderr }).toEqual({ by: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({
      FAPILOG_CLOUDWATCH__LOG_GROUP_NAME: '/orders',
      FAPILOG_CLOUDWATCH__BATCH_SIZE: '50',
    });
  });

  test('the endpoint may be an option', async () => {
    const { AWS_ENDPOINT_URL = '', ...others } = moto.environment;
    const args = ['env', '--stack', 'Orders', '--endpoint-url', AWS_ENDPOINT_URL, '--assume-role'];
    const { by, stdout } = await new RunningCommand(args, others).ended();

    expect(by).toBe(0);
    expect(stdout).toMatch(/^FAPILOG_CLOUDWATCH__ROLE_ARN='arn:aws:iam::123456789012:role\/.+'$/m);
  });

  test('a secret is printed only where that is asked for', async () => {
    const ssm = new SSM(clientConfig(moto));
    const Value = '{"core":{"log_level":"DEBUG"}}';
    await ssm.putParameter({ Name: '/orders/secret', Type: 'SecureString', Value });
    ssm.destroy();

    expect(await run('--parameter', '/orders/secret')).toEqual({
      by: 1,
      stdout: '',
      stderr: 'error: /orders/secret is a SecureString. --with-secrets prints what it holds.\n',
    });
    const { by, stdout } = await run('--parameter', '/orders/secret', '--with-secrets');
    expect([by, stdout]).toEqual([0, "FAPILOG_CORE__LOG_LEVEL='DEBUG'\n"]);
  });

  test.each([
    ['--stack', 'Nothing'],
    ['--parameter', '/nothing'],
  ])('%s %s: there is none, and the line says so', async (source, name) => {
    const { by, stdout, stderr } = await run(source, name);

    expect([by, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(
      /^error: .* in us-east-1: .*Mend: there is none of this name in this Region and account/,
    );
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });
});
