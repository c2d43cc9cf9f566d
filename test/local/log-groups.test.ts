import { DAY_MS, GROUP, NOW_MS, refused, start, startEmpty, stopAll, TARGET } from './harness.js';

afterEach(stopAll);

const VALUES = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];
const GROUP_PATTERN = String.raw`Member must satisfy regular expression pattern: [\.\-_/#A-Za-z0-9]+`;

function broken(value: string, member: string, rule: string): object {
  const text = `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: ${rule}`;
  return { name: 'InvalidParameterException', message: text, status: 400 };
}

describe('CreateLogGroup', () => {
  it.each(['a', 'a'.repeat(511), 'a'.repeat(512), '/aws/lambda/f', '._-/#Az9', 'AWS/x'])(
    'takes %s',
    async (name) => {
      const { client } = await startEmpty();
      await client.createLogGroup({ logGroupName: name });
      const { logGroups } = await client.describeLogGroups({});
      expect(logGroups?.map(({ logGroupName }) => logGroupName)).toEqual([name]);
    },
  );

  it.each(['a b', 'a:b', 'ä', 'a*', 'a\n'])('refuses %j', async (name) => {
    const { client } = await startEmpty();
    expect(await refused(client.createLogGroup({ logGroupName: name }))).toEqual(
      broken(name, 'logGroupName', GROUP_PATTERN),
    );
  });

  it('refuses 0 and 513 characters', async () => {
    const { client } = await startEmpty();
    const length = 'Member must have length';
    expect(await refused(client.createLogGroup({ logGroupName: '' }))).toEqual(
      broken('', 'logGroupName', `${length} greater than or equal to 1`),
    );
    expect(await refused(client.createLogGroup({ logGroupName: 'a'.repeat(513) }))).toEqual(
      broken(`${'a'.repeat(256)}...`, 'logGroupName', `${length} less than or equal to 512`),
    );
  });

  it('reserves aws/', async () => {
    const { client } = await startEmpty();
    expect(await refused(client.createLogGroup({ logGroupName: 'aws/x' }))).toEqual({
      name: 'InvalidParameterException',
      message: 'Log groups starting with AWS/ are reserved for AWS.',
      status: 400,
    });
  });

  it('refuses a name that is taken', async () => {
    const { client } = await start();
    expect(await refused(client.createLogGroup({ logGroupName: GROUP }))).toEqual({
      name: 'ResourceAlreadyExistsException',
      message: 'The specified log group already exists',
      status: 400,
    });
  });

  it.each(['STANDARD', 'INFREQUENT_ACCESS', 'DELIVERY'] as const)('takes class %s', async (logGroupClass) => {
    const { client } = await startEmpty();
    await client.createLogGroup({
      logGroupName: GROUP,
      logGroupClass,
      tags: { team: 'a b' },
      kmsKeyId: 'arn:key',
    });
    const { logGroups } = await client.describeLogGroups({ logGroupClass });
    expect(logGroups).toMatchObject([{ logGroupName: GROUP, logGroupClass, kmsKeyId: 'arn:key' }]);
  });

  it('refuses another class', async () => {
    const stage = await startEmpty();
    const { body } = await stage.raw('CreateLogGroup', { logGroupName: GROUP, logGroupClass: 'CHEAP' });
    expect(body['message']).toContain(
      'Member must satisfy enum value set: [STANDARD, INFREQUENT_ACCESS, DELIVERY, ESSENTIALS]',
    );
  });

  it.each([
    [Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`k${index}`, ''])), 200],
    [Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`k${index}`, ''])), 400],
    [{ ['k'.repeat(128)]: 'v'.repeat(256) }, 200],
    [{ ['k'.repeat(129)]: 'v' }, 400],
    [{ k: 'v'.repeat(257) }, 400],
    [{ k: 'a;b' }, 400],
    [{ '': 'v' }, 400],
  ])('checks tags %#', async (tags, status) => {
    const stage = await startEmpty();
    expect((await stage.raw('CreateLogGroup', { logGroupName: GROUP, tags })).status).toBe(status);
  });
});

