import { readFileSync } from 'node:fs';
import { Annotations, App, Stack } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import type { IConstruct } from 'constructs';
import { CloudWatchLogging, Sensitive, Trust, type BindOptions, type Reader } from '../../../lib/index.js';
import { namedRows } from '../../support/setting-values.js';
import {
  account,
  flagSets,
  functionIn,
  loggingIn,
  newStack,
  policyDocuments,
  region,
  resources,
  variables,
  warnings,
} from '../stacks.js';

const python: BindOptions = { readers: ['python'] };
const both: BindOptions = { readers: ['nodejs', 'python'] };

const pythonCode = { runtime: lambda.Runtime.PYTHON_3_13, code: lambda.Code.fromInline('#') };

/** CDK prints the warnings that it finds. */
beforeEach(() => void jest.spyOn(console, 'error').mockImplementation());
afterEach(() => jest.restoreAllMocks());

/** Ids of the warnings in the stack, without what all have in common. */
function ids(stack: Stack): string[] {
  return warnings(stack).map((text) => /\[ack: fapilog-cloudwatch:(.*)\]$/.exec(String(text))![1]!);
}

/** Warnings at a construct. */
function saidAt({ node }: IConstruct): unknown[] {
  return node.metadata.filter(({ type }) => type === 'aws:cdk:warning').map(({ data }) => data);
}

