import { App, CfnParameter, Stack } from 'aws-cdk-lib';
import * as kinesis from 'aws-cdk-lib/aws-kinesis';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as destinations from 'aws-cdk-lib/aws-logs-destinations';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { FinishedTree } from '../../../lib/finished-tree.js';
import { CloudWatchLogging } from '../../../lib/index.js';
import { subscriptionFindings } from '../../../lib/operate/subscription-findings.js';
import { account, flagSets, functionIn, newStack, region, type Context } from '../stacks.js';

const nothing = { errors: [], warnings: [] };

/** A filter by its own resource, with the name of the log group in any form. */
function filterOn(
  stack: Stack,
  id: string,
  logGroupName: string,
  destinationArn = 'arn:of:something',
): logs.CfnSubscriptionFilter {
  return new logs.CfnSubscriptionFilter(stack, id, { logGroupName, destinationArn, filterPattern: '' });
}

function filtersOn(stack: Stack, { logGroupName }: logs.ILogGroup, ids: readonly string[]): void {
  for (const id of ids) filterOn(stack, id, logGroupName);
}

/** Two stacks of one app and environment, so that one can use what the other defines. */
function twoStacks(context: Context): [Stack, Stack] {
  const app = new App({ context: { ...context } });
  const env = { account, region };
  return [new Stack(app, 'Here', { env }), new Stack(app, 'There', { env })];
}

const two = {
  errors: [],
  warnings: [
    'Stack/LogGroup has 2 subscription filters, Stack/One, Stack/Two, and may have no more: a deployment that ' +
      'replaces one creates the new one first and fails; then remove the old one in a deployment of its own',
  ],
};

