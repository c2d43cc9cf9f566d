import { GROUP, NOW_MS, refused, start, startEmpty, type Stage, stopAll, STREAM, TARGET } from './harness.js';

afterEach(stopAll);

describe('CreateLogStream', () => {
  it.each(['a', 'a'.repeat(511), 'a'.repeat(512), '2026/01/15/[$LATEST]ab cd', 'ä€'])(
    'takes %s',
    async (name) => {
      const { client } = await startEmpty();
      await client.createLogGroup({ logGroupName: GROUP });
      await client.createLogStream({ logGroupName: GROUP, logStreamName: name });
      const { logStreams } = await client.describeLogStreams({ logGroupName: GROUP });
      expect(logStreams?.map(({ logStreamName }) => logStreamName)).toEqual([name]);
    },
  );

  it.each([
    ['a:b', 'Member must satisfy regular expression pattern: [^:*]*'],
    ['a*', 'Member must satisfy regular expression pattern: [^:*]*'],
    ['', 'Member must have length greater than or equal to 1'],
    ['a'.repeat(513), 'Member must have length less than or equal to 512'],
  ])('refuses %s', async (logStreamName, rule) => {
    const { client } = await start();
    const { name, message } = await refused(client.createLogStream({ logGroupName: GROUP, logStreamName }));
    expect(name).toBe('InvalidParameterException');
    expect(message.endsWith(`at 'logStreamName' failed to satisfy constraint: ${rule}`)).toBe(true);
  });

  it('refuses a name that is taken', async () => {
    const { client } = await start();
    expect(await refused(client.createLogStream(TARGET))).toEqual({
      name: 'ResourceAlreadyExistsException',
      message: 'The specified log stream already exists',
      status: 400,
    });
  });
});

describe('DeleteLogStream', () => {
  it('removes the stream and its events', async () => {
    const stage = await start();
    await stage.put([NOW_MS]);
    await stage.client.deleteLogStream(TARGET);
    expect((await refused(stage.client.deleteLogStream(TARGET))).message).toBe(
      'The specified log stream does not exist.',
    );
    await stage.client.createLogStream(TARGET);
    expect((await stage.client.getLogEvents(TARGET)).events).toEqual([]);
  });
});

/** Streams a to e, made and written to in the order c, a, b, d; e has no event. */
async function startWithFive(): Promise<Stage> {
  const stage = await startEmpty();
  await stage.client.createLogGroup({ logGroupName: GROUP });
  for (const [index, logStreamName] of ['c', 'a', 'e', 'b', 'd'].entries()) {
    await stage.client.createLogStream({ logGroupName: GROUP, logStreamName });
    const logEvents = [{ timestamp: NOW_MS + index, message: 'x' }];
    if (logStreamName !== 'e')
      await stage.client.putLogEvents({ logGroupName: GROUP, logStreamName, logEvents });
  }
  return stage;
}

describe('DescribeLogStreams', () => {
  it('describes a stream, with 0 stored bytes', async () => {
    const stage = await start();
    await stage.put([NOW_MS - 5, NOW_MS - 1]);
    await stage.put([NOW_MS - 9, NOW_MS - 8]);
    const { logStreams } = await stage.client.describeLogStreams({ logGroupName: GROUP });
    expect(logStreams).toEqual([
      {
        logStreamName: STREAM,
        creationTime: NOW_MS,
        firstEventTimestamp: NOW_MS - 9,
        lastEventTimestamp: NOW_MS - 1,
        lastIngestionTime: NOW_MS,
        uploadSequenceToken: expect.stringMatching(/^\d{56}$/),
        arn: `arn:aws:logs:us-east-1:123456789012:log-group:${GROUP}:log-stream:${STREAM}`,
        storedBytes: 0,
      },
    ]);
  });

  it.each([
    [undefined, false, ['a', 'b', 'c', 'd', 'e']],
    ['LogStreamName', true, ['e', 'd', 'c', 'b', 'a']],
    ['LastEventTime', false, ['e', 'c', 'a', 'b', 'd']],
    ['LastEventTime', true, ['d', 'b', 'a', 'c', 'e']],
  ] as const)('orders by %s, descending %s, in pages of two', async (orderBy, descending, expected) => {
    const { client } = await startWithFive();
    const names: (string | undefined)[] = [];
    let nextToken: string | undefined;
    let pages = 0;
    do {
      const page = await client.describeLogStreams({
        logGroupName: GROUP,
        orderBy,
        descending,
        limit: 2,
        nextToken,
      });
      names.push(...(page.logStreams ?? []).map(({ logStreamName }) => logStreamName));
      nextToken = page.nextToken;
      pages += 1;
    } while (nextToken !== undefined);
    expect([names, pages]).toEqual([expected, 3]);
  });

  it('takes a prefix, but not together with LastEventTime', async () => {
    const { client } = await startWithFive();
    const { logStreams } = await client.describeLogStreams({ logGroupName: GROUP, logStreamNamePrefix: 'd' });
    expect(logStreams?.map(({ logStreamName }) => logStreamName)).toEqual(['d']);
    const both = { logGroupName: GROUP, logStreamNamePrefix: 'd', orderBy: 'LastEventTime' } as const;
    expect((await refused(client.describeLogStreams(both))).message).toBe(
      'Cannot order by LastEventTime with a logStreamNamePrefix.',
    );
  });

  it('takes an ARN as identifier', async () => {
    const { client } = await start();
    const logGroupIdentifier = `arn:aws:logs:us-east-1:123456789012:log-group:${GROUP}`;
    expect((await client.describeLogStreams({ logGroupIdentifier })).logStreams).toHaveLength(1);
    const both = client.describeLogStreams({ logGroupIdentifier, logGroupName: GROUP });
    expect((await refused(both)).name).toBe('InvalidParameterException');
  });
});
