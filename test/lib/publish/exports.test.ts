import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Aws, CfnParameter } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { parseEnvironment } from '../../../contract/codec.js';
import type { CloudWatchLoggingProps, ExportOptions } from '../../../lib/index.js';
import { flagSets, loggingIn, newStack, region } from '../stacks.js';

/** A construct whose environment has no references but the log group's name, which is filled in below. */
const props: CloudWatchLoggingProps = {
  logGroupName: '/myapp/production',
  settings: { logStreamName: `it's $HOME "\`x\`"; a\\b`, batchTimeoutSeconds: 2 },
};

/** What every exporter says. */
const expected = {
  FAPILOG_CORE__SINKS: '["cloudwatch"]',
  FAPILOG_CLOUDWATCH__LOG_GROUP_NAME: '/myapp/production',
  FAPILOG_CLOUDWATCH__LOG_STREAM_NAME: props.settings!.logStreamName,
  FAPILOG_CLOUDWATCH__REGION: region,
  FAPILOG_CLOUDWATCH__BATCH_TIMEOUT_SECONDS: '2',
  FAPILOG_CLOUDWATCH__CREATE_LOG_GROUP: 'false',
};

/** A text with the log group's name in place of its reference, as the deployment has it. */
function deployed(stack: ReturnType<typeof newStack>, text: string): string {
  const resolved = stack.resolve(text);
  if (typeof resolved === 'string') return resolved;
  return resolved['Fn::Join'][1]
    .map((part: unknown) => (typeof part === 'string' ? part : '/myapp/production'))
    .join('');
}

/** The variables of ours that a program finds. */
const SHOW = `console.log(JSON.stringify(Object.fromEntries(Object.entries(process.env).filter(([name]) => name.startsWith('FAPILOG_')))))`;

