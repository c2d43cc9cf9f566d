import type { Stack } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import {
  CloudWatchLogging,
  PolicyKind,
  Trust,
  type BindOptions,
  type CloudWatchLoggingProps,
  type CloudWatchSinkSettings,
  type ICloudWatchLogging,
} from '../../lib/index.js';
import { proveWriter, type WriterProofOptions } from '../../local/policies/index.js';
import { code, roleIn } from './bind/targets.js';
import { logGroupName, Proofs } from './proofs.js';
import { calls, simulate } from './role-proof.js';
import { account, flagSets, functionIn, warnings } from './stacks.js';
import { boundWriters, type DefineWriter, ownWriters } from './writers.js';

// The simulator reads what it knows about the services with its first call.
jest.setTimeout(60_000);

interface Place {
  readonly partition: string;
  readonly region: string;
  /** Another Region of the partition. */
  readonly elsewhere: string;
}

const places: readonly Place[] = [
  { partition: 'aws', region: 'eu-central-1', elsewhere: 'us-west-2' },
  { partition: 'aws-cn', region: 'cn-north-1', elsewhere: 'cn-northwest-1' },
  { partition: 'aws-us-gov', region: 'us-gov-west-1', elsewhere: 'us-gov-east-1' },
];

const otherAccount = '210987654321';

const GROUP_READS = [
  'logs:DescribeLogStreams',
  'logs:FilterLogEvents',
  'logs:GetLogGroupFields',
  'logs:StartLiveTail',
  'logs:StartQuery',
];
const QUERY_READS = ['logs:GetQueryResults', 'logs:StopQuery'];
const GROUP_WRITES = [
  'logs:AssociateKmsKey',
  'logs:CreateLogGroup',
  'logs:DeleteDataProtectionPolicy',
  'logs:DeleteLogGroup',
  'logs:DeleteRetentionPolicy',
  'logs:DeleteSubscriptionFilter',
  'logs:PutDataProtectionPolicy',
  'logs:PutMetricFilter',
  'logs:PutRetentionPolicy',
  'logs:PutSubscriptionFilter',
  'logs:Unmask',
];
const STREAM_WRITES = ['logs:CreateLogStream', 'logs:DeleteLogStream', 'logs:PutLogEvents'];

/** Which log streams a writer is to write: as the construct is told it, a binding, and the proof. */
interface Meant {
  readonly settings: CloudWatchSinkSettings;
  readonly options?: BindOptions;
  readonly proof: Partial<WriterProofOptions>;
}

const meant: Readonly<Record<string, Meant>> = {
  'every log stream': { settings: {}, proof: {} },
  'the log streams of its prefix': {
    settings: { logStreamPrefix: 'api/' },
    options: { streamPrefix: 'api/' },
    proof: { streamPrefix: 'api/' },
  },
  'its one log stream': { settings: { logStreamName: 'api-1' }, proof: { logStreamName: 'api-1' } },
  'its one log stream, which is there': {
    settings: { logStreamName: 'api-1', createLogStream: false },
    proof: { logStreamName: 'api-1', createsStreams: false },
  },
  'log streams that are there': {
    settings: { createLogStream: false },
    proof: { createsStreams: false },
  },
};

type Row = readonly [sentence: string, proof: Partial<WriterProofOptions>];

/** Every writer with every choice of log streams, and what proves it. */
function rowsOf(writers: Readonly<Record<string, DefineWriter>>, choices: readonly string[]): Row[] {
  return Object.keys(writers).flatMap((kind) =>
    choices.map((name): Row => [`${kind} writes ${name}`, meant[name]!.proof]),
  );
}

/** Binds every writer with every choice of log streams. */
function bindEach(
  proofs: Proofs,
  stack: Stack,
  logging: ICloudWatchLogging,
  choices: readonly string[],
): void {
  for (const name of choices) {
    const { settings, options = { settings } } = meant[name]!;
    for (const [kind, writer] of Object.entries(boundWriters)) {
      const sentence = `${kind} writes ${name}`;
      proofs.add(sentence, writer(new Construct(stack, idOf(sentence)), logging, options));
    }
  }
}

/** Has a construct for every choice of log streams, in a stack of its own, and every writer that does what it says. */
function defineEach(
  proofs: Proofs,
  region: string,
  writers: Readonly<Record<string, DefineWriter>>,
  props: CloudWatchLoggingProps = {},
): void {
  for (const [name, { settings }] of Object.entries(meant)) {
    const stack = proofs.stack(idOf(`${Object.keys(writers)[0]} ${name}`), region);
    const logging = new CloudWatchLogging(stack, 'Logging', { logGroupName, settings, ...props });
    for (const [kind, writer] of Object.entries(writers)) {
      proofs.add(`${kind} writes ${name}`, writer(new Construct(stack, idOf(kind)), logging));
    }
  }
}

