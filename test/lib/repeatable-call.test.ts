import { Aws, CfnParameter, Duration, type Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { SettingsError } from '../../contract/problems.js';
import type { ICloudWatchLogging } from '../../lib/index.js';
import { flagSets, loggingIn, newStack, resources } from './stacks.js';
import { deployedName } from './operate/operated.js';

/** A method that may be called again, in both forms, and what one call of it defines. */
interface Method {
  readonly withoutId: (logging: ICloudWatchLogging, bucket: s3.IBucket) => unknown;
  /** Any value, as JavaScript passes it. */
  readonly withId: (logging: ICloudWatchLogging, id: any, bucket: s3.IBucket) => unknown;
  readonly defines: (template: Template) => string[];
  readonly each: number;
}

const idsOf = (type: string) => (template: Template) => Object.keys(template.findResources(type));

const methods: Readonly<Record<string, Method>> = {
  addAlarms: {
    withoutId: (logging) => logging.addAlarms(),
    withId: (logging, id) => logging.addAlarms(id, { silence: { duration: Duration.hours(1) } }),
    defines: idsOf('AWS::CloudWatch::Alarm'),
    each: 2,
  },
  addQueries: {
    withoutId: (logging) => logging.addQueries(),
    withId: (logging, id) => logging.addQueries(id, {}),
    defines: idsOf('AWS::Logs::QueryDefinition'),
    each: 4,
  },
  addOutputs: {
    withoutId: (logging) => logging.addOutputs(),
    withId: (logging, id) => logging.addOutputs(id, { exportPrefix: 'x' }),
    defines: (template) => Object.keys(template.findOutputs('*')),
    each: 3,
  },
  archiveTo: {
    withoutId: (logging, bucket) => logging.archiveTo(bucket),
    withId: (logging, id, bucket) => logging.archiveTo(id, bucket, {}),
    defines: idsOf('AWS::KinesisFirehose::DeliveryStream'),
    each: 1,
  },
};

const bucketIn = (stack: Stack): s3.IBucket => s3.Bucket.fromBucketName(stack, 'Bucket', 'archive');

describe.each(flagSets)('a method that may be called again %s', (_, context) => {
  describe.each(Object.entries(methods))('%s', (name, { withoutId, withId, defines, each }) => {
    test('defines the same as ever without an id, whatever is called before and after', () => {
      const alone = newStack(context);
      withoutId(loggingIn(alone), bucketIn(alone));
      const stack = newStack(context);
      const [logging, bucket] = [loggingIn(stack), bucketIn(stack)];
      withId(logging, 'Before', bucket);
      withoutId(logging, bucket);

      const ids = defines(Template.fromStack(stack));

      const alonesIds = defines(Template.fromStack(alone));
      expect(alonesIds).toHaveLength(each);
      expect(ids).toEqual(expect.arrayContaining(alonesIds));
    });

    test('defines as much with each id', () => {
      const stack = newStack(context);
      const [logging, bucket] = [loggingIn(stack), bucketIn(stack)];
      withId(logging, 'One', bucket);
      const once = defines(Template.fromStack(stack)).length;

      const again = newStack(context);
      const [loggingAgain, bucketAgain] = [loggingIn(again), bucketIn(again)];
      for (const id of ['One', 'Two']) withId(loggingAgain, id, bucketAgain);

      expect(once).toBeGreaterThan(0);
      expect(defines(Template.fromStack(again))).toHaveLength(2 * once);
    });

    test('refuses a second call without an id, and defines nothing', () => {
      const stack = newStack(context);
      const [logging, bucket] = [loggingIn(stack), bucketIn(stack)];
      withoutId(logging, bucket);
      const before = stack.node.findAll().length;

      expect(() => withoutId(logging, bucket)).toThrow(
        new Error(
          `Stack/Logging: ${name} was called before; give each call an id of its own, as in ${name}('Second', …)`,
        ),
      );
      expect(stack.node.findAll()).toHaveLength(before);
    });

    test('refuses a second call with the same id, and defines nothing', () => {
      const stack = newStack(context);
      const [logging, bucket] = [loggingIn(stack), bucketIn(stack)];
      withId(logging, 'Same', bucket);
      const before = stack.node.findAll().length;

      expect(() => withId(logging, 'Same', bucket)).toThrow(
        new Error(
          `Stack/Logging: ${name} was called before with the id "Same"; ` +
            `give each call an id of its own, as in ${name}('Second', …)`,
        ),
      );
      expect(stack.node.findAll()).toHaveLength(before);
    });

    test.each([
      ['an empty text', ''],
      ['a path', 'Api/Alarms'],
      ['nothing', undefined],
      ['null', null],
      ['a number', 7],
      ['options', {}],
    ])('refuses %s as id, and defines nothing', (__, id) => {
      const stack = newStack(context);
      const [logging, bucket] = [loggingIn(stack), bucketIn(stack)];
      const before = stack.node.findAll().length;

      expect(() => withId(logging, id, bucket)).toThrow(wrongId(name, id));
      expect(stack.node.findAll()).toHaveLength(before);
    });

    test('refuses a token as id', () => {
      const stack = newStack(context);
      const { valueAsString } = new CfnParameter(stack, 'Id');

      expect(() => withId(loggingIn(stack), valueAsString, bucketIn(stack))).toThrow(
        wrongId(name, 'a token'),
      );
    });

    test.each(['Alarms', 'LogGroup', 'Resource', 'a b ä'])('takes the id %s', (id) => {
      const stack = newStack(context);
      const logging = loggingIn(stack, { encryptionKey: true });
      const bucket = bucketIn(stack);
      withoutId(logging, bucket);

      expect(() => withId(logging, id, bucket)).not.toThrow();
      expect(defines(Template.fromStack(stack)).length).toBeGreaterThan(each);
    });
  });

  test('of one kind takes an id that a method of another kind has', () => {
    const stack = newStack(context);
    const [logging, bucket] = [loggingIn(stack), bucketIn(stack)];

    for (const { withId } of Object.values(methods)) withId(logging, 'Same', bucket);

    expect(resources(stack, 'AWS::Logs::QueryDefinition')).toHaveLength(4);
  });

  test('counts into the same metrics', () => {
    const stack = newStack(context);
    const logging = loggingIn(stack);
    logging.addAlarms();
    logging.addAlarms('Many', { errors: { threshold: 100 } });

    expect(resources(stack, 'AWS::Logs::MetricFilter')).toHaveLength(2);
    const alarms = resources(stack, 'AWS::CloudWatch::Alarm').map(({ Properties }) => Properties);
    expect(alarms.map(({ MetricName, Threshold }) => [MetricName, Threshold])).toEqual([
      ['Errors', 1],
      ['DroppedEvents', 1],
      ['Errors', 100],
      ['DroppedEvents', 1],
    ]);
    expect(new Set(alarms.map(({ Namespace }) => JSON.stringify(Namespace))).size).toBe(1);
  });

  test('saves queries in a folder of its own', () => {
    const stack = newStack(context);
    const logging = loggingIn(stack);
    logging.addQueries();
    logging.addQueries('Second');

    const names = resources(stack, 'AWS::Logs::QueryDefinition').map(({ Properties }) => Properties.Name);
    expect([names[0], names[4]]).toEqual([
      deployedName('', '/Logging/Errors by service'),
      deployedName('', '/Logging/Queries-Second/Errors by service'),
    ]);
  });

  test('exports under each prefix', () => {
    const stack = newStack(context);
    const logging = loggingIn(stack);
    logging.addOutputs({ exportPrefix: 'one' });
    logging.addOutputs('Two', { exportPrefix: 'two' });

    const outputs = Object.values(Template.fromStack(stack).findOutputs('*'));
    expect(outputs.map(({ Export }) => Export.Name)).toEqual([
      'one-LogGroupName',
      'one-LogGroupRegion',
      'one-WriterRoleArn',
      'two-LogGroupName',
      'two-LogGroupRegion',
      'two-WriterRoleArn',
    ]);
  });

  test('archives into two buckets, and the third archive is an error', () => {
    const stack = newStack(context);
    const logging = loggingIn(stack);
    logging.archiveTo(s3.Bucket.fromBucketName(stack, 'One', 'one'));
    logging.archiveTo('Two', s3.Bucket.fromBucketName(stack, 'Two', 'two'));
    expect(resources(stack, 'AWS::Logs::SubscriptionFilter')).toHaveLength(2);

    const full = newStack(context);
    const three = loggingIn(full);
    for (const id of ['A', 'B', 'C']) three.archiveTo(id, s3.Bucket.fromBucketName(full, id, 'archive'));
    expect(() => Template.fromStack(full)).toThrow('has 3 subscription filters');
  });

  test.each([
    ['a name', 'archive', undefined],
    ['nothing', undefined, undefined],
    ['another construct', 'Archive', {}],
  ])('of archives refuses %s for a bucket, and defines nothing', (__, ...given) => {
    const stack = newStack(context);
    const logging = loggingIn(stack) as any;
    const before = stack.node.findAll().length;

    expect(() => logging.archiveTo(...given.filter((each) => each !== undefined))).toThrow(
      /^invalid setting: Stack\/Logging: archiveTo\.bucket is .*; allowed: a bucket; s3\.Bucket\.fromBucketName\(…\) makes one of a name$/,
    );
    expect(stack.node.findAll()).toHaveLength(before);
  });

  test.each(['addAlarms', 'addQueries', 'addOutputs'])('%s refuses options that are no object', (name) => {
    const logging = loggingIn(newStack(context)) as any;

    for (const args of [[7], [null], ['Second', 'x']]) {
      expect(() => logging[name](...args)).toThrow(`Stack/Logging: ${name} is`);
    }
  });

  test.each(['', 'a_b', 'a/b', 'x'.repeat(241)])(
    'of outputs refuses the prefix %j, and defines nothing',
    (prefix) => {
      const stack = newStack(context);
      const logging = loggingIn(stack);

      expect(() => logging.addOutputs({ exportPrefix: prefix })).toThrow(
        new SettingsError([
          {
            where: 'Stack/Logging: addOutputs.exportPrefix',
            value: prefix,
            allowed: '1 to 240 letters, digits, colons and hyphens',
          },
        ]),
      );
      expect(Template.fromStack(stack).findOutputs('*')).toEqual({});
    },
  );

  test('of outputs takes a prefix of 240 characters, and a token', () => {
    const stack = newStack(context);
    const logging = loggingIn(stack);
    logging.addOutputs({ exportPrefix: 'x'.repeat(240) });
    logging.addOutputs('Token', { exportPrefix: Aws.STACK_NAME });

    expect(Object.keys(Template.fromStack(stack).findOutputs('*'))).toHaveLength(6);
  });
});

function wrongId(method: string, value: unknown): SettingsError {
  const allowed = 'a text without /, known at synthesis, such as "Second"';
  return new SettingsError([{ where: `Stack/Logging: ${method}.id`, value, allowed }]);
}
