import * as logs from 'aws-cdk-lib/aws-logs';
import { encodeEnvironment, parseEnvironment } from '../../../contract/codec.js';
import { SettingsError } from '../../../contract/problems.js';
import { redactionSettings, SENSITIVE_KEYS } from '../../../contract/settings/redaction.js';
import { complete } from '../../../contract/settings/setting.js';
import { dataProtectionOf, identifiersOf, redactionOf, Sensitive } from '../../../lib/group/sensitive.js';
import type { Fields } from '../../../runtime/log-record.js';
import { pathProblems } from '../../../runtime/redact/paths.js';
import { makeRedactor } from '../../../runtime/redact/redactor.js';
import { formatLine } from '../../../runtime/serialize/line.js';
import { flagSets, newStack } from '../stacks.js';

const { EMAIL, CARD_NUMBER, AWS_KEY, BEARER_TOKEN } = Sensitive;
const ADDRESS = logs.DataIdentifier.ADDRESS;

/** What a sink hides that reads the variables. */
function line(sensitive: readonly Sensitive[], message: string, fields: Fields = {}): Fields {
  const environment = encodeEnvironment({ redaction: redactionOf(sensitive) });
  const { settings, problems } = parseEnvironment(environment);
  expect(problems).toEqual([]);
  const { redact } = makeRedactor(complete(redactionSettings, settings.redaction), (code) => fail(code));
  const record = redact({ timeMs: 0, level: 'info', message, fields: [fields] });
  const { timestamp: _, level: __, ...rest } = JSON.parse(formatLine(record)) as Fields;
  return rest;
}

function fail(code: string): never {
  throw new Error(code);
}

describe('the settings of the sink', () => {
  test.each([
    ['none of nothing', [], {}],
    ['none of what only the service masks', [Sensitive.managed(ADDRESS)], {}],
    ['the patterns, and no others', [EMAIL, BEARER_TOKEN], { patterns: ['email', 'bearer_token'] }],
    ['every pattern', [CARD_NUMBER, AWS_KEY], { patterns: ['card_number', 'aws_key'] }],
    [
      'paths',
      [Sensitive.field('customer.iban'), Sensitive.field('orders[*].iban')],
      { paths: ['customer.iban', 'orders[*].iban'], patterns: [] },
    ],
    [
      'names beside the usual ones',
      [Sensitive.key('iban'), Sensitive.key('password')],
      { keys: [...SENSITIVE_KEYS, 'iban'], patterns: [] },
    ],
    [
      'each once',
      [
        EMAIL,
        EMAIL,
        Sensitive.key('iban'),
        Sensitive.key('iban'),
        Sensitive.field('a'),
        Sensitive.field('a'),
      ],
      { paths: ['a'], keys: [...SENSITIVE_KEYS, 'iban'], patterns: ['email'] },
    ],
  ])('are %s', (_, sensitive, settings) => {
    const enabled = Object.keys(settings).length > 0 ? { enabled: true } : {};

    expect(redactionOf(sensitive)).toEqual({ ...enabled, ...settings });
  });

  test('are the same when they come out of the variables', () => {
    const redaction = redactionOf([EMAIL, Sensitive.field('customer.iban'), Sensitive.key('iban')]);

    const { settings, problems } = parseEnvironment(encodeEnvironment({ redaction }));

    expect(problems).toEqual([]);
    expect(settings.redaction).toEqual(redaction);
  });
});

