import { App, Aspects, CfnParameter, Fn, Stack } from 'aws-cdk-lib';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import * as origins from 'aws-cdk-lib/aws-cloudfront-origins';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Template } from 'aws-cdk-lib/assertions';
import * as logs from 'aws-cdk-lib/aws-logs';
import { CloudWatchLogging, Sensitive, type BindTarget } from '../../../lib/index.js';
import {
  account,
  flagSets,
  functionIn,
  logGroupId,
  loggingIn,
  newStack,
  ourWarnings,
  policyDocuments,
  region,
  resources,
  variables,
  warnings,
  writerPolicy,
} from '../stacks.js';
import {
  code,
  containerIn,
  instanceIn,
  launchTemplateIn,
  roleIn,
  Service,
  taskDefinitionIn,
} from './targets.js';

/** The sinks that a function's environment names. */
function sinksOf(environment: unknown): unknown {
  return (environment as { Variables: Record<string, unknown> }).Variables['FAPILOG_CORE__SINKS'];
}

/** CDK prints the warnings that it finds. */
beforeEach(() => {
  jest.spyOn(console, 'error').mockImplementation();
  jest.spyOn(console, 'warn').mockImplementation();
});
afterEach(() => jest.restoreAllMocks());

const STDOUT = { delivery: 'stdout' } as const;

/** Programs whose lines Lambda cannot deliver. */
const notLambdas: [string, (stack: Stack) => BindTarget][] = [
  ['a task definition', (stack) => taskDefinitionIn(stack)],
  ['a container', (stack) => containerIn(taskDefinitionIn(stack))],
  ['an instance', (stack) => instanceIn(stack)],
  ['a launch template', (stack) => launchTemplateIn(stack)],
  ['anything else with addEnvironment', (stack) => new Service(stack)],
  [
    'an imported function',
    (stack) =>
      lambda.Function.fromFunctionAttributes(stack, 'Theirs', {
        functionArn: `arn:aws:lambda:${region}:${account}:function:theirs`,
        role: roleIn(stack),
      }),
  ],
];

/** The logging configuration of the only function with code of its own. */
function loggingConfig(stack: Stack): unknown {
  const functions = resources(stack, 'AWS::Lambda::Function');
  return functions[0]!['Properties'].LoggingConfig;
}

