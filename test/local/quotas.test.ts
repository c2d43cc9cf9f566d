import { GROUP, NOW_MS, refused, type Stage, start, STREAM, stopAll, TARGET } from './harness.js';

afterEach(stopAll);

class Clock {
  nowMs = NOW_MS;
  readonly now = (): number => this.nowMs;
}

/** Makes this many calls, and returns how many of them were refused. */
async function throttledOf(count: number, call: () => Promise<unknown>): Promise<number> {
  let throttled = 0;
  for (let made = 0; made < count; made++) {
    const { name, message, status } = await refused(call());
    if (name !== 'ThrottlingException') continue;
    expect([message, status]).toEqual(['Rate exceeded', 400]);
    throttled += 1;
  }
  return throttled;
}

const putRetention = (stage: Stage): Promise<unknown> =>
  stage.client.putRetentionPolicy({ logGroupName: GROUP, retentionInDays: 7 });

test('the quotas of the service hold for each operation, and fill up again', async () => {
  const clock = new Clock();
  const stage = await start({ limitTps: true, clock: clock.now });

  expect(await throttledOf(5, () => putRetention(stage))).toBe(0);
  expect(await throttledOf(2, () => putRetention(stage))).toBe(2);
  expect(await throttledOf(1, () => stage.client.describeLogGroups())).toBe(0);

  clock.nowMs += 199;
  expect(await throttledOf(1, () => putRetention(stage))).toBe(1);
  clock.nowMs += 1;
  expect(await throttledOf(2, () => putRetention(stage))).toBe(1);
  clock.nowMs += 3_600_000;
  expect(await throttledOf(6, () => putRetention(stage))).toBe(1);
});

test('a call that is throttled changes nothing, and has its row', async () => {
  const stage = await start({ limitTps: 2 });
  const createStream = (): Promise<unknown> =>
    stage.client.createLogStream({ ...TARGET, logStreamName: `${STREAM}-${stage.service.calls.length}` });

  expect(await throttledOf(3, createStream)).toBe(2);

  const { logStreams } = await stage.client.describeLogStreams({ logGroupName: GROUP });
  expect(logStreams).toHaveLength(2);
  expect(stage.service.calls.map(({ errorName }) => errorName)).toEqual([
    undefined,
    undefined,
    undefined,
    'ThrottlingException',
    'ThrottlingException',
    undefined,
  ]);
});

test('another Region has a quota of its own', async () => {
  const stage = await start({ limitTps: 1 });
  const signedFor = (region: string): Promise<{ status: number }> =>
    stage.raw('DescribeLogGroups', {}, { headers: { Authorization: authorizationFor(region) } });

  const statuses = [];
  for (const region of ['us-east-1', 'us-east-1', 'eu-central-1'])
    statuses.push((await signedFor(region)).status);
  expect(statuses).toEqual([200, 400, 200]);
});

function authorizationFor(region: string): string {
  const day = new Date().toISOString().slice(0, 10).replaceAll('-', '');
  const scope = `AKIDRAW/${day}/${region}/logs/aws4_request`;
  return `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host;x-amz-date, Signature=${'0'.repeat(64)}`;
}

test('without the option, nothing is throttled', async () => {
  const stage = await start();
  expect(await throttledOf(30, () => putRetention(stage))).toBe(0);
});