function byArn(scope: Construct, partition: string, region: string): logs.ILogGroup {
  const arn = `arn:${partition}:logs:${region}:${account}:log-group:${logGroupName}:*`;
  return logs.LogGroup.fromLogGroupArn(scope, 'Found', arn);
}

function idOf(sentence: string): string {
  return sentence.replaceAll(/\W/g, '');
}

/** As {@link ownWriters}, with managed policies. */
const managedWriters = Object.fromEntries(
  Object.entries(ownWriters).map(([kind, writer]) => [`${kind}, by a managed policy,`, writer]),
);

const recommended = flagSets[1]![1];
/** All choices of log streams with every kind of writer once; elsewhere, those whose ARNs differ. */
const all = Object.keys(meant);
const few = all.slice(0, 2);
const one = all.slice(0, 1);

const contexts = [
  ...places.map((place, index) => ({
    ...place,
    flags: flagSets[1]![0],
    context: recommended,
    choices: index === 0 ? all : few,
  })),
  { ...places[0]!, flags: flagSets[0]![0], context: flagSets[0]![1], choices: few },
];

/** CDK prints the warnings that it finds, here of singletons that share a role. */
beforeEach(() => void jest.spyOn(console, 'error').mockImplementation());
afterEach(() => jest.restoreAllMocks());

