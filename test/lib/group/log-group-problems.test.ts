import { Fn, Lazy, RemovalPolicy, Token } from 'aws-cdk-lib';
import * as logs from 'aws-cdk-lib/aws-logs';
import { RETENTION_DAYS } from '../../../contract/limits.js';
import { logGroupProblems } from '../../../lib/group/log-group-problems.js';
import type { LogGroupProps } from '../../../lib/group/log-group-props.js';
import { Sensitive } from '../../../lib/group/sensitive.js';

const { INFREQUENT_ACCESS, STANDARD } = logs.LogGroupClass;

/** The oldest supported CDK does not know this class yet. */
const DELIVERY = 'DELIVERY' as logs.LogGroupClass;

const RETENTION_RULE =
  'RetentionDays.INFINITE, or one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, ' +
  '2192, 2557, 2922, 3288, 3653 days';
const PROTECTION_RULE =
  'false with RemovalPolicy.DESTROY, because the service would refuse to delete the log group; ' +
  'leave one of the two out';
const CLASS_RULE =
  'STANDARD or INFREQUENT_ACCESS; a log group of class DELIVERY keeps its events for a day and cannot be queried';
const INDEX_RULE =
  'none in a log group of class INFREQUENT_ACCESS, which has no field indexes; leave them out';
const NAME_RULE = 'names of 1 to 100 characters';
const POLICY_RULE =
  'nothing that the service masks beside dataProtectionPolicy, because a log group has one policy; leave the policy ' +
  'out and add its identifiers here with Sensitive.managed(...)';

const policy = new logs.DataProtectionPolicy({ identifiers: [logs.DataIdentifier.NAME] });

function fields(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `field${index}`);
}

function custom(count: number): Sensitive[] {
  return fields(count).map((name) => Sensitive.managed(new logs.CustomDataIdentifier(name, 'x')));
}

/** Props as JavaScript may pass them. */
function problemsOf(props: object, where: string): unknown {
  return logGroupProblems(props, where);
}

test.each<[string, object, string, unknown, string]>([
  ['a retention that the service does not know', { retention: 42 }, 'retention', 42, RETENTION_RULE],
  ['a retention of no days', { retention: 0 }, 'retention', 0, RETENTION_RULE],
  [
    'protection of what the stack is to delete',
    { deletionProtection: true, removalPolicy: RemovalPolicy.DESTROY },
    'deletionProtection',
    true,
    PROTECTION_RULE,
  ],
  ['a class that nobody can read', { logGroupClass: DELIVERY }, 'logGroupClass', 'DELIVERY', CLASS_RULE],
  [
    'indexes in a class without',
    { logGroupClass: INFREQUENT_ACCESS, fieldIndexes: ['level'] },
    'fieldIndexes',
    ['level'],
    INDEX_RULE,
  ],
  ['21 indexes', { fieldIndexes: fields(21) }, 'fieldIndexes', fields(21), 'at most 20 fields, not 21'],
  ['an index without a name', { fieldIndexes: [''] }, 'fieldIndexes', '', NAME_RULE],
  [
    'an index of 101 characters',
    { fieldIndexes: ['f'.repeat(101)] },
    'fieldIndexes',
    'f'.repeat(101),
    NAME_RULE,
  ],
  ['an index twice', { fieldIndexes: ['a', 'b', 'a', 'a'] }, 'fieldIndexes', 'a', 'each field once'],
  [
    'two data-protection policies',
    { sensitive: [Sensitive.EMAIL], dataProtectionPolicy: policy },
    'sensitive',
    ['EmailAddress'],
    POLICY_RULE,
  ],
  [
    '11 custom data identifiers',
    { sensitive: custom(11) },
    'sensitive',
    fields(11),
    'at most 10 custom data identifiers, not 11',
  ],
  [
    'two custom data identifiers of one name',
    {
      sensitive: [
        Sensitive.managed(new logs.CustomDataIdentifier('Order', 'order-1')),
        Sensitive.managed(new logs.CustomDataIdentifier('Order', 'order-2')),
      ],
    },
    'sensitive',
    'Order',
    'one custom data identifier of each name',
  ],
])('%s is a problem', (_, props, prop, value, allowed) => {
  expect(problemsOf(props, 'Stack/Logging: props')).toEqual([
    { where: `Stack/Logging: props.${prop}`, value, allowed },
  ]);
});

test('all problems are told at once', () => {
  const problems = problemsOf(
    { retention: 42, logGroupClass: DELIVERY, fieldIndexes: ['', 'a', 'a'] },
    'props',
  );

  expect(problems).toEqual([
    { where: 'props.retention', value: 42, allowed: RETENTION_RULE },
    { where: 'props.logGroupClass', value: 'DELIVERY', allowed: CLASS_RULE },
    { where: 'props.fieldIndexes', value: '', allowed: NAME_RULE },
    { where: 'props.fieldIndexes', value: 'a', allowed: 'each field once' },
  ]);
});

test.each<[string, LogGroupProps]>([
  ['nothing', {}],
  ['undefined for everything', { retention: undefined, fieldIndexes: undefined, sensitive: undefined }],
  ...RETENTION_DAYS.map((retention): [string, LogGroupProps] => [`${retention} days`, { retention }]),
  ['endless retention', { retention: logs.RetentionDays.INFINITE }],
  ['protection of what stays', { deletionProtection: true }],
  ['protection of what stays by name', { deletionProtection: true, removalPolicy: RemovalPolicy.RETAIN }],
  ['no protection of what goes', { deletionProtection: false, removalPolicy: RemovalPolicy.DESTROY }],
  ['20 indexes', { fieldIndexes: fields(20) }],
  ['an index of 100 characters', { fieldIndexes: ['f'.repeat(100)] }],
  ['names that differ in case', { fieldIndexes: ['level', 'Level'] }],
  ['no indexes in a class without', { logGroupClass: INFREQUENT_ACCESS, fieldIndexes: [] }],
  ['masking in a class without indexes', { logGroupClass: INFREQUENT_ACCESS, sensitive: [Sensitive.EMAIL] }],
  ['the usual class', { logGroupClass: STANDARD, fieldIndexes: ['level'] }],
  [
    'a policy beside what the sink hides',
    { dataProtectionPolicy: policy, sensitive: [Sensitive.key('iban')] },
  ],
  ['10 custom data identifiers', { sensitive: custom(10) }],
  ['the same twice', { sensitive: [Sensitive.AWS_KEY, Sensitive.AWS_KEY] }],
])('%s is none', (_, props) => {
  expect(logGroupProblems(props, 'props')).toEqual([]);
});

test('tokens are left to their reader', () => {
  const anything = Lazy.any({ produce: () => 42 });
  const problems = logGroupProblems(
    {
      retention: Token.asNumber(anything),
      deletionProtection: Token.asAny(anything) as unknown as boolean,
      removalPolicy: RemovalPolicy.DESTROY,
      logGroupClass: Token.asString(anything) as logs.LogGroupClass,
      fieldIndexes: Fn.split(',', Token.asString(anything)),
    },
    'props',
  );

  expect(problems).toEqual([]);
  const name = 'f'.repeat(100) + Token.asString(anything);
  expect(logGroupProblems({ fieldIndexes: [name] }, 'props')).toEqual([]);
});