describe.each(flagSets)('readers %s', (_, context) => {
  describe('of a construct', () => {
    test('are Node.js alone', () => {
      const stack = newStack(context);

      loggingIn(stack, { logLevel: 'fatal', sensitive: [Sensitive.EMAIL], settings: { spoolDir: '/x' } });

      expect(warnings(stack)).toEqual([]);
    });

    test('decide about the variables of all writers', () => {
      const stack = newStack(context);
      const logging = loggingIn(stack, { ...python, logLevel: 'fatal', worker: true });
      logging.bindTo(functionIn(stack, pythonCode), { streamPrefix: 'api/' });

      const expected = {
        FAPILOG_CORE__LOG_LEVEL: 'ERROR',
        FAPILOG_FILTER_CONFIG__LEVEL__MIN_LEVEL: 'CRITICAL',
      };
      expect(logging.environment).toMatchObject(expected);
      expect(logging.toConfigMapData()).toMatchObject(expected);
      expect(variables(stack)).toMatchObject({
        ...expected,
        FAPILOG_CLOUDWATCH__LOG_STREAM_NAME: 'api/shared',
      });
      expect(Object.keys(variables(stack))).not.toContain('FAPILOG_CORE__WORKER');
      expect(warnings(stack)).toEqual([]);
    });

    test('are warned of there, once', () => {
      const stack = newStack(context);
      const logging = loggingIn(stack, { ...both, settings: { spoolDir: '/x' } });
      logging.bindTo(functionIn(stack), { settings: { oversizeAction: 'split' } });
      logging.toConfigMapData();

      expect(ids(stack)).toEqual(['pythonReader:spoolDir', 'pythonReader:oversizeAction']);
      expect(saidAt(logging)).toEqual([
        'settings.spoolDir is "/x", and Python\'s fapilog ignores it: an event that it cannot deliver is lost; ' +
          'leave it out for Python programs, or acknowledge this [ack: fapilog-cloudwatch:pythonReader:spoolDir]',
      ]);
    });

    test('that adopts a log group are taken as well', () => {
      const stack = newStack(context);
      const logGroup = logs.LogGroup.fromLogGroupName(stack, 'Existing', '/theirs');
      const logging = CloudWatchLogging.fromLogGroup(stack, 'Adopted', logGroup, {
        ...python,
        sensitive: [Sensitive.key('pin'), Sensitive.EMAIL],
      });

      expect(logging.environment).toMatchObject({
        FAPILOG_REDACTOR_CONFIG__FIELD_BLOCKER__BLOCKED_FIELDS: expect.stringContaining('"pin"'),
      });
      expect(ids(stack)).toEqual(['pythonReader:sensitive']);
    });

    test('decide about the indexes', () => {
      const indexes = (readers?: Reader[], fieldIndexes?: string[]): unknown => {
        const stack = newStack(context);
        loggingIn(stack, { readers, fieldIndexes });
        return resources(stack, 'AWS::Logs::LogGroup')[0]!['Properties'].FieldIndexPolicies?.[0].Fields;
      };

      expect(indexes()).toEqual(['level', 'service', 'requestId']);
      expect(indexes(['python', 'nodejs'])).toEqual([
        'level',
        'service',
        'requestId',
        'diagnostics.service',
        'context.request_id',
        'context.trace_id',
      ]);
      expect(indexes(['python'], ['tenant'])).toEqual(['tenant']);
    });
  });

  describe('of one writer', () => {
    test('win over those of the construct', () => {
      const stack = newStack(context);
      const logging = loggingIn(stack, { ...both, logLevel: 'fatal' });
      logging.bindTo(functionIn(stack), { readers: ['nodejs'] });

      expect(variables(stack)).toMatchObject({ FAPILOG_CORE__LOG_LEVEL: 'CRITICAL' });
      expect(variables(stack)).not.toHaveProperty('FAPILOG_CORE__FILTERS');
    });

    test('are warned of at the writer', () => {
      const stack = newStack(context);
      const logging = loggingIn(stack, { logLevel: 'trace', settings: { level: 'warn' } });
      const fn = functionIn(stack, { logGroup: logging.logGroup });
      logging.bindTo(fn, both);

      expect(ids(stack)).toEqual(['pythonReader:logLevel', 'pythonReader:level']);
      expect(saidAt(logging)).toEqual([]);
      expect(saidAt(fn)).toEqual([
        'logLevel is "trace", which is written as DEBUG, the lowest level of Python\'s fapilog, so that Node.js logs no trace either; ' +
          'bind Python programs by themselves, with readers: ["python"] [ack: fapilog-cloudwatch:pythonReader:logLevel]',
        'settings.level is "warn", and Python\'s fapilog ignores it, and its sink takes every level; ' +
          'leave it out for Python programs, or acknowledge this [ack: fapilog-cloudwatch:pythonReader:level]',
      ]);
    });

    test('may be told for all in a scope', () => {
      const stack = newStack(context);
      const logging = loggingIn(stack);
      functionIn(stack, pythonCode);
      logging.bindAll(stack, { ...python, streamPrefix: 'jobs' });

      expect(variables(stack)).toMatchObject({ FAPILOG_CLOUDWATCH__LOG_STREAM_NAME: 'jobs-shared' });
      expect(variables(stack)).not.toHaveProperty('FAPILOG_CLOUDWATCH__LOG_STREAM_PREFIX');
      expect(warnings(stack)).toEqual([]);
    });

    test.each([
      ['api/', 'api/shared'],
      ['api', 'api-shared'],
    ])('with the prefix %s write a stream that the grant admits', (streamPrefix, name) => {
      const stack = newStack(context);
      const logging = loggingIn(stack, { logGroupName: '/myapp' });
      logging.bindTo(functionIn(stack), { ...python, streamPrefix });

      const statements = policyDocuments(stack).flatMap(({ Statement }) => Statement);
      const granted = JSON.stringify(statements.at(-1).Resource);
      expect(granted).toContain(`:log-stream:${streamPrefix}*`);
      expect(name.startsWith(streamPrefix)).toBe(true);
      expect(variables(stack)).toMatchObject({ FAPILOG_CLOUDWATCH__LOG_STREAM_NAME: name });
    });

    test('in another account do not assume the role', () => {
      const app = new App({ context: { ...context } });
      const stack = new Stack(app, 'Logs', { env: { account, region } });
      const logging = new CloudWatchLogging(stack, 'Logging', {
        logGroupName: '/central',
        roleName: 'writer',
        assumedBy: Trust.account('210987654321'),
        externalId: 'orders',
      });
      const theirs = new Stack(app, 'Theirs', { env: { account: '210987654321', region } });
      logging.bindTo(functionIn(theirs), python);

      expect(Object.keys(variables(theirs)).filter((name) => /ROLE|EXTERNAL/.test(name))).toEqual([]);
      expect(ids(theirs)).toEqual(['pythonReader:roleArn']);
    });
  });

  test('find no published settings', () => {
    const stack = newStack(context);
    const logging = loggingIn(stack);
    logging.publishSettings('ForNode');
    logging.publishSettings('ForBoth', both);

    expect(ids(stack)).toEqual(['pythonReader:publishSettings']);
  });

  test.each([
    [lambda.Runtime.PYTHON_3_13, {}, ['pythonRuntime']],
    [lambda.Runtime.PYTHON_3_13, python, []],
    [lambda.Runtime.PYTHON_3_13, both, []],
    [lambda.Runtime.NODEJS_22_X, {}, []],
  ])('are those of the runtime %s with %j', (runtime, options, expected) => {
    const stack = newStack(context);
    loggingIn(stack).bindTo(functionIn(stack, { ...pythonCode, runtime }), options);

    expect(ids(stack)).toEqual(expected);
  });

  test('can be acknowledged', () => {
    const stack = newStack(context);
    const logging = loggingIn(stack, { ...both, settings: { spoolDir: '/x' } });
    const fn = functionIn(stack);
    logging.bindTo(fn, { logLevel: 'trace' });

    Annotations.of(logging).acknowledgeWarning('fapilog-cloudwatch:pythonReader:spoolDir');
    Annotations.of(fn).acknowledgeWarning('fapilog-cloudwatch:pythonReader:logLevel');

    expect(warnings(stack)).toEqual([]);
  });

  test.each<[unknown, string]>([
    ['python', '"python"'],
    [[], '[]'],
    [['ruby'], "[ 'ruby' ]"],
    [['Python'], "[ 'Python' ]"],
    [['python', 'python'], "[ 'python', 'python' ]"],
    [null, 'null'],
    [{ python: true }, '{ python: true }'],
  ])('are refused, and nothing is changed: %j', (readers, shown) => {
    const stack = newStack(context);
    const logging = loggingIn(stack);
    const fn = functionIn(stack);
    const wrong = { readers: readers as Reader[] };
    const sentence = `is ${shown}; allowed: a list of "nodejs" and "python", one or both, each once`;

    expect(() => new CloudWatchLogging(stack, 'Other', wrong)).toThrow(
      `invalid setting: Stack/Other: props.readers ${sentence}`,
    );
    expect(() => logging.bindTo(fn, wrong)).toThrow(
      `invalid setting: Stack/Logging.bindTo(Stack/Function).readers ${sentence}`,
    );
    expect(resources(stack, 'AWS::Lambda::Function')[0]!['Properties']).not.toHaveProperty('Environment');
  });
});