describe.each(contexts)('in $partition $flags,', ({ partition, region, elsewhere, context, choices }) => {
  const proofs = new Proofs(context);
  const stack = proofs.stack('Stack', region);

  bindEach(proofs, stack, new CloudWatchLogging(stack, 'Logging', { logGroupName }), choices);
  defineEach(proofs, region, ownWriters);
  defineEach(proofs, region, managedWriters, { policyKind: PolicyKind.MANAGED });

  const BY_LAMBDA = 'a function whose lines Lambda delivers writes every log stream';
  const byLambda = proofs.stack('ByLambda', region);
  const prefixed = { logGroupName, settings: { logStreamPrefix: 'api/' } };
  const fn = functionIn(byLambda, { role: roleIn(byLambda) });
  new CloudWatchLogging(byLambda, 'Logging', prefixed).bindTo(fn, { delivery: 'stdout' });
  proofs.add(BY_LAMBDA, fn.role!);

  test.each([
    ...rowsOf(boundWriters, choices),
    ...rowsOf(ownWriters, all),
    ...rowsOf(managedWriters, all),
    [BY_LAMBDA, {}] as const,
  ])('%s, and nothing else', async (sentence, proof) => {
    expect(await proofs.writer(sentence, proof)).toEqual([]);
  });

  describe(`from ${elsewhere}, to the log group's Region,`, () => {
    const fromElsewhere = new Proofs(context);
    const home = new CloudWatchLogging(fromElsewhere.stack('Stack', region), 'Logging', { logGroupName });
    bindEach(fromElsewhere, fromElsewhere.stack('Elsewhere', elsewhere), home, few);

    test.each(rowsOf(boundWriters, few))('%s, and nothing else', async (sentence, proof) => {
      expect(await fromElsewhere.writer(sentence, { logGroupRegion: region, ...proof })).toEqual([]);
    });
  });

  describe.each([
    [
      'by its name',
      region,
      (scope: Construct) => logs.LogGroup.fromLogGroupName(scope, 'Found', logGroupName),
    ],
    ['by its ARN, in another Region,', elsewhere, (scope: Construct) => byArn(scope, partition, elsewhere)],
  ])('to a log group that was found %s', (_, logGroupRegion, find) => {
    const adopted = new Proofs(context);
    const finder = adopted.stack('Stack', region);
    const found = CloudWatchLogging.fromLogGroup(finder, 'Logging', find(finder));
    adopted.add('the writer role writes every log stream', found.role);
    bindEach(adopted, finder, found, one);

    test.each([['the writer role writes every log stream', {}] as const, ...rowsOf(boundWriters, one)])(
      '%s, and nothing else',
      async (sentence, proof) => {
        expect(await adopted.writer(sentence, { logGroupRegion, ...proof })).toEqual([]);
      },
    );
  });

  describe('from another account', () => {
    const fromOther = new Proofs(context);
    const central = fromOther.stack('Central', region);
    const home = new CloudWatchLogging(central, 'Logging', {
      logGroupName,
      roleName: 'log-writer',
      assumedBy: Trust.account(otherAccount),
      externalId: 'orders-production',
    });
    fromOther.add('the writer role', home.role);
    bindEach(fromOther, fromOther.stack('Other', region, otherAccount), home, one);
    const roleArn = `arn:${partition}:iam::${account}:role/log-writer`;
    const logGroupArn = `arn:${partition}:logs:${region}:${account}:log-group:${logGroupName}`;

    test.each(rowsOf(boundWriters, one).map(([sentence]) => sentence))(
      '%s by the writer role alone',
      async (sentence) => {
        const assume = calls(['sts:AssumeRole'], roleArn);
        const denied = [
          ...calls(
            ['sts:AssumeRole'],
            `${roleArn}2`,
            `arn:${partition}:iam::${otherAccount}:role/log-writer`,
          ),
          ...calls(['logs:CreateLogStream', 'logs:PutLogEvents'], `${logGroupArn}:log-stream:api-1`),
        ];
        expect(await fromOther.role(sentence, { needed: assume, most: assume, denied })).toEqual([]);
      },
    );

    test('the writer role lets in that account with the external id, writes, and does nothing else', async () => {
      const { template, role } = fromOther.found('the writer role');

      const trust = template.Resources[role].Properties.AssumeRolePolicyDocument;
      expect(fromOther.deployed(central, trust).Statement).toEqual([
        {
          Effect: 'Allow',
          Action: 'sts:AssumeRole',
          Principal: { AWS: `arn:${partition}:iam::${otherAccount}:root` },
          Condition: { StringEquals: { 'sts:ExternalId': 'orders-production' } },
        },
      ]);
      expect(await fromOther.writer('the writer role', {})).toEqual([]);
    });
  });

  describe('besides writers,', () => {
    const others = new Proofs(context);
    const home = others.stack('Stack', region);
    const logging = new CloudWatchLogging(home, 'Logging', { logGroupName });
    const logGroupArn = `arn:${partition}:logs:${region}:${account}:log-group:${logGroupName}`;

    const reader = roleIn(home, 'Reader');
    logging.grantRead(reader);
    others.add('a reader', reader);

    const settings = logging.publishSettings('Settings', { parameterName: '/myapp/logging' });
    const program = roleIn(home, 'Program');
    settings.grantRead(program);
    others.add('a program', program);

    const bucket = new s3.Bucket(home, 'Bucket', {
      bucketName: 'archive',
      encryptionKey: new kms.Key(home, 'Key'),
    });
    const archive = logging.archiveTo(bucket);
    others.add('the archive', archive.deliveryRole);
    others.add(
      'the subscription',
      archive.subscriptionFilter.node.findChild('CloudWatchLogsCanPutRecords') as iam.Role,
    );

    test('a reader reads, searches and follows the log group, and nothing else', async () => {
      const needed = [
        ...calls(GROUP_READS, logGroupArn),
        ...calls(['logs:GetLogEvents'], `${logGroupArn}:log-stream:api-1`),
        ...calls(QUERY_READS, '*'),
      ];
      const most = [
        ...calls([...GROUP_READS, 'logs:GetLogEvents'], logGroupArn, `${logGroupArn}:*`),
        ...calls(QUERY_READS, '*'),
      ];
      const denied = [
        ...calls(GROUP_WRITES, logGroupArn),
        ...calls(STREAM_WRITES, `${logGroupArn}:log-stream:api-1`),
        ...calls(GROUP_READS, `${logGroupArn}2`),
        ...calls(['logs:GetLogEvents'], `${logGroupArn}2:log-stream:api-1`),
        ...calls(['logs:DescribeLogGroups', 'logs:PutResourcePolicy', 'logs:PutAccountPolicy'], '*'),
      ];
      expect(await others.role('a reader', { needed, most, denied })).toEqual([]);
    });

    test('a program reads the settings that are published for it, and nothing else', async () => {
      const parameter = `arn:${partition}:ssm:${region}:${account}:parameter/myapp/logging`;
      const needed = calls(['ssm:GetParameter'], parameter);
      const denied = [
        ...calls(['ssm:GetParameterHistory', 'ssm:PutParameter', 'ssm:DeleteParameter'], parameter),
        ...calls(['ssm:GetParameter'], `${parameter}2`),
        ...calls(STREAM_WRITES, `${logGroupArn}:log-stream:api-1`),
      ];
      expect(await others.role('a program', { needed, most: needed, denied })).toEqual([]);
    });

    test('the archive writes objects and tells of its errors, and nothing else', async () => {
      const bucketArn = `arn:${partition}:s3:::archive`;
      const errors = `arn:${partition}:logs:${region}:${account}:log-group:${others.deployed(home, archive.errorLogGroup.logGroupName)}`;
      const key = others.deployed(home, bucket.encryptionKey!.keyArn);
      const bucketActions = ['s3:GetBucketLocation', 's3:ListBucket', 's3:ListBucketMultipartUploads'];
      const objectActions = ['s3:AbortMultipartUpload', 's3:PutObject'];
      const most = [
        ...calls(bucketActions, bucketArn),
        ...calls(objectActions, `${bucketArn}/*`),
        ...calls(['logs:PutLogEvents'], `${errors}:*`),
        ...calls(['kms:Decrypt', 'kms:GenerateDataKey'], key),
      ];
      const needed = [
        ...calls(bucketActions, bucketArn),
        ...calls(objectActions, `${bucketArn}/2026/01/31/object.gz`),
        ...calls(['logs:PutLogEvents'], `${errors}:log-stream:S3Delivery`),
        ...calls(['kms:Decrypt', 'kms:GenerateDataKey'], key),
      ];
      const denied = [
        ...calls(['s3:GetObject', 's3:DeleteObject'], `${bucketArn}/2026/01/31/object.gz`),
        ...calls(['s3:PutObject'], `${bucketArn}2/2026/01/31/object.gz`),
        ...calls(['logs:PutLogEvents'], `${logGroupArn}:log-stream:api-1`),
      ];
      expect(await others.role('the archive', { needed, most, denied })).toEqual([]);
    });

    test('the subscription gives the delivery stream log events, and nothing else', async () => {
      const stream = others.deployed(home, archive.deliveryStream.deliveryStreamArn);
      const needed = calls(['firehose:PutRecord', 'firehose:PutRecordBatch'], stream);
      const denied = [
        ...calls(['firehose:DeleteDeliveryStream', 'firehose:UpdateDestination'], stream),
        ...calls(['firehose:PutRecord'], `${stream}2`),
      ];
      expect(await others.role('the subscription', { needed, most: needed, denied })).toEqual([]);
    });
  });
});