describe.each(flagSets)('exporters %s', (_, context) => {
  let directory: string;
  beforeEach(() => (directory = mkdtempSync(join(tmpdir(), 'fapilog-cloudwatch-exports-'))));
  afterEach(() => rmSync(directory, { recursive: true }));

  const env = { PATH: process.env['PATH'] };

  test('toKeyValuePairs and toConfigMapData say what environment says', () => {
    const stack = newStack(context);
    const logging = loggingIn(stack, props);
    const environment = stack.resolve(logging.environment);

    expect(environment).toEqual({
      ...expected,
      FAPILOG_CLOUDWATCH__LOG_GROUP_NAME: { Ref: expect.anything() },
    });
    expect(stack.resolve(logging.toConfigMapData())).toEqual(environment);
    expect(stack.resolve(logging.toKeyValuePairs())).toEqual(
      Object.entries(environment).map(([name, value]) => ({ name, value })),
    );
  });

  test('take the options of a binding, and check them', () => {
    const stack = newStack(context);
    const logging = loggingIn(stack);
    const options: ExportOptions = { streamPrefix: 'api', service: 'api', settings: { gzip: false } };

    expect(stack.resolve(logging.toConfigMapData(options))).toEqual({
      ...stack.resolve(logging.environment),
      FAPILOG_SERVICE: 'api',
      FAPILOG_CLOUDWATCH__LOG_STREAM_PREFIX: 'api',
      FAPILOG_CLOUDWATCH__GZIP: 'false',
    });
    expect(() => logging.toDotEnv({ settings: { batchSize: 0 } })).toThrow(
      'Stack/Logging.toDotEnv.settings.batchSize is 0; allowed: an integer from 1 to 10000',
    );
  });

  test('toUserData says to a shell exactly the values, and to systemd as well', () => {
    const stack = newStack(context);
    const file = join(directory, 'service.env');
    const script = deployed(stack, loggingIn(stack, props).toUserData()).replace(
      '/etc/fapilog-cloudwatch.env',
      file,
    );

    const shown = execFileSync('bash', ['--norc', '-ec', `${script}\nexec "$NODE" -e "$SHOW"`], {
      env: { ...env, NODE: process.execPath, SHOW },
      encoding: 'utf8',
    });

    expect(JSON.parse(shown)).toEqual(expected);
    // A shell reads the file as systemd does: one assignment a line.
    const again = execFileSync('bash', ['--norc', '-ec', 'set -a; . "$FILE"; exec "$NODE" -e "$SHOW"'], {
      env: { ...env, NODE: process.execPath, SHOW, FILE: file },
      encoding: 'utf8',
    });
    expect(JSON.parse(again)).toEqual(expected);
    expect(readFileSync(file, 'utf8').trim().split('\n')).toHaveLength(Object.keys(expected).length);
  });

  test('toUserData says to PowerShell what it needs', () => {
    const stack = newStack(context);
    const logging = loggingIn(stack, { settings: { logStreamName: "it's" } });

    const script = logging.toUserData({ operatingSystem: ec2.OperatingSystemType.WINDOWS });

    const lines = deployed(stack, script).split('\n');
    expect(lines).toHaveLength(10);
    expect(lines).toContain(
      "[Environment]::SetEnvironmentVariable('FAPILOG_CLOUDWATCH__REGION', 'eu-central-1', 'Machine')",
    );
    expect(lines).toContain("$env:FAPILOG_CLOUDWATCH__LOG_STREAM_NAME = 'it''s'");
    expect(() => logging.toUserData({ operatingSystem: ec2.OperatingSystemType.UNKNOWN })).toThrow(
      'operatingSystem is UNKNOWN; allowed: ec2.OperatingSystemType.LINUX or WINDOWS, whose commands differ',
    );
  });

  test('toUserData doubles whatever PowerShell takes for a quote', () => {
    const logging = loggingIn(newStack(context), { service: `a'b‘c’d‚e‛f“g"h` });

    const script = logging.toUserData({ operatingSystem: ec2.OperatingSystemType.WINDOWS });

    expect(script).toContain(`$env:FAPILOG_SERVICE = 'a''b‘‘c’’d‚‚e‛‛f“g"h'`);
  });

  test('toDotEnv refuses a quote beside what only CloudFormation knows: the two cannot be quoted alike', () => {
    const stack = newStack(context);
    const name = new CfnParameter(stack, 'Name').valueAsString;
    const logging = loggingIn(stack);

    expect(() => logging.toDotEnv({ service: `it's ${name}` })).toThrow(
      /^FAPILOG_SERVICE is "it's .*", which readers of \.env files understand differently/,
    );
    expect(stack.resolve(logging.toDotEnv({ service: `"its" ${name}` }))['Fn::Join'][1]).toContainEqual(
      expect.stringContaining(`FAPILOG_SERVICE='"its" `),
    );
  });

  test.each([['plain'], ["it's"], ['a b # c $HOME \\ "x" `y`']])(
    'toDotEnv has a program find %s',
    (logStreamName) => {
      const stack = newStack(context);
      const logging = loggingIn(stack, { ...props, settings: { logStreamName } });
      const file = join(directory, '.env');
      writeFileSync(file, deployed(stack, logging.toDotEnv()));

      const shown = execFileSync(process.execPath, [`--env-file=${file}`, '-e', SHOW], {
        env,
        encoding: 'utf8',
      });

      const { FAPILOG_CLOUDWATCH__BATCH_TIMEOUT_SECONDS: _timeout, ...rest } = expected;
      expect(JSON.parse(shown)).toEqual({ ...rest, FAPILOG_CLOUDWATCH__LOG_STREAM_NAME: logStreamName });
      const byShell = execFileSync('bash', ['--norc', '-ec', 'set -a; . "$FILE"; exec "$NODE" -e "$SHOW"'], {
        env: { ...env, NODE: process.execPath, SHOW, FILE: file },
        encoding: 'utf8',
      });
      expect(JSON.parse(byShell)).toEqual(JSON.parse(shown));
      expect(parseEnvironment(JSON.parse(shown)).settings.cloudwatch.logStreamName).toBe(logStreamName);
    },
  );

  test('toDotEnv refuses what its readers understand differently', () => {
    const logging = loggingIn(newStack(context), props);

    expect(() => logging.toDotEnv()).toThrow(
      /^FAPILOG_CLOUDWATCH__LOG_STREAM_NAME is ".*", which readers of \.env files understand differently; allowed: one line, /,
    );
  });

  test('toDotEnv quotes what only the deployment knows', () => {
    const stack = newStack(context);
    const logging = loggingIn(stack, { settings: { logStreamName: `api-${Aws.STACK_NAME}` } });

    expect(stack.resolve(logging.toDotEnv())['Fn::Join'][1]).toEqual(
      expect.arrayContaining([expect.stringMatching(/FAPILOG_CLOUDWATCH__LOG_STREAM_NAME='api-$/)]),
    );
  });
});
