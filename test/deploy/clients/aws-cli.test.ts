import { type LocalCloudWatchLogs, startLocalCloudWatchLogs } from '../../../local/index.js';
import { describeWith } from '../../support/tools.js';
import { awsCommand, follow, hasTail, linesUpTo, run, stop } from './programs.js';

const GROUP = '/myapp/production';
const STREAM = 'api-1';
const ARN = `arn:aws:logs:us-east-1:123456789012:log-group:${GROUP}`;
const TARGET = ['--log-group-name', GROUP, '--log-stream-name', STREAM];
const NOW_MS = Date.now();

describeWith(awsCommand)("AWS's command line", () => {
  let server: LocalCloudWatchLogs;

  beforeEach(async () => {
    server = await startLocalCloudWatchLogs();
    await logs('create-log-group', '--log-group-name', GROUP, '--tags', 'team=web');
    await logs('create-log-stream', ...TARGET);
  });

  afterEach(() => server.close());

  async function logs(...args: string[]): Promise<unknown> {
    const text = await run(awsCommand, ['logs', ...args, '--output', 'json'], server.endpoint);
    return text === '' ? undefined : (JSON.parse(text) as unknown);
  }

  function put(...events: readonly (readonly [number, string])[]): Promise<unknown> {
    const logEvents = events.map(([offsetMs, message]) => ({ timestamp: NOW_MS + offsetMs, message }));
    return logs('put-log-events', ...TARGET, '--log-events', JSON.stringify(logEvents));
  }

  test('describes the group that it made', async () => {
    await logs('put-retention-policy', '--log-group-name', GROUP, '--retention-in-days', '7');

    expect(await logs('describe-log-groups', '--log-group-name-prefix', '/myapp/')).toEqual({
      logGroups: [
        {
          logGroupName: GROUP,
          creationTime: expect.any(Number) as unknown,
          retentionInDays: 7,
          metricFilterCount: 0,
          arn: `${ARN}:*`,
          storedBytes: 0,
          logGroupClass: 'STANDARD',
          logGroupArn: ARN,
          deletionProtectionEnabled: false,
        },
      ],
    });
  });

  test('reads, page by page, what it wrote', async () => {
    await put([-2000, 'a'], [-1000, 'ERROR b'], [0, 'c']);
    const event = (offsetMs: number, message: string): object => ({
      timestamp: NOW_MS + offsetMs,
      message,
      ingestionTime: expect.any(Number) as unknown,
    });
    const found = (offsetMs: number, message: string): object => ({
      ...event(offsetMs, message),
      logStreamName: STREAM,
      eventId: expect.any(String) as unknown,
    });

    expect(await logs('get-log-events', ...TARGET, '--start-from-head')).toEqual({
      events: [event(-2000, 'a'), event(-1000, 'ERROR b'), event(0, 'c')],
      nextForwardToken: expect.stringMatching(/^f\//) as unknown,
      nextBackwardToken: expect.stringMatching(/^b\//) as unknown,
    });
    expect(await logs('filter-log-events', '--log-group-name', GROUP, '--page-size', '1')).toEqual({
      events: [found(-2000, 'a'), found(-1000, 'ERROR b'), found(0, 'c')],
      searchedLogStreams: [],
    });
    const filter = ['--log-group-name', GROUP, '--filter-pattern', 'ERROR'];
    expect(await logs('filter-log-events', ...filter)).toEqual({
      events: [found(-1000, 'ERROR b')],
      searchedLogStreams: [],
    });
  });

  test('says why a call was refused', async () => {
    await expect(logs('create-log-group', '--log-group-name', GROUP)).rejects.toThrow(
      'An error occurred (ResourceAlreadyExistsException) when calling the CreateLogGroup operation: ' +
        'The specified log group already exists',
    );
  });

  (hasTail ? test : test.skip).each([
    ['name', GROUP],
    ['ARN', ARN],
  ])('tails a group by its %s', async (_name, group) => {
    await put([-1000, 'a'], [0, 'b']);

    const text = await run(awsCommand, ['logs', 'tail', group, '--format', 'short'], server.endpoint);

    expect(text.trim().split('\n').map(withoutTime)).toEqual(['a', 'b']);
  });

  (hasTail ? test : test.skip)('follows a group: each event once, also those that come later', async () => {
    await put([-1000, 'a']);
    const tail = follow(
      awsCommand,
      ['logs', 'tail', GROUP, '--follow', '--format', 'short'],
      server.endpoint,
    );
    const lines = linesUpTo(tail);
    try {
      expect((await lines('a')).map(withoutTime)).toEqual(['a']);
      await put([0, 'b']);
      expect((await lines('b')).map(withoutTime)).toEqual(['a', 'b']);
    } finally {
      await stop(tail);
    }
  });
});

function withoutTime(line: string): string {
  return line.replace(/^\S+ /, '');
}