describe('PutRetentionPolicy', () => {
  it('takes the 22 values and no other', async () => {
    const stage = await start();
    const taken: number[] = [];
    const candidates = new Set(VALUES.flatMap((days) => [days - 1, days, days + 1]));
    for (const retentionInDays of candidates) {
      const { status } = await stage.raw('PutRetentionPolicy', { logGroupName: GROUP, retentionInDays });
      if (status === 200) taken.push(retentionInDays);
    }
    expect(taken).toEqual(VALUES);
  });

  it('says which values there are', async () => {
    const { client } = await start();
    expect(await refused(client.putRetentionPolicy({ logGroupName: GROUP, retentionInDays: 2 }))).toEqual(
      broken('2', 'retentionInDays', `Member must satisfy enum value set: [${VALUES.join(', ')}]`),
    );
  });

  it('hides what is past it, also later, until it is deleted', async () => {
    let nowMs = NOW_MS;
    const stage = await start({ clock: () => nowMs });
    const count = async (): Promise<number | undefined> =>
      (await stage.client.getLogEvents(TARGET)).events?.length;
    await stage.put([NOW_MS]);
    await stage.client.putRetentionPolicy({ logGroupName: GROUP, retentionInDays: 1 });
    nowMs = NOW_MS + DAY_MS;
    expect(await count()).toBe(1);
    nowMs += 1;
    expect(await count()).toBe(0);
    expect((await stage.client.filterLogEvents({ logGroupName: GROUP })).events).toEqual([]);
    await stage.client.deleteRetentionPolicy({ logGroupName: GROUP });
    expect(await count()).toBe(1);
  });

  it('needs the group', async () => {
    const { client } = await startEmpty();
    const calls = [
      client.putRetentionPolicy({ logGroupName: GROUP, retentionInDays: 1 }),
      client.deleteRetentionPolicy({ logGroupName: GROUP }),
      client.deleteLogGroup({ logGroupName: GROUP }),
      client.createLogStream(TARGET),
      client.describeLogStreams({ logGroupName: GROUP }),
      client.filterLogEvents({ logGroupName: GROUP }),
    ];
    for (const call of calls) {
      expect((await refused(call)).message).toBe('The specified log group does not exist.');
    }
  });
});

describe('DeleteLogGroup', () => {
  it('removes the streams as well', async () => {
    const stage = await start();
    await stage.put([NOW_MS]);
    await stage.client.deleteLogGroup({ logGroupName: GROUP });
    await stage.client.createLogGroup({ logGroupName: GROUP });
    expect((await stage.client.describeLogStreams({ logGroupName: GROUP })).logStreams).toEqual([]);
  });
});

describe('a protected group', () => {
  const refusal = {
    name: 'ValidationException',
    message: 'The specified log group is protected from deletion.',
    status: 400,
  };

  it('keeps itself and its streams until its protection is taken away', async () => {
    const { client } = await startEmpty();
    await client.createLogGroup({ logGroupName: GROUP, deletionProtectionEnabled: true });
    await client.createLogStream(TARGET);
    expect(await refused(client.deleteLogStream(TARGET))).toEqual(refusal);
    expect(await refused(client.deleteLogGroup({ logGroupName: GROUP }))).toEqual(refusal);

    await client.putLogGroupDeletionProtection({
      logGroupIdentifier: GROUP,
      deletionProtectionEnabled: false,
    });
    await client.deleteLogStream(TARGET);
    await client.deleteLogGroup({ logGroupName: GROUP });
    expect((await client.describeLogGroups({})).logGroups).toEqual([]);
  });

  it('can become one later', async () => {
    const { client } = await start();
    const input = { logGroupIdentifier: GROUP, deletionProtectionEnabled: true };
    await client.putLogGroupDeletionProtection(input);
    expect(await refused(client.deleteLogGroup({ logGroupName: GROUP }))).toEqual(refusal);
    const { logGroups } = await client.describeLogGroups({});
    expect(logGroups?.map(({ deletionProtectionEnabled }) => deletionProtectionEnabled)).toEqual([true]);
  });

  it('is named, and so is what is wanted', async () => {
    const stage = await start();
    const operation = 'PutLogGroupDeletionProtection';
    const missing = { logGroupIdentifier: GROUP };
    const nameless = { logGroupName: GROUP, deletionProtectionEnabled: true };
    expect((await stage.raw(operation, missing)).body['__type']).toBe('InvalidParameterException');
    expect((await stage.raw(operation, nameless)).body['__type']).toBe('InvalidParameterException');
  });
});