describe('the sink hides', () => {
  test.each<[string, Sensitive, string]>([
    ['an e-mail address', EMAIL, 'someone@example.com'],
    ['a card number', CARD_NUMBER, '4111111111111111'],
    ['the id of an access key', AWS_KEY, 'AKIAIOSFODNN7EXAMPLE'],
    ['a JSON Web Token', BEARER_TOKEN, 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl'],
  ])('%s, and nothing else', (_, sensitive, secret) => {
    expect(line([sensitive], `it is ${secret} here`)).toEqual({ message: 'it is [redacted] here' });
    expect(line([Sensitive.key('other')], `it is ${secret} here`)).toEqual({
      message: `it is ${secret} here`,
    });
  });

  test('a field at a path, and fields of usual names', () => {
    const fields = { orders: [{ iban: 'DE1', total: 3 }], iban: 'DE2', password: 'x' };

    expect(line([Sensitive.field('orders[*].iban')], 'paid', fields)).toEqual({
      message: 'paid',
      orders: [{ iban: '[redacted]', total: 3 }],
      iban: 'DE2',
      password: '[redacted]',
    });
  });

  test('fields of a name at any depth, and of usual names', () => {
    const fields = { customer: { account: { IBAN: 'DE1' } }, iban: 'DE2', token: 'x', total: 3 };

    expect(line([Sensitive.key('iban')], 'paid', fields)).toEqual({
      message: 'paid',
      customer: { account: { IBAN: '[redacted]' } },
      iban: '[redacted]',
      token: '[redacted]',
      total: 3,
    });
  });

  test('nothing of what only the service masks', () => {
    const fields = { password: 'x' };

    expect(line([Sensitive.managed(ADDRESS)], 'hello', fields)).toEqual({ message: 'hello', password: 'x' });
  });
});

describe('a path', () => {
  test.each(['iban', 'customer.iban', 'orders[*].iban', '*.iban', 'a["b-c"].d', "a['[x']", 'a[0][1]'])(
    'may be %s, as in the sink',
    (path) => {
      expect(Sensitive.field(path).redacted).toEqual({ paths: [path] });
      expect(pathProblems([path], 'x')).toEqual([]);
    },
  );

  test.each(['a..b', 'a,b', 'a[0', 'a]', 'a][0'])('may not be %s, as in the sink', (path) => {
    expect(pathProblems([path], 'x')).toHaveLength(1);
    expect(() => Sensitive.field(path)).toThrow(
      new SettingsError([
        { where: 'Sensitive.field', value: path, allowed: 'a path such as customer.iban or orders[*].iban' },
      ]),
    );
  });

  test.each(['', ' ', ' iban'])('and a name may not be "%s"', (blank) => {
    expect(() => Sensitive.field(blank)).toThrow(SettingsError);
    expect(() => Sensitive.key(blank)).toThrow(
      new SettingsError([
        {
          where: 'Sensitive.key',
          value: blank,
          allowed: 'the name of a field, without blanks around it',
        },
      ]),
    );
  });
});

describe.each(flagSets)("the log group's policy %s", (_, context) => {
  function policyOf(sensitive: readonly Sensitive[], region = 'eu-central-1'): any {
    const stack = newStack(context, { env: { region } });
    const dataProtectionPolicy = dataProtectionOf(sensitive)!;
    const logGroup = new logs.LogGroup(stack, 'LogGroup', { dataProtectionPolicy });
    return stack.resolve((logGroup.node.defaultChild as logs.CfnLogGroup).dataProtectionPolicy);
  }

  test('masks what the service can find, each once, and reports its findings nowhere', () => {
    const policy = policyOf([EMAIL, CARD_NUMBER, AWS_KEY, BEARER_TOKEN, EMAIL, Sensitive.managed(ADDRESS)]);

    const managed = ['EmailAddress', 'CreditCardNumber', 'AwsSecretKey', 'Address'].map((name) =>
      managedArn(context, 'aws', name),
    );
    const [email, card, secret, address] = managed;
    const identifiers = [email, card, secret, 'AwsAccessKeyId', 'BearerToken', 'JsonWebToken', address];
    expect(policy).toEqual({
      Name: 'data-protection-policy-cdk',
      Description: 'cdk generated data protection policy',
      Version: '2021-06-01',
      Configuration: {
        CustomDataIdentifier: [
          { Name: 'AwsAccessKeyId', Regex: 'A[BCKS][CI]A[A-Z0-9]{16}' },
          { Name: 'BearerToken', Regex: '[Bb]earer +[A-Za-z0-9_.+/=-]{20,}' },
          {
            Name: 'JsonWebToken',
            Regex: 'eyJ[A-Za-z0-9_-]{5,}[.][A-Za-z0-9_-]{5,}[.][A-Za-z0-9_-]*',
          },
        ],
      },
      Statement: [
        {
          Sid: 'audit-statement-cdk',
          DataIdentifier: identifiers,
          Operation: { Audit: { FindingsDestination: {} } },
        },
        {
          Sid: 'redact-statement-cdk',
          DataIdentifier: identifiers,
          Operation: { Deidentify: { MaskConfig: {} } },
        },
      ],
    });
  });

  test('names identifiers in the partition of the log group', () => {
    const [statement] = policyOf([EMAIL], 'cn-north-1').Statement;

    expect(statement.DataIdentifier).toEqual([managedArn(context, 'aws-cn', 'EmailAddress')]);
  });
});

/** CDK writes the partition out, or leaves it to CloudFormation. */
function managedArn(context: object, partition: string, name: string): unknown {
  const end = `:dataprotection::aws:data-identifier/${name}`;
  return '@aws-cdk/core:enablePartitionLiterals' in context
    ? `arn:${partition}${end}`
    : { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, end]] };
}

test('what only the sink hides makes no policy', () => {
  expect(dataProtectionOf([])).toBeUndefined();
  expect(dataProtectionOf([Sensitive.field('customer.iban'), Sensitive.key('iban')])).toBeUndefined();
});

describe('our custom data identifiers', () => {
  const custom = identifiersOf([AWS_KEY, BEARER_TOKEN]).filter(
    (each) => each instanceof logs.CustomDataIdentifier,
  );

  test.each(custom)('$name is written in what the service allows', ({ name, regex }) => {
    expect(name).toMatch(/^[\w-]{1,128}$/);
    expect(regex).toMatch(/^[A-Za-z0-9_#=@/;, ^$?[\]{}|\\*+.-]{1,200}$/);
  });

  test.each([
    ['AwsAccessKeyId', 'AKIAIOSFODNN7EXAMPLE', 'AKIA of the batteries'],
    ['BearerToken', 'Bearer abcdefghij1234567890', 'Bearer authentication'],
    ['JsonWebToken', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl', 'eyJhbGciOiJIUzI1NiJ9'],
  ])('%s finds %s and not %s', (name, secret, harmless) => {
    const expression = new RegExp(custom.find((each) => each.name === name)!.regex);

    expect(expression.test(`{"message":"${secret}"}`)).toBe(true);
    expect(expression.test(`{"message":"${harmless}"}`)).toBe(false);
  });
});
