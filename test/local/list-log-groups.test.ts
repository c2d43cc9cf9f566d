import type { ListLogGroupsCommandInput } from '@aws-sdk/client-cloudwatch-logs';
import { refused, type Stage, startEmpty, stopAll } from './harness.js';

afterEach(stopAll);

/** Four log groups that differ in what ListLogGroups selects by. */
async function four(): Promise<Stage> {
  const stage = await startEmpty();
  const { client } = stage;
  await client.createLogGroup({
    logGroupName: '/aws/lambda/shop',
    tags: { stage: 'Production', team: 'api' },
  });
  await client.createLogGroup({ logGroupName: '/shop/discovery', tags: { stage: 'beta' } });
  await client.createLogGroup({ logGroupName: '/shop/cheap', logGroupClass: 'INFREQUENT_ACCESS' });
  await client.createLogGroup({ logGroupName: '/web' });
  const policyDocument = JSON.stringify({ Fields: ['requestId'], FieldsV2: { status: { type: 'FACET' } } });
  await client.putIndexPolicy({ logGroupIdentifier: '/web', policyDocument });
  return stage;
}

const LAMBDA = '/aws/lambda/shop';
const DISCOVERY = '/shop/discovery';
const CHEAP = '/shop/cheap';
const WEB = '/web';

test.each<[ListLogGroupsCommandInput, string[]]>([
  [{}, [LAMBDA, CHEAP, DISCOVERY, WEB]],
  [{ logGroupNamePattern: '^/aws/lambda|discovery' }, [LAMBDA, DISCOVERY]],
  [{ logGroupNamePattern: 'shop' }, [LAMBDA, CHEAP, DISCOVERY]],
  [{ logGroupNamePattern: '^shop' }, []],
  [{ logGroupNamePattern: 'SHOP' }, []],
  [{ logGroupClass: 'INFREQUENT_ACCESS' }, [CHEAP]],
  [{ fieldIndexNames: ['requestId'] }, [WEB]],
  [{ fieldIndexNames: ['requestId', 'status'] }, [WEB]],
  [{ fieldIndexNames: ['requestId', 'other'] }, []],
  [{ logGroupTags: [{ key: 'stage' }] }, [LAMBDA, DISCOVERY]],
  [{ logGroupTags: [{ key: 'stage', values: ['beta', 'gamma'] }] }, [DISCOVERY]],
  [{ logGroupTags: [{ key: 'stage', values: ['production'] }] }, []],
  [{ logGroupTags: [{ key: 'stage', values: ['prod*'] }] }, [LAMBDA]],
  [{ logGroupTags: [{ key: 'stage', values: ['*TION'] }] }, [LAMBDA]],
  [{ logGroupTags: [{ key: 'stage', values: ['*uct*'] }] }, [LAMBDA]],
  [{ logGroupTags: [{ key: 'stage', values: ['!beta'] }] }, [LAMBDA]],
  [{ logGroupTags: [{ key: 'stage' }, { key: 'team' }] }, [LAMBDA]],
])('%j selects %j', async (input, expected) => {
  const { client } = await four();
  const { logGroups = [] } = await client.listLogGroups(input);
  expect(logGroups.map(({ logGroupName }) => logGroupName)).toEqual(expected);
});

test('shows name, ARN and class, page by page', async () => {
  const { client } = await four();
  const first = await client.listLogGroups({ limit: 3 });
  const second = await client.listLogGroups({ limit: 3, nextToken: first.nextToken });
  expect(first.logGroups).toHaveLength(3);
  expect(second.nextToken).toBeUndefined();
  expect(second.logGroups).toEqual([
    {
      logGroupName: WEB,
      logGroupArn: `arn:aws:logs:us-east-1:123456789012:log-group:${WEB}`,
      logGroupClass: 'STANDARD',
    },
  ]);
});

test('linked accounts and data sources are refused by name', async () => {
  const { client } = await four();
  const refusal = await refused(client.listLogGroups({ dataSources: [{ name: 'x' }] }));
  expect(refusal.message).toContain("does not implement the member 'dataSources' of ListLogGroups");
  const linked = await refused(client.listLogGroups({ includeLinkedAccounts: true }));
  expect(linked.message).toContain("does not implement the member 'includeLinkedAccounts' of ListLogGroups");
  expect((await client.listLogGroups({ includeLinkedAccounts: false })).logGroups).toHaveLength(4);
});

test('DescribeLogGroups takes identifiers: names and ARNs', async () => {
  const { client } = await four();
  const arn = `arn:aws:logs:us-east-1:123456789012:log-group:${WEB}`;
  const { logGroups = [] } = await client.describeLogGroups({
    logGroupIdentifiers: [DISCOVERY, arn, '/nobody'],
  });
  expect(logGroups.map(({ logGroupName }) => logGroupName)).toEqual([DISCOVERY, WEB]);
  const both = client.describeLogGroups({ logGroupIdentifiers: [WEB], logGroupNamePrefix: '/w' });
  expect(await refused(both)).toMatchObject({
    message: 'Cannot specify logGroupIdentifiers with another filter.',
  });
});
