import { GROUP, refused, start, stopAll } from './harness.js';

afterEach(stopAll);

const KEY = 'arn:aws:kms:us-east-1:123456789012:key/one';
const ARN = `arn:aws:logs:us-east-1:123456789012:log-group:${GROUP}`;

test.each([{ logGroupName: GROUP }, { resourceIdentifier: ARN }])(
  'a key is associated and disassociated by %j',
  async (naming) => {
    const { client } = await start();
    const keyOf = async (): Promise<unknown> => (await client.describeLogGroups({})).logGroups?.[0]?.kmsKeyId;
    await client.associateKmsKey({ ...naming, kmsKeyId: KEY });
    expect(await keyOf()).toBe(KEY);
    await client.disassociateKmsKey(naming);
    expect(await keyOf()).toBeUndefined();
  },
);

test.each([
  [{}, 'Specify either logGroupName or resourceIdentifier.'],
  [
    { logGroupName: GROUP, resourceIdentifier: ARN },
    'Cannot specify both logGroupName and resourceIdentifier.',
  ],
  [
    { resourceIdentifier: 'arn:aws:logs:us-east-1:123456789012:query-result:*' },
    'This local server has no encryption of query results.',
  ],
])('%j is refused', async (naming, message) => {
  const { client } = await start();
  const name = 'InvalidParameterException';
  expect(await refused(client.associateKmsKey({ ...naming, kmsKeyId: KEY }))).toMatchObject({
    name,
    message,
  });
  expect(await refused(client.disassociateKmsKey(naming))).toMatchObject({ name, message });
});