describe('of a template that was changed', () => {
  const proofs = new Proofs(recommended);
  const { region } = places[0]!;
  const stack = proofs.stack('Stack', region);
  bindEach(proofs, stack, new CloudWatchLogging(stack, 'Logging', { logGroupName }), ['its one log stream']);
  const logGroupArn = `arn:aws:logs:${region}:${account}:log-group:${logGroupName}`;

  /** A copy of the template in which the only statement of the role has other actions. */
  function changed(sentence: string, change: (actions: readonly string[]) => string[]) {
    const { template, role } = proofs.found(sentence);
    const copy = structuredClone(template);
    const policies: any[] = Object.values(copy.Resources).filter(
      ({ Type, Properties }: any) => Type === 'AWS::IAM::Policy' && Properties.Roles[0].Ref === role,
    );
    const [statement, ...others] = policies.flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
    expect(others).toEqual([]);
    statement.Action = change([statement.Action].flat());
    return proveWriter(copy, { simulate, role, region, logGroupName, ...meant['its one log stream']!.proof });
  }

  test.each(Object.keys(boundWriters))(
    '%s with one action more is found out, by that action',
    async (kind) => {
      const { violations } = await changed(`${kind} writes its one log stream`, (actions) => [
        ...actions,
        'logs:DeleteLogStream',
      ]);

      expect(violations).toEqual([`logs:DeleteLogStream on ${logGroupArn}:log-stream:api-1 is allowed`]);
    },
  );

  test.each(Object.keys(boundWriters))(
    '%s with one action less is found out, by that action',
    async (kind) => {
      const { violations } = await changed(`${kind} writes its one log stream`, (actions) =>
        actions.filter((action) => action !== 'logs:CreateLogStream'),
      );

      expect(violations).toEqual([`logs:CreateLogStream on ${logGroupArn}:log-stream:api-1 is denied`]);
    },
  );
});

test('a function with the role that CDK defines is found out, and by a warning, too', async () => {
  const proofs = new Proofs(recommended);
  const stack = proofs.stack('Stack', 'eu-central-1');
  const fn = new lambda.Function(stack, 'Function', code);
  new CloudWatchLogging(stack, 'Logging', { logGroupName }).bindTo(fn);
  proofs.add('the function', fn.role!);

  expect(await proofs.writer('the function', {})).toEqual([
    'the role has the managed policy arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole, ' +
      'whose statements are not in the template; give them as managedPolicies',
  ]);
  expect(warnings(stack)).toEqual([expect.stringContaining('[ack: fapilog-cloudwatch:unboundedWriter]')]);
});
