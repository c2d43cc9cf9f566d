/** The construct in the forms in which the rules of cdk-nag are asked about it, each defined by test/lib/nag/forms.ts. */
export type NagForm =
  | 'default'
  | 'encryptionKey'
  | 'managedPolicies'
  | 'audited'
  | 'logStreamName'
  | 'logStreamPrefix'
  | 'boundFunction'
  | 'boundTask'
  | 'streamPrefix'
  | 'adopted'
  | 'crossAccount'
  | 'archive'
  | 'auditedArchive'
  | 'alarms'
  | 'alarmsWithActions'
  | 'queries'
  | 'publishedSettings'
  | 'reader'
  | 'readerByManagedPolicy';

/** A finding that the construct's users meet, and what can be done about it. */
export interface NagFinding {
  /** The rule without its pack; with what it found in brackets, where an acknowledgement has to name it. */
  readonly rule: string;
  readonly packs: readonly NagPack[];
  /** On what it is, in words. */
  readonly resource: string;
  readonly when: string;
  /** How to avoid it, or why it is right as it is. */
  readonly answer: string;
  /** The constructs on which it is, in the forms that have it. */
  readonly found: Readonly<Partial<Record<NagForm, readonly string[]>>>;
}

export type NagPack = 'AwsSolutions' | 'NIST.800.53.R5' | 'HIPAA.Security' | 'PCI.DSS.321';

const solutions: readonly NagPack[] = ['AwsSolutions'];
const compliance: readonly NagPack[] = ['NIST.800.53.R5', 'HIPAA.Security', 'PCI.DSS.321'];

const managed = '`policyKind: PolicyKind.MANAGED`';

/** Every finding of the packs on what the construct defines, and on the policies that it adds to the roles of others. */
export const nagFindings: readonly NagFinding[] = [
  {
    rule: 'CloudWatchLogGroupEncrypted',
    packs: compliance,
    resource: 'log group',
    when: 'by default',
    answer:
      '`encryptionKey: true`, or a key of yours. Without one, the service encrypts with a key of its own',
    found: at('Stack/Logging/LogGroup', [
      'default',
      'managedPolicies',
      'boundFunction',
      'boundTask',
      'crossAccount',
    ]),
  },
  {
    rule: 'IAMNoInlinePolicy',
    packs: compliance,
    resource: 'policy of the writer role',
    when: 'by default',
    answer: managed,
    found: at('Stack/Logging/WriterRole/DefaultPolicy', [
      'default',
      'encryptionKey',
      'boundFunction',
      'boundTask',
      'crossAccount',
      'archive',
    ]),
  },
  {
    rule: 'IAMNoInlinePolicy',
    packs: compliance,
    resource: 'policy of the role of what is bound',
    when: '`bindTo`, `grantWrite`; also where it lets a writer of another account assume the writer role',
    answer: managed,
    found: {
      boundFunction: ['Stack/Writer/DefaultPolicy'],
      boundTask: ['Stack/Task/TaskRole/DefaultPolicy'],
      adopted: ['Stack/Writer/DefaultPolicy'],
      crossAccount: ['Theirs/Writer/DefaultPolicy'],
    },
  },
  {
    rule: 'IAM5[Resource::arn:aws:logs:eu-central-1:123456789012:log-group:<LoggingLogGroupC6B8E20B>:log-stream:api/*]',
    packs: solutions,
    resource: 'policy of the writer',
    when: '`streamPrefix`, `logStreamPrefix`',
    answer:
      'Narrower than without the prefix, where the rule does not see that the ARN ends in `:*`. To be acknowledged; ' +
      'or name one log stream: `settings: { logStreamName }`',
    found: {
      logStreamPrefix: ['Stack/Logging/WriterRole/WriterPolicy'],
      streamPrefix: ['Stack/Writer/WriterPolicy'],
    },
  },
  {
    rule: 'IAM5[Resource::arn:aws:logs:eu-central-1:123456789012:log-group:/platform/shared:*]',
    packs: solutions,
    resource: 'policy of the writer',
    when: 'log group from elsewhere (`fromLogGroup`)',
    answer:
      'The log streams of this log group, as everywhere: here the rule sees that the ARN ends in `:*`. ' +
      'To be acknowledged; or name one log stream',
    found: { adopted: ['Stack/Writer/DefaultPolicy'] },
  },
  {
    rule: 'CloudWatchAlarmAction',
    packs: ['NIST.800.53.R5', 'HIPAA.Security'],
    resource: 'alarms',
    when: '`addAlarms` without actions',
    answer: '`addAlarms({ actions: [new SnsAction(topic)] })`',
    found: { alarms: ['Stack/Logging/Alarms/Dropped', 'Stack/Logging/Alarms/Errors'] },
  },
  {
    rule: 'CloudWatchLogGroupEncrypted',
    packs: compliance,
    resource: 'log group for errors of the archive',
    when: '`archiveTo`',
    answer:
      '`archiveTo(bucket, { errorLogGroup })` with a log group that has a key. What Firehose says there has no log events in it',
    found: { archive: ['Stack/Logging/Archive/ErrorLogGroup'] },
  },
  {
    rule: 'IAMNoInlinePolicy',
    packs: compliance,
    resource: 'policies of the two roles of the archive',
    when: '`archiveTo`',
    answer: managed,
    found: {
      archive: [
        'Stack/Logging/Archive/DeliveryRole/DefaultPolicy',
        'Stack/Logging/Archive/SubscriptionFilter/CloudWatchLogsCanPutRecords/DefaultPolicy',
      ],
    },
  },
  {
    rule: 'IAM5[Resource::<Bucket83908E77.Arn>/*]',
    packs: solutions,
    resource: 'policy of the delivery role',
    when: '`archiveTo`',
    answer: 'The objects of this bucket, to which it may write and nothing else. To be acknowledged',
    found: {
      archive: ['Stack/Logging/Archive/DeliveryRole/DefaultPolicy'],
      auditedArchive: ['Stack/Archived/Archive/DeliveryRole/Policy'],
    },
  },
  {
    rule: 'IAMNoInlinePolicy',
    packs: compliance,
    resource: 'policy of the reader',
    when: '`grantRead` of the construct and of published settings',
    answer: 'Grant to a managed policy of yours: `grantRead(new iam.ManagedPolicy(…))`',
    found: at('Stack/Reader/DefaultPolicy', ['publishedSettings', 'reader']),
  },
  {
    rule: 'IAM5[Resource::arn:aws:logs:eu-central-1:123456789012:log-group:<LoggingLogGroupC6B8E20B>:*]',
    packs: solutions,
    resource: 'policy of the reader',
    when: '`grantRead`',
    answer: 'The log streams of this log group. To be acknowledged',
    found: { reader: ['Stack/Reader/DefaultPolicy'], readerByManagedPolicy: ['Stack/ReaderPolicy'] },
  },
  {
    rule: 'IAM5[Resource::*]',
    packs: solutions,
    resource: 'policy of the reader',
    when: '`grantRead`',
    answer: '`logs:GetQueryResults` and `logs:StopQuery`: a query has no ARN. To be acknowledged',
    found: { reader: ['Stack/Reader/DefaultPolicy'], readerByManagedPolicy: ['Stack/ReaderPolicy'] },
  },
];

function at(path: string, forms: readonly NagForm[]): NagFinding['found'] {
  return Object.fromEntries(forms.map((form) => [form, [path]]));
}