describe.each(flagSets)('delivery by Lambda %s', (_, context) => {
  test('sets where and from which level Lambda writes, and no variable of the sink cloudwatch', () => {
    // GIVEN
    const stack = newStack(context);
    const props = {
      service: 'api',
      logLevel: 'warn',
      settings: { batchSize: 50, gzip: false },
      worker: true,
    };
    const logging = loggingIn(stack, {
      ...props,
      sensitive: [Sensitive.key('iban')],
      rateLimit: { capacity: 9 },
    });

    // WHEN
    logging.bindTo(functionIn(stack, { role: roleIn(stack) }), STDOUT);

    // THEN
    expect(loggingConfig(stack)).toEqual({
      ApplicationLogLevel: 'WARN',
      LogFormat: 'JSON',
      LogGroup: { Ref: logGroupId(logging) },
    });
    expect(variables(stack)).toEqual({
      FAPILOG_CORE__SINKS: '["stdout_json"]',
      FAPILOG_CORE__LOG_LEVEL: 'WARNING',
      FAPILOG_CORE__FILTERS: '["rate_limit"]',
      FAPILOG_FILTER_CONFIG__RATE_LIMIT__CAPACITY: '9',
      FAPILOG_REDACTION__ENABLED: 'true',
      FAPILOG_REDACTION__KEYS: expect.stringContaining('"iban"'),
      FAPILOG_REDACTION__PATTERNS: '[]',
      FAPILOG_SERVICE: 'api',
    });
    // As `cdk synth --strict` demands.
    expect(warnings(stack)).toEqual([]);
  });

  describe('of the construct', () => {
    const props = { ...STDOUT, settings: { logStreamPrefix: 'api/' } };

    test('holds for its functions, unless they are bound otherwise', () => {
      const stack = newStack(context);
      const logging = loggingIn(stack, props);

      logging.bindTo(functionIn(stack, { role: roleIn(stack) }));
      logging.bindTo(new lambda.Function(stack, 'Own', code), { delivery: 'direct' });

      const functions = resources(stack, 'AWS::Lambda::Function').map(({ Properties }) => Properties);
      expect(functions.map(({ LoggingConfig }) => LoggingConfig as unknown)).toEqual([
        expect.objectContaining({ LogFormat: 'JSON' }),
        undefined,
      ]);
      expect(functions.map(({ Environment }) => sinksOf(Environment))).toEqual([
        '["stdout_json"]',
        '["cloudwatch"]',
      ]);
    });

    test.each(notLambdas)('does not hold for %s, nor for what is exported', (__, make) => {
      const [stack, other] = [newStack(context), newStack(context)];
      const [logging, direct] = [loggingIn(stack, props), loggingIn(other, { settings: props.settings })];

      logging.bindTo(make(stack));
      direct.bindTo(make(other));

      expect(Template.fromStack(stack).toJSON()).toEqual(Template.fromStack(other).toJSON());
      expect(stack.resolve(logging.environment)).toEqual(other.resolve(direct.environment));
    });

    test('is refused under a name that nobody knows', () => {
      const given = { delivery: 'stderr' } as object;
      expect(() => loggingIn(newStack(context), given)).toThrow(
        'Stack/Logging: props.delivery is "stderr"; allowed: "direct" or "stdout"',
      );
    });
  });

  test('a second call changes nothing', () => {
    const stack = newStack(context);
    const logging = loggingIn(stack, { logGroupName: '/myapp/production' });
    const fn = functionIn(stack, { role: logging.role, logGroup: logging.logGroup });

    logging.bindTo(fn, STDOUT);
    const before = loggingConfig(stack);
    logging.bindTo(fn, STDOUT);

    expect(loggingConfig(stack)).toEqual(before);
    expect(policyDocuments(stack)).toEqual([writerPolicy(logging)]);
    expect(ourWarnings(stack)).toEqual([]);
  });

  test('settings of the construct that the other sink obeys, too, are kept', () => {
    const stack = newStack(context);
    const settings = { level: 'error', shutdownDeadlineSeconds: 3, logStreamPrefix: 'api/' } as const;
    const logging = loggingIn(stack, { settings });

    logging.bindTo(functionIn(stack, { role: roleIn(stack) }), STDOUT);

    expect(variables(stack)).toEqual({
      FAPILOG_CORE__SINKS: '["stdout_json"]',
      FAPILOG_CLOUDWATCH__SHUTDOWN_DEADLINE_SECONDS: '3',
      FAPILOG_SINK_CONFIG__STDOUT_JSON__LEVEL: 'ERROR',
    });
    // Lambda names the log streams.
    expect(policyDocuments(stack)).toContainEqual(writerPolicy(logging));
  });

  describe('the execution role', () => {
    test('that CDK defines may write already, and gets nothing', () => {
      const stack = newStack(context);
      const logging = loggingIn(stack);
      const fn = new lambda.Function(stack, 'Function', code);

      const grant = logging.bindTo(fn, STDOUT);
      fn.role!.addManagedPolicy(iam.ManagedPolicy.fromAwsManagedPolicyName('AmazonSQSReadOnlyAccess'));

      expect(grant.success).toBe(false);
      // That of the writer role.
      expect(policyDocuments(stack)).toEqual([writerPolicy(logging)]);
      const role = resources(stack, 'AWS::IAM::Role').find(({ Properties }) => Properties.ManagedPolicyArns);
      expect(JSON.stringify(role!['Properties'].ManagedPolicyArns)).toMatch(
        /AWSLambdaBasicExecutionRole.*AmazonSQSReadOnlyAccess/,
      );
      expect(ourWarnings(stack)).toEqual([]);
    });

    test.each<[string, (role: iam.CfnRole) => void]>([
      ['removes', (role) => (role.managedPolicyArns = [])],
      ['overrides', (role) => role.addPropertyDeletionOverride('ManagedPolicyArns')],
    ])('whose policy an Aspect %s is reported, with the statement', (__, change) => {
      const stack = newStack(context);
      const fn = new lambda.Function(stack, 'Function', code);
      loggingIn(stack, { logGroupName: '/myapp/production' }).bindTo(fn, STDOUT);

      Aspects.of(fn).add({ visit: (each) => iam.CfnRole.isCfnRole(each) && change(each) });

      expect(ourWarnings(stack)).toEqual([
        expect.stringMatching(
          /the execution policy of AWS .* has been removed\. Its owner has to add .*"logs:PutLogEvents".*\/myapp\/production/,
        ),
      ]);
    });

    test('whose policy is replaced by a grant may write', () => {
      const stack = newStack(context);
      const fn = new lambda.Function(stack, 'Function', code);
      const logging = loggingIn(stack);
      logging.bindTo(fn, STDOUT);
      logging.grantWrite(fn);

      (fn.role!.node.defaultChild as iam.CfnRole).managedPolicyArns = [];

      expect(ourWarnings(stack)).toEqual([]);
    });

    test.each<[string, (stack: Stack) => iam.IRole]>([
      ['of its own', roleIn],
      ['by a name', (stack) => iam.Role.fromRoleName(stack, 'Imported', 'theirs')],
    ])('%s gets the two actions that Lambda needs', (__, makeRole) => {
      const stack = newStack(context);
      const logging = loggingIn(stack);

      logging.bindTo(functionIn(stack, { role: makeRole(stack) }), STDOUT);

      expect(policyDocuments(stack)).toEqual([writerPolicy(logging), writerPolicy(logging)]);
      expect(ourWarnings(stack)).toEqual([]);
    });

    test('that takes no policies is reported, with the statement', () => {
      const stack = newStack(context);
      const arn = `arn:aws:iam::${account}:role/theirs`;
      const role = iam.Role.fromRoleArn(stack, 'Imported', arn, { mutable: false });

      loggingIn(stack).bindTo(functionIn(stack, { role }), STDOUT);

      expect(ourWarnings(stack)).toEqual([
        expect.stringMatching(
          /"logs:CreateLogStream","logs:PutLogEvents".*fapilog-cloudwatch:grantWithoutEffect\]$/,
        ),
      ]);
    });
  });

  test.each([
    [undefined, 'INFO'],
    ['trace', 'TRACE'],
    ['debug', 'DEBUG'],
    ['INFO', 'INFO'],
    ['warning', 'WARN'],
    ['error', 'ERROR'],
    ['critical', 'FATAL'],
    ['silent', 'FATAL'],
  ])('the log level %s is %s of Lambda', (logLevel, applied) => {
    const stack = newStack(context);

    loggingIn(stack).bindTo(functionIn(stack), { ...STDOUT, logLevel });

    expect(loggingConfig(stack)).toMatchObject({ ApplicationLogLevel: applied });
  });

  test.each([
    ['FAPILOG_CORE__LOG_LEVEL', 'debug', 'DEBUG'],
    ['FAPILOG_CORE__LOG_LEVEL', 'ERROR', 'ERROR'],
    ['fapilog_core__log_level', 'trace', 'TRACE'],
  ])("the function's own variable %s=%s counts", (name, value, applied) => {
    const stack = newStack(context);

    loggingIn(stack).bindTo(functionIn(stack, { environment: { [name]: value } }), STDOUT);

    expect(loggingConfig(stack)).toMatchObject({ ApplicationLogLevel: applied });
    expect(ourWarnings(stack)).toEqual([]);
  });

  test('Lambda discards nothing by a level that only the deployment knows', () => {
    const stack = newStack(context);
    const logLevel = new CfnParameter(stack, 'Level').valueAsString;

    loggingIn(stack, { logLevel }).bindTo(functionIn(stack), STDOUT);

    expect(loggingConfig(stack)).toMatchObject({ ApplicationLogLevel: 'TRACE' });
  });

  test("lines of Python's fapilog have no level that Lambda finds, and pass as INFO", () => {
    const stack = newStack(context);
    const fn = functionIn(stack, { runtime: lambda.Runtime.PYTHON_3_13 });

    loggingIn(stack).bindTo(fn, { ...STDOUT, readers: ['python'], logLevel: 'error' });

    expect(loggingConfig(stack)).toMatchObject({ ApplicationLogLevel: 'INFO' });
    expect(variables(stack)).toEqual({
      FAPILOG_CORE__SINKS: '["stdout_json"]',
      FAPILOG_CORE__FILTERS: '["level"]',
      FAPILOG_CORE__LOG_LEVEL: 'ERROR',
      FAPILOG_FILTER_CONFIG__LEVEL__MIN_LEVEL: 'ERROR',
    });
    expect(ourWarnings(stack)).toEqual([]);
  });

  test('what the function says beside that stays', () => {
    const stack = newStack(context);
    const fn = functionIn(stack, {
      loggingFormat: lambda.LoggingFormat.JSON,
      systemLogLevelV2: lambda.SystemLogLevel.WARN,
      applicationLogLevelV2: lambda.ApplicationLogLevel.DEBUG,
    });

    loggingIn(stack).bindTo(fn, STDOUT);

    expect(loggingConfig(stack)).toMatchObject({ ApplicationLogLevel: 'DEBUG', SystemLogLevel: 'WARN' });
  });

  test('a function of another stack writes to the log group, too', () => {
    const app = new App({ context: { ...context } });
    const env = { account, region };
    const logging = loggingIn(new Stack(app, 'Logs', { env }), { logGroupName: '/myapp/production' });
    const stack = new Stack(app, 'Api', { env });
    const fn = functionIn(stack);

    logging.bindTo(fn, STDOUT);
    logging.bindTo(fn, STDOUT);

    expect(ourWarnings(stack)).toEqual([]);
    expect(JSON.stringify(loggingConfig(stack))).toMatch(
      /"LogGroup":\{"Fn::(ImportValue|GetStackOutput)":.*Logs/,
    );
  });

  test('a singleton function, a version and an alias are bound at their function', () => {
    const stack = newStack(context);
    const logging = loggingIn(stack);
    const singleton = new lambda.SingletonFunction(stack, 'One', {
      ...code,
      uuid: 'u-1',
      role: roleIn(stack),
    });
    const fn = functionIn(stack);

    logging.bindTo(singleton, STDOUT);
    logging.bindTo(
      new lambda.Alias(stack, 'Live', { aliasName: 'live', version: fn.currentVersion }),
      STDOUT,
    );

    const configs = resources(stack, 'AWS::Lambda::Function').map(
      ({ Properties }) => Properties.LoggingConfig,
    );
    expect(configs).toEqual(Array(2).fill(expect.objectContaining({ LogFormat: 'JSON' })));
    expect(ourWarnings(stack)).toEqual([]);
  });

  describe('is refused', () => {
    const elsewhere = 'it is no function that this app defines; bind it with delivery: "direct"';

    test.each(notLambdas)('to %s', (__, make) => {
      const stack = newStack(context);
      const logging = loggingIn(stack);
      const target = make(stack);
      const before = policyDocuments(stack);

      expect(() => logging.bindTo(target, STDOUT)).toThrow(
        `Stack/Logging: cannot bind ${target.node.path} with delivery: "stdout", because ${elsewhere}`,
      );
      expect(policyDocuments(stack)).toEqual(before);
    });

    test('to a function in another Region', () => {
      const stack = newStack(context);
      const logging = loggingIn(stack, { logGroupName: '/myapp/production' });
      const other = new Stack(stack.node.root, 'Other', { env: { account, region: 'us-west-2' } });

      expect(() => logging.bindTo(functionIn(other), STDOUT)).toThrow(
        "Lambda writes to log groups of the function's own account and Region, and this one is elsewhere",
      );
    });

    test.each<[string, (stack: Stack) => Partial<lambda.FunctionProps>, string]>([
      [
        'writes text',
        () => ({ loggingFormat: lambda.LoggingFormat.TEXT }),
        'its log format is "Text", and Lambda applies a level to JSON alone',
      ],
      [
        'has another log group',
        (stack) => ({ logGroup: new logs.LogGroup(stack, 'Theirs') }),
        'it has another log group',
      ],
      [
        'discards what the logger writes',
        () => ({
          loggingFormat: lambda.LoggingFormat.JSON,
          applicationLogLevelV2: lambda.ApplicationLogLevel.ERROR,
        }),
        "its application log level is ERROR, above the logger's INFO, and Lambda would discard the lines between",
      ],
      [
        'discards them by a level in lower case',
        () => ({ loggingFormat: lambda.LoggingFormat.JSON, applicationLogLevel: 'error' }),
        "its application log level is error, above the logger's INFO, and Lambda would discard the lines between",
      ],
    ])('to a function that %s', (__, props, why) => {
      const stack = newStack(context);
      const logging = loggingIn(stack);
      const fn = functionIn(stack, props(stack));

      expect(() => logging.bindTo(fn, STDOUT)).toThrow(
        `Stack/Logging: cannot bind Stack/Function with delivery: "stdout", because ${why}. Leave that out of the function`,
      );
      expect(resources(stack, 'AWS::Lambda::Function')[0]!['Properties'].Environment).toBeUndefined();
    });

    test('to a function with a logging configuration that depends on a condition, which would be lost', () => {
      const stack = newStack(context);
      const logging = loggingIn(stack);
      const fn = functionIn(stack);
      const config = Fn.conditionIf('IsText', { LogFormat: 'Text' }, { LogFormat: 'JSON' });
      (fn.node.defaultChild as lambda.CfnFunction).loggingConfig = config;

      expect(() => logging.bindTo(fn, STDOUT)).toThrow(
        'because only the deployment knows its logging configuration as a whole. Leave that out of the function',
      );
    });

    test('where a function is bound with the other delivery already', () => {
      const stack = newStack(context);
      const logging = loggingIn(stack);
      const fn = functionIn(stack);
      logging.bindTo(fn);

      expect(() => logging.bindTo(fn, STDOUT)).toThrow(
        'cannot set FAPILOG_CORE__SINKS to "[\\"stdout_json\\"]" for Stack/Logging',
      );
      expect(loggingConfig(stack)).toBeUndefined();
    });

    test.each([STDOUT, {}])('where another construct has bound the function, with %j', (options) => {
      const stack = newStack(context);
      const fn = functionIn(stack);
      loggingIn(stack).bindTo(fn, options);

      const second = new CloudWatchLogging(stack, 'Second');

      expect(() => second.bindTo(fn, STDOUT)).toThrow(
        'Stack/Second: cannot bind Stack/Function with delivery: "stdout", because Lambda writes the lines of a function to ' +
          'one log group, and Stack/Logging has bound it; bind it once',
      );
    });

    test('where another singleton of the same function has the other delivery', () => {
      const stack = newStack(context);
      const logging = loggingIn(stack);
      const role = roleIn(stack);
      const [one, two] = ['One', 'Two'].map(
        (id) => new lambda.SingletonFunction(stack, id, { ...code, uuid: 'u-1', role }),
      ) as [lambda.SingletonFunction, lambda.SingletonFunction];
      logging.bindTo(one);

      expect(() => logging.bindTo(two, STDOUT)).toThrow(
        'Stack/SingletonLambdau1: cannot set FAPILOG_CORE__SINKS to "[\\"stdout_json\\"]"',
      );
      expect(loggingConfig(stack)).toBeUndefined();
    });

    test('beside options that have no effect then, all at once', () => {
      const stack = newStack(context);
      const options = {
        streamPrefix: 'api/',
        worker: true,
        settings: { batchSize: 7, level: 'info' },
      } as const;

      const bind = (): unknown => loggingIn(stack).bindTo(functionIn(stack), { ...STDOUT, ...options });

      const where = 'Stack/Logging.bindTo(Stack/Function)';
      const nothing =
        'allowed: nothing with delivery: "stdout", where Lambda delivers the lines and names the log streams';
      expect(bind).toThrow(
        [
          'invalid settings:',
          `  - ${where}.streamPrefix is "api/"; ${nothing}`,
          `  - ${where}.worker is true; ${nothing}`,
          `  - ${where}.settings.batchSize is 7; ${nothing}`,
        ].join('\n'),
      );
    });

    test('under a name that nobody knows', () => {
      const stack = newStack(context);
      const options = { delivery: 'stderr' } as object;

      expect(() => loggingIn(stack).injector(options)).toThrow(
        'Stack/Logging.injector.delivery is "stderr"; allowed: "direct" or "stdout"',
      );
    });
  });

  describe('warns', () => {
    test.each<[string, (resource: lambda.CfnFunction) => void, string]>([
      [
        'replaced',
        (resource) => (resource.loggingConfig = { logFormat: 'Text' }),
        'its log format is not JSON; its log group is another one',
      ],
      [
        'overridden',
        (resource) => resource.addPropertyOverride('LoggingConfig.ApplicationLogLevel', 'ERROR'),
        "its application log level is ERROR, above the logger's INFO, and Lambda would discard the lines between",
      ],
      [
        'removed',
        (resource) => resource.addPropertyDeletionOverride('LoggingConfig'),
        'its log format is not JSON; its log group is another one',
      ],
    ])('of a configuration that is %s afterwards', (__, change, why) => {
      const stack = newStack(context);
      const fn = functionIn(stack);
      loggingIn(stack, { logGroupName: '/myapp/production' }).bindTo(fn, STDOUT);

      change(fn.node.defaultChild as lambda.CfnFunction);

      expect(ourWarnings(stack)).toEqual([
        `its logging configuration or log level was changed after it was bound with delivery: "stdout": ${why}; ` +
          'lines may be missing in the log group. Leave the configuration to bindTo(…), and give it the level ' +
          '[ack: fapilog-cloudwatch:loggingConfig]',
      ]);
    });

    test.each([
      [STDOUT, 'loggingConfig'],
      [{}, 'divertedLines'],
    ])('of a level that the function gets afterwards, bound with %j', (options, id) => {
      const stack = newStack(context);
      const fn = functionIn(stack, { loggingFormat: lambda.LoggingFormat.JSON });
      loggingIn(stack).bindTo(fn, options);

      fn.addEnvironment('FAPILOG_CORE__LOG_LEVEL', 'debug');

      expect(ourWarnings(stack)).toEqual([
        expect.stringMatching(
          `level is INFO, above the logger's DEBUG, and Lambda would discard the lines between.*:${id}\\]$`,
        ),
      ]);
    });

    test.each([
      [lambda.ApplicationLogLevel.WARN, 'info', ['WARN', 'INFO']],
      [undefined, 'debug', ['INFO', 'DEBUG']],
      [lambda.ApplicationLogLevel.INFO, 'info', undefined],
      [undefined, 'warn', undefined],
    ])(
      'of diverted lines, at %s of Lambda and %s of a logger that delivers by itself',
      (applied, logLevel, levels) => {
        const stack = newStack(context);
        const fn = functionIn(stack, {
          loggingFormat: lambda.LoggingFormat.JSON,
          ...(applied && { applicationLogLevelV2: applied }),
        });

        loggingIn(stack).bindTo(fn, { logLevel });

        expect(ourWarnings(stack)).toEqual(
          levels === undefined
            ? []
            : [
                `its application log level is ${levels[0]}, above the logger's ${levels[1]}, and Lambda would discard the lines between: ` +
                  'also those that the sink diverts to stderr because it cannot deliver them; give the function an ' +
                  "application log level that is not above the logger's [ack: fapilog-cloudwatch:divertedLines]",
              ],
        );
      },
    );

    test('of a log group that gets no line', () => {
      const stack = newStack(context);
      const fn = functionIn(stack, { logRetention: logs.RetentionDays.ONE_WEEK });

      loggingIn(stack).bindTo(fn, STDOUT);

      expect(ourWarnings(stack)).toEqual([
        expect.stringMatching(/^its logRetention, .* \[ack: fapilog-cloudwatch:logRetention\]$/),
      ]);
    });

    test('of a policy other than those of Lambda by which the role may write to every log group', () => {
      const stack = newStack(context);
      const role = roleIn(stack);
      role.addManagedPolicy(iam.ManagedPolicy.fromAwsManagedPolicyName('CloudWatchLogsFullAccess'));

      loggingIn(stack).bindTo(functionIn(stack, { role }), STDOUT);

      expect(ourWarnings(stack)).toEqual([
        expect.stringContaining('its role has the managed policy CloudWatchLogsFullAccess'),
      ]);
    });
  });

  test('a singleton function that is bound otherwise stays as it is where all functions have it', () => {
    const stack = newStack(context);
    const logging = loggingIn(stack);
    const singleton = new lambda.SingletonFunction(stack, 'One', {
      ...code,
      uuid: 'u-1',
      role: roleIn(stack),
    });

    logging.bindTo(singleton);
    logging.bindAll(stack, STDOUT);

    expect(loggingConfig(stack)).toBeUndefined();
    expect(variables(stack)).toMatchObject({ FAPILOG_CORE__SINKS: '["cloudwatch"]' });
    expect(ourWarnings(stack)).toEqual([]);
  });

  test('all functions of a stack can have it, and what cannot is left out until it is bound otherwise', () => {
    const stack = newStack(context);
    const logging = loggingIn(stack);
    const fn = functionIn(stack);
    const task = taskDefinitionIn(stack);
    containerIn(task);

    logging.bindAll(fn, STDOUT);
    logging.bindAll(task, STDOUT);

    expect(loggingConfig(stack)).toMatchObject({ LogFormat: 'JSON' });
    expect(ourWarnings(stack)).toEqual([
      expect.stringMatching(/is no function that this app defines.*fapilog-cloudwatch:leftOut\]$/),
    ]);
  });

  test('Lambda@Edge has neither variables nor this log group, and is reported', () => {
    const stack = newStack(context, { env: { account, region: 'us-east-1' } });
    const fn = functionIn(stack, {
      role: new iam.Role(stack, 'EdgeRole', {
        assumedBy: new iam.CompositePrincipal(
          new iam.ServicePrincipal('lambda.amazonaws.com'),
          new iam.ServicePrincipal('edgelambda.amazonaws.com'),
        ),
      }),
    });
    loggingIn(stack).bindTo(fn, STDOUT);
    new cloudfront.Distribution(stack, 'Site', {
      defaultBehavior: {
        origin: new origins.HttpOrigin('example.com'),
        edgeLambdas: [
          { eventType: cloudfront.LambdaEdgeEventType.VIEWER_REQUEST, functionVersion: fn.currentVersion },
        ],
      },
    });

    expect(ourWarnings(stack)).toEqual([
      expect.stringMatching(/no longer set here, as on Lambda@Edge.*variablesGone\]$/),
    ]);
  });
});
