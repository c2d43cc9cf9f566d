import { GROUP, NOW_MS, refused, start, stopAll } from './harness.js';

afterEach(stopAll);

const ARN = `arn:aws:logs:us-east-1:123456789012:log-group:${GROUP}`;

test.each([GROUP, ARN])('a policy of %s is put, shown and deleted', async (logGroupIdentifier) => {
  const { client } = await start();
  const policyDocument = JSON.stringify({ Fields: ['requestId'] });
  const policy = { logGroupIdentifier: ARN, lastUpdateTime: NOW_MS, policyDocument, source: 'LOG_GROUP' };
  const shown = async (): Promise<unknown> =>
    (await client.describeIndexPolicies({ logGroupIdentifiers: [logGroupIdentifier] })).indexPolicies;

  expect((await client.putIndexPolicy({ logGroupIdentifier, policyDocument })).indexPolicy).toEqual(policy);
  expect(await shown()).toEqual([policy]);
  await client.deleteIndexPolicy({ logGroupIdentifier });
  expect(await shown()).toEqual([]);
});

const fields = (count: number): string[] => Array.from({ length: count }, (_, index) => `field${index}`);

test.each([
  [{ Fields: fields(20) }, undefined],
  [{ Fields: fields(21) }, 'at most 20 fields'],
  [{ Fields: ['a'.repeat(100)] }, undefined],
  [{ Fields: ['a'.repeat(101)] }, '1 to 100 characters'],
  [{ Fields: [''] }, '1 to 100 characters'],
  [{ Fields: [] }, 'at least one field'],
  [{}, 'at least one field'],
  [{ Fields: 'requestId' }, 'a list of names'],
  [{ FieldsV2: { requestId: { type: 'FIELD_INDEX' }, status: { type: 'FACET' } } }, undefined],
  [{ FieldsV2: { requestId: { type: 'OTHER' } } }, 'FIELD_INDEX or FACET'],
  [{ Fields: ['a'], FieldsV2: { a: { type: 'FACET' } } }, 'named twice'],
  [['requestId'], 'a JSON object'],
])('%j: %s', async (policy, problem) => {
  const { client } = await start();
  const call = client.putIndexPolicy({ logGroupIdentifier: GROUP, policyDocument: JSON.stringify(policy) });
  if (problem === undefined) return expect((await call).indexPolicy).toBeDefined();
  const { name, message } = await refused(call);
  expect([name, message]).toEqual(['InvalidParameterException', expect.stringContaining(problem)]);
});

test('a log group of another class has none', async () => {
  const { client } = await start();
  await client.createLogGroup({ logGroupName: '/cheap', logGroupClass: 'INFREQUENT_ACCESS' });
  const policyDocument = JSON.stringify({ Fields: ['a'] });
  expect(
    await refused(client.putIndexPolicy({ logGroupIdentifier: '/cheap', policyDocument })),
  ).toMatchObject({
    message: 'The operation is not supported for log groups of class INFREQUENT_ACCESS.',
  });
});