describe.each(flagSets)('subscriptionFindings %s', (_, context) => {
  test.each([
    ['two archives of one construct', ['Logging', 'Logging'], 0, 0],
    ['an archive of each of two constructs', ['Logging', 'Other'], 0, 1],
    ['an archive and another filter', ['Logging'], 1, 1],
  ])('of %s', (__, askers, others, warnings) => {
    const stack = newStack(context);
    const logGroup = new logs.LogGroup(stack, 'LogGroup');
    const bucket = s3.Bucket.fromBucketName(stack, 'Bucket', 'archive');
    const loggings = new Map(
      [...new Set(askers)].map((id) => [id, CloudWatchLogging.fromLogGroup(stack, id, logGroup)]),
    );
    for (const [index, id] of askers.entries()) loggings.get(id)!.archiveTo(`Archive${index}`, bucket);
    filtersOn(stack, logGroup, Array(others).fill('Another'));

    expect(subscriptionFindings(new FinishedTree(stack.node.root), logGroup, []).warnings).toHaveLength(
      warnings,
    );
  });

  test.each([
    [[], nothing],
    [['One'], nothing],
    [['One', 'Two'], two],
    [
      ['One', 'Two', 'Three'],
      {
        errors: [
          'Stack/LogGroup has 3 subscription filters, Stack/One, Stack/Two, Stack/Three; a log group may have 2; ' +
            'remove some, or send one to a Kinesis stream that others read',
        ],
        warnings: [],
      },
    ],
  ])('of %j', (ids, expected) => {
    const stack = newStack(context);
    const logGroup = new logs.LogGroup(stack, 'LogGroup');
    filtersOn(stack, logGroup, ids);

    expect(subscriptionFindings(new FinishedTree(stack.node.root), logGroup, [])).toEqual(expected);
  });

  test('counts filters of other log groups for those', () => {
    const stack = newStack(context);
    const [logGroup, other] = ['LogGroup', 'Other'].map((id) => new logs.LogGroup(stack, id));
    filtersOn(stack, logGroup!, ['One', 'Two']);
    filtersOn(stack, other!, ['Three']);
    filterOn(stack, 'Four', '/another');

    expect(subscriptionFindings(new FinishedTree(stack.node.root), logGroup!, [])).toEqual(two);
    expect(subscriptionFindings(new FinishedTree(stack.node.root), other!, [])).toEqual(nothing);
  });

  test('counts filters that say the name, and those that refer to the log group', () => {
    const stack = newStack(context);
    const logGroup = new logs.LogGroup(stack, 'LogGroup', { logGroupName: '/myapp/production' });
    filterOn(stack, 'One', '/myapp/production');
    filterOn(stack, 'Two', logGroup.logGroupName);

    expect(subscriptionFindings(new FinishedTree(stack.node.root), logGroup, [])).toEqual(two);
  });

  test('counts filters of an imported log group', () => {
    const stack = newStack(context);
    const logGroup = logs.LogGroup.fromLogGroupName(stack, 'LogGroup', '/myapp/production');
    const own = new logs.LogGroup(stack, 'Own', { logGroupName: '/myapp/production' });
    filterOn(stack, 'One', '/myapp/production');
    filterOn(stack, 'Two', own.logGroupName);

    expect(subscriptionFindings(new FinishedTree(stack.node.root), logGroup, [])).toEqual(two);
  });

  test('counts filters that name the log group by the same parameter', () => {
    const stack = newStack(context);
    const [name, other] = ['Name', 'OtherName'].map((id) => new CfnParameter(stack, id).valueAsString);
    const logGroup = logs.LogGroup.fromLogGroupName(stack, 'LogGroup', name!);
    filterOn(stack, 'One', name!);
    filterOn(stack, 'Two', name!);
    filterOn(stack, 'Three', other!);

    expect(subscriptionFindings(new FinishedTree(stack.node.root), logGroup, [])).toEqual(two);
  });

  test('counts filters in other stacks, and tells log groups of one logical id apart', () => {
    const [here, there] = twoStacks(context);
    const [ours, theirs] = [here, there].map((stack) => new logs.LogGroup(stack, 'LogGroup'));
    filtersOn(there, ours!, ['One', 'Two']);
    filtersOn(there, theirs!, ['Three']);
    here.node.root.node.addValidation({
      validate: () => subscriptionFindings(new FinishedTree(here.node.root), ours!, []).warnings,
    });

    expect(subscriptionFindings(new FinishedTree(here.node.root), theirs!, [])).toEqual(nothing);
    expect(() => (here.node.root as App).synth()).toThrow(
      'Here/LogGroup has 2 subscription filters, There/One, There/Two,',
    );
  });

  test('does not take the same name in another Region for the same log group', () => {
    const [here] = twoStacks(context);
    const there = new Stack(here.node.root, 'Elsewhere', { env: { account, region: 'us-east-1' } });
    const logGroup = new logs.LogGroup(here, 'LogGroup', { logGroupName: '/myapp' });
    for (const id of ['One', 'Two']) filterOn(there, id, '/myapp');

    expect(subscriptionFindings(new FinishedTree(here.node.root), logGroup, [])).toEqual(nothing);
  });

  test('counts what addSubscriptionFilter defines', () => {
    const stack = newStack(context);
    const logGroup = new logs.LogGroup(stack, 'LogGroup');
    const destination = new destinations.KinesisDestination(new kinesis.Stream(stack, 'Stream'));
    for (const id of ['One', 'Two']) {
      logGroup.addSubscriptionFilter(id, { destination, filterPattern: logs.FilterPattern.allEvents() });
    }

    expect(subscriptionFindings(new FinishedTree(stack.node.root), logGroup, []).warnings).toEqual([
      expect.stringMatching(
        /^Stack\/LogGroup has 2 subscription filters, .*One.*, .*Two.*, and may have no more/,
      ),
    ]);
  });

  const loop = {
    errors: [
      'Stack/Filter sends log events to Stack/Function, which itself logs to Stack/LogGroup, ' +
        'so that each event makes another one, without end; send them to a function that logs to another log group',
    ],
    warnings: [],
  };

  test.each<[string, (fn: lambda.Function) => string]>([
    ['a bound function', (fn) => fn.functionArn],
    ['a version of it', (fn) => fn.currentVersion.functionArn],
    ['an alias of it', (fn) => fn.addAlias('live').functionArn],
  ])('finds the loop of events that go to %s', (__, arnOf) => {
    const stack = newStack(context);
    const logGroup = new logs.LogGroup(stack, 'LogGroup');
    const fn = functionIn(stack);
    filterOn(stack, 'Filter', logGroup.logGroupName, arnOf(fn));

    expect(subscriptionFindings(new FinishedTree(stack.node.root), logGroup, [fn])).toEqual(loop);
    expect(subscriptionFindings(new FinishedTree(stack.node.root), logGroup, [])).toEqual(nothing);
  });

  test('finds the loop that a LambdaDestination makes', () => {
    const stack = newStack(context);
    const logGroup = new logs.LogGroup(stack, 'LogGroup');
    const fn = functionIn(stack);
    logGroup.addSubscriptionFilter('Filter', {
      destination: new destinations.LambdaDestination(fn),
      filterPattern: logs.FilterPattern.allEvents(),
    });

    expect(subscriptionFindings(new FinishedTree(stack.node.root), logGroup, [fn]).errors).toEqual([
      loop.errors[0]!.replace('Stack/Filter', 'Stack/LogGroup/Filter/Resource'),
    ]);
  });

  test('finds the loop of an imported function by its ARN', () => {
    const stack = newStack(context);
    const arn = `arn:aws:lambda:${region}:${account}:function:imported`;
    const logGroup = new logs.LogGroup(stack, 'LogGroup');
    const fn = lambda.Function.fromFunctionArn(stack, 'Function', arn);
    filterOn(stack, 'Filter', logGroup.logGroupName, arn);

    expect(subscriptionFindings(new FinishedTree(stack.node.root), logGroup, [fn])).toEqual(loop);
  });

  test('finds no loop through another function, or another log group', () => {
    const stack = newStack(context);
    const [logGroup, other] = ['LogGroup', 'Other'].map((id) => new logs.LogGroup(stack, id));
    const fn = functionIn(stack);
    filterOn(stack, 'Filter', logGroup!.logGroupName, `arn:aws:lambda:${region}:${account}:function:other`);
    filterOn(stack, 'OtherFilter', other!.logGroupName, fn.functionArn);

    expect(subscriptionFindings(new FinishedTree(stack.node.root), logGroup!, [fn])).toEqual(nothing);
  });
});