describe('readers of Python', () => {
  test.each<[string, BindOptions, string[]]>([
    ['a stream that is not created', { settings: { createLogStream: false } }, ['createLogStream']],
    ['one with a prefix', { streamPrefix: 'a', settings: { createLogStream: false } }, ['createLogStream']],
    ['one with a name', { settings: { createLogStream: false, logStreamName: 'a' } }, []],
    ['a prefix', { streamPrefix: 'a' }, []],
    ['a spool', { settings: { spoolDir: '/x', spoolMode: 'always' } }, ['spoolDir']],
    ['large events', { settings: { oversizeAction: 'split' } }, ['oversizeAction']],
    ['large events that are dropped', { settings: { oversizeAction: 'drop' } }, []],
    ['a level of the sink', { settings: { level: 'warn' } }, ['level']],
    ['a field that limits', { rateLimit: { keyField: 'user.id' } }, ['rateLimit.keyField']],
    ['a field that limits at the top', { rateLimit: { keyField: 'level' } }, []],
    ['a window', { rateLimit: { windowSeconds: 9 } }, []],
    ['a field that samples', { sampling: { keyField: 'user.id' } }, ['sampling.keyField']],
    ['signals', { settings: { installSignalHandlers: false } }, []],
    ['retries', { settings: { maxRetries: 0 } }, []],
    ['levels that both have', { logLevel: 'fatal' }, []],
    ['no level', { logLevel: 'silent' }, []],
    [
      'a worker',
      { worker: true, traceFormat: 'xray', service: 'api', settings: { gzip: false, ordered: true } },
      [],
    ],
  ])('are warned of %s: %j', (__, options, expected) => {
    for (const readers of [python, both]) {
      const stack = newStack();
      loggingIn(stack).bindTo(functionIn(stack), { ...options, ...readers });

      expect(ids(stack)).toEqual(expected.map((name) => `pythonReader:${name}`));
    }
  });

  test.each<[string, BindOptions, string[]]>([
    ['a rate', { sampling: { rate: 0.5 } }, ['sampling.rate']],
    ['a rate of 1', { sampling: { rate: 1 } }, []],
    ['a level that always passes', { sampling: { alwaysLevel: 'warn' } }, ['sampling.alwaysLevel']],
    ['trace', { logLevel: 'trace' }, ['logLevel']],
  ])('are warned of %s only if they are both in one program', (__, options, expected) => {
    const [alone, shared] = [python, both].map((readers) => {
      const stack = newStack();
      loggingIn(stack).bindTo(functionIn(stack), { ...options, ...readers });
      return ids(stack);
    });

    expect(alone).toEqual([]);
    expect(shared).toEqual(expected.map((name) => `pythonReader:${name}`));
  });

  test.each([
    ['a field', [Sensitive.field('customer.iban')], []],
    ['a name', [Sensitive.key('pin')], []],
    ['what the service masks alone', [Sensitive.managed(logs.DataIdentifier.EMAILADDRESS)], []],
    ['a pattern', [Sensitive.EMAIL, Sensitive.CARD_NUMBER], ['pythonReader:sensitive']],
  ])('are warned of sensitive data by %s', (__, sensitive, expected) => {
    const stack = newStack();
    loggingIn(stack, { ...both, sensitive });

    expect(ids(stack)).toEqual(expected);
  });
});

/** Rows that harm Python, and for which the construct writes something else. */
const REMEDIED = [
  'sinks',
  'filters',
  'logStreamPrefix',
  'installSignalHandlers',
  'windowSeconds',
  'enabled',
  'paths',
  'keys',
];

test.each(
  namedRows
    .filter(({ section }) =>
      ['core', 'app', 'cloudwatch', 'sampling', 'rateLimit', 'redaction'].includes(section),
    )
    .filter(({ key, row }) => row.python.harm !== undefined && !REMEDIED.includes(key))
    .map(({ section, key }) => {
      if (section === 'redaction') return 'sensitive';
      return section === 'sampling' || section === 'rateLimit' ? `${section}.${key}` : key;
    }),
)('the page about the construct names the warning of %s', (name) => {
  const page = readFileSync('docs/construct.md', 'utf8');
  const section = page.slice(page.indexOf('## Python beside'), page.indexOf('## The log group'));

  expect(section).toContain(`\`${name}`);
});