describe('DescribeLogGroups', () => {
  it('describes a group', async () => {
    const stage = await start();
    await stage.client.putRetentionPolicy({ logGroupName: GROUP, retentionInDays: 7 });
    await stage.put([NOW_MS, NOW_MS], 'four');
    const { logGroups } = await stage.client.describeLogGroups({});
    expect(logGroups).toEqual([
      {
        logGroupName: GROUP,
        creationTime: NOW_MS,
        retentionInDays: 7,
        metricFilterCount: 0,
        arn: `arn:aws:logs:us-east-1:123456789012:log-group:${GROUP}:*`,
        logGroupArn: `arn:aws:logs:us-east-1:123456789012:log-group:${GROUP}`,
        deletionProtectionEnabled: false,
        storedBytes: 60,
        logGroupClass: 'STANDARD',
      },
    ]);
  });

  it('takes the region from the signature', async () => {
    const { client } = await startEmpty({}, 'eu-central-1');
    await client.createLogGroup({ logGroupName: GROUP });
    const { logGroups } = await client.describeLogGroups({});
    expect(logGroups?.[0]?.arn).toBe(`arn:aws:logs:eu-central-1:123456789012:log-group:${GROUP}:*`);
  });

  it('lists by name in pages, whatever is made meanwhile', async () => {
    const { client } = await startEmpty();
    for (const name of ['/b', '/c', '/a', '/B', '/e']) await client.createLogGroup({ logGroupName: name });
    const first = await client.describeLogGroups({ limit: 2 });
    await client.createLogGroup({ logGroupName: '/A' });
    await client.createLogGroup({ logGroupName: '/d' });
    const second = await client.describeLogGroups({ limit: 2, nextToken: first.nextToken });
    const third = await client.describeLogGroups({ limit: 2, nextToken: second.nextToken });
    const names = [first, second, third].map(({ logGroups }) =>
      logGroups?.map(({ logGroupName }) => logGroupName),
    );
    expect(names).toEqual([
      ['/B', '/a'],
      ['/b', '/c'],
      ['/d', '/e'],
    ]);
    expect(third.nextToken).toBeUndefined();
  });

  it('takes a prefix or a part of the name, not both', async () => {
    const { client } = await startEmpty();
    for (const name of ['/app/one', '/app/two', '/web/one'])
      await client.createLogGroup({ logGroupName: name });
    const prefixed = await client.describeLogGroups({ logGroupNamePrefix: '/app' });
    const matching = await client.describeLogGroups({ logGroupNamePattern: 'one' });
    expect(prefixed.logGroups?.map(({ logGroupName }) => logGroupName)).toEqual(['/app/one', '/app/two']);
    expect(matching.logGroups?.map(({ logGroupName }) => logGroupName)).toEqual(['/app/one', '/web/one']);
    const both = client.describeLogGroups({ logGroupNamePrefix: '/app', logGroupNamePattern: 'one' });
    expect((await refused(both)).name).toBe('InvalidParameterException');
  });

  it.each([
    [0, 400],
    [1, 200],
    [50, 200],
    [51, 400],
  ])('limit %d → %d', async (limit, status) => {
    const stage = await startEmpty();
    expect((await stage.raw('DescribeLogGroups', { limit })).status).toBe(status);
  });

  it('refuses a token that is not its own', async () => {
    const { client } = await startEmpty();
    expect(await refused(client.describeLogGroups({ nextToken: 'garbage' }))).toEqual({
      name: 'InvalidParameterException',
      message: 'The specified nextToken is invalid.',
      status: 400,
    });
  });
});
