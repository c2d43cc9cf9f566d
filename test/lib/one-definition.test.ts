import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as destinations from 'aws-cdk-lib/aws-logs-destinations';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Template } from 'aws-cdk-lib/assertions';
import { parseEnvironment } from '../../contract/codec.js';
import { SENSITIVE_KEYS } from '../../contract/settings/redaction.js';
import { Sensitive } from '../../lib/index.js';
import {
  deployedVariables,
  flagSets,
  functionIn,
  logGroupId,
  loggingIn,
  newStack,
  resources,
  warnings,
} from './stacks.js';

/** CDK prints the warnings that it finds. */
beforeEach(() => void jest.spyOn(console, 'error').mockImplementation());
afterEach(() => jest.restoreAllMocks());

describe.each(flagSets)('what is said once %s', (_, context) => {
  test('may be that nothing is logged', () => {
    const stack = newStack(context);
    const logging = loggingIn(stack, { logLevel: 'silent', settings: { level: 'silent' } });
    logging.bindTo(functionIn(stack, logging));
    const variables = deployedVariables(stack, { [logGroupId(logging)]: '/myapp/production' });

    expect(variables).toMatchObject({
      FAPILOG_CORE__LOG_LEVEL: 'SILENT',
      FAPILOG_CLOUDWATCH__LEVEL: 'SILENT',
    });
    expect(parseEnvironment(variables).settings).toMatchObject({
      core: { logLevel: 'silent' },
      cloudwatch: { level: 'silent' },
    });
  });

  test('holds at both ends', () => {
    const stack = newStack(context);
    const logging = loggingIn(stack, {
      retention: logs.RetentionDays.ONE_WEEK,
      service: 'orders',
      logLevel: 'warn',
      worker: true,
      traceFormat: 'Snake',
      metricsNamespace: 'Shop/Orders',
      sampling: { rate: 0.25, keyField: 'user.id' },
      rateLimit: { capacity: 100, refillRatePerSec: 50 },
      sensitive: [Sensitive.EMAIL, Sensitive.field('customer.iban'), Sensitive.key('pin')],
    });
    logging.bindTo(functionIn(stack, logging));

    const references = { [logGroupId(logging)]: '/myapp/production' };
    const { settings, problems, notices } = parseEnvironment(deployedVariables(stack, references));

    expect({ problems, notices }).toEqual({ problems: [], notices: [] });
    expect(settings).toMatchObject({
      core: {
        sinks: ['cloudwatch'],
        logLevel: 'warn',
        worker: true,
        traceFormat: 'snake',
        metricsNamespace: 'Shop/Orders',
        filters: ['sampling', 'rate_limit'],
      },
      app: { service: 'orders' },
      cloudwatch: { logGroupName: '/myapp/production', retentionInDays: 7 },
      sampling: { rate: 0.25, keyField: 'user.id' },
      rateLimit: { capacity: 100, refillRatePerSec: 50 },
      redaction: {
        enabled: true,
        paths: ['customer.iban'],
        keys: [...SENSITIVE_KEYS, 'pin'],
        patterns: ['email'],
      },
    });
    const [group] = resources(stack, 'AWS::Logs::LogGroup');
    expect(group!['Properties'].RetentionInDays).toBe(7);
    expect(group!['Properties'].FieldIndexPolicies[0].Fields).toContain('trace_id');
    expect(JSON.stringify(group!['Properties'].DataProtectionPolicy)).toContain(
      'data-identifier/EmailAddress',
    );
  });

  test('about filters is checked, with the rest', () => {
    const props: object = { sampling: { rate: 2 }, rateLimit: { capacitty: 1 } };

    expect(() => loggingIn(newStack(context), props)).toThrow(
      'invalid settings:\n' +
        '  - Stack/Logging: props.sampling.rate is 2; allowed: a number from 0 to 1\n' +
        '  - Stack/Logging: props.rateLimit.capacitty is 1: no such setting; did you mean "capacity"?',
    );
  });

  test('for all may be said otherwise for one, whose filters come on top', () => {
    const stack = newStack(context);
    const logging = loggingIn(stack, { service: 'all', sampling: { rate: 0.5 } });

    const data = logging.toConfigMapData({ service: 'one', rateLimit: {}, sampling: { rate: 1 } });

    expect(data).toMatchObject({
      FAPILOG_SERVICE: 'one',
      FAPILOG_CORE__FILTERS: '["sampling","rate_limit"]',
      FAPILOG_FILTER_CONFIG__SAMPLING__RATE: '1',
    });
    expect(logging.environment).toMatchObject({
      FAPILOG_SERVICE: 'all',
      FAPILOG_CORE__FILTERS: '["sampling"]',
      FAPILOG_FILTER_CONFIG__SAMPLING__RATE: '0.5',
    });
  });
});

describe.each(flagSets)('subscription filters %s', (_, context) => {
  const filterIn = (
    stack: ReturnType<typeof newStack>,
    id: string,
    logGroup: logs.ILogGroup,
    fn: lambda.IFunction,
  ) =>
    new logs.SubscriptionFilter(stack, id, {
      logGroup,
      filterPattern: logs.FilterPattern.allEvents(),
      destination: new destinations.LambdaDestination(fn),
    });

  test('that send a function its own lines are refused', () => {
    const stack = newStack(context);
    const logging = loggingIn(stack);
    const fn = functionIn(stack);
    filterIn(stack, 'Loop', logging.logGroup, fn);

    logging.bindTo(fn);

    expect(() => Template.fromStack(stack)).toThrow(
      /Stack\/Loop.* sends log events to Stack\/Function, which itself logs to Stack\/Logging\/LogGroup/,
    );
  });

  test('are a warning where no more may come', () => {
    const stack = newStack(context);
    const logging = loggingIn(stack);
    filterIn(stack, 'Reader', logging.logGroup, functionIn(stack));

    logging.archiveTo(new s3.Bucket(stack, 'Bucket'));

    expect(warnings(stack)).toEqual([
      expect.stringContaining('[ack: fapilog-cloudwatch:subscriptionFilters]'),
    ]);
  });
});

describe.each(flagSets)('a log group of class INFREQUENT_ACCESS %s', (_, context) => {
  test('has no metric filters and no archive, and says why', () => {
    const stack = newStack(context);
    const logging = loggingIn(stack, { logGroupClass: logs.LogGroupClass.INFREQUENT_ACCESS });

    expect(() => logging.metricErrors()).toThrow(/INFREQUENT_ACCESS/);
    expect(() => logging.archiveTo(new s3.Bucket(stack, 'Bucket'))).toThrow(/INFREQUENT_ACCESS/);
    expect(logging.metricIncomingLogEvents()).toBeDefined();
  });
});
