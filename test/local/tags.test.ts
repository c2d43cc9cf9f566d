import type { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { GROUP, refused, start, stopAll } from './harness.js';

afterEach(stopAll);

const ARN = `arn:aws:logs:us-east-1:123456789012:log-group:${GROUP}`;

async function tagsOf(client: CloudWatchLogs): Promise<unknown> {
  return (await client.listTagsForResource({ resourceArn: ARN })).tags;
}

test('tags are added, replaced, removed and read back', async () => {
  const { client } = await start();
  await client.tagResource({ resourceArn: ARN, tags: { team: 'api', stage: 'beta' } });
  await client.tagResource({ resourceArn: ARN, tags: { stage: 'production', empty: '' } });
  expect(await tagsOf(client)).toEqual({ team: 'api', stage: 'production', empty: '' });
  await client.untagResource({ resourceArn: ARN, tagKeys: ['team', 'nobody'] });
  expect(await tagsOf(client)).toEqual({ stage: 'production', empty: '' });
});

test('the three older operations share them', async () => {
  const { client } = await start();
  await client.tagLogGroup({ logGroupName: GROUP, tags: { team: 'api', stage: 'beta' } });
  await client.untagLogGroup({ logGroupName: GROUP, tags: ['stage'] });
  expect((await client.listTagsLogGroup({ logGroupName: GROUP })).tags).toEqual({ team: 'api' });
  expect(await tagsOf(client)).toEqual({ team: 'api' });
});

test('tags of CreateLogGroup are kept', async () => {
  const { client } = await start();
  await client.createLogGroup({ logGroupName: '/other', tags: { team: 'web' } });
  expect(await tagsOf(client)).toEqual({});
  const { tags } = await client.listTagsForResource({ resourceArn: ARN.replace(GROUP, '/other') });
  expect(tags).toEqual({ team: 'web' });
});

test('50 tags, and not 51, however they come', async () => {
  const { client } = await start();
  const many = (from: number, to: number): Record<string, string> =>
    Object.fromEntries(Array.from({ length: to - from }, (_, index) => [`key${from + index}`, 'value']));
  await client.tagResource({ resourceArn: ARN, tags: many(0, 49) });
  expect(await refused(client.tagResource({ resourceArn: ARN, tags: many(49, 51) }))).toMatchObject({
    name: 'TooManyTagsException',
    status: 400,
  });
  await client.tagResource({ resourceArn: ARN, tags: many(48, 50) });
  expect(Object.keys((await tagsOf(client)) as object)).toHaveLength(50);
});

test.each([`${ARN}:*`, ARN.replace('us-east-1', 'eu-central-1'), ARN.replace(GROUP, '/nobody'), GROUP])(
  'no log group is %s',
  async (resourceArn) => {
    const { client } = await start();
    const { name } = await refused(client.tagResource({ resourceArn, tags: { a: 'b' } }));
    expect(['ResourceNotFoundException', 'InvalidParameterException']).toContain(name);
    expect(await tagsOf(client)).toEqual({});
  },
);

test('tag keys of objects are ordinary keys', async () => {
  const { client } = await start();
  await client.tagResource({ resourceArn: ARN, tags: { constructor: 'x', toString: 'y' } });
  expect(await tagsOf(client)).toEqual({ constructor: 'x', toString: 'y' });
});
