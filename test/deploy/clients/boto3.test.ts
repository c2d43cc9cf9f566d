import { join } from 'node:path';
import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { type LocalCloudWatchLogs, startLocalCloudWatchLogs } from '../../../local/index.js';
import { describeWith } from '../../support/tools.js';
import { follow, linesUpTo, pythonCommand, run, stop } from './programs.js';

describeWith(pythonCommand)('boto3', () => {
  let server: LocalCloudWatchLogs;

  beforeEach(async () => {
    server = await startLocalCloudWatchLogs();
  });

  afterEach(() => server.close());

  async function program(name: string): Promise<unknown> {
    const text = await run(pythonCommand, [join(__dirname, name), server.endpoint], server.endpoint);
    return JSON.parse(text) as unknown;
  }

  test('reads, page by page, what it wrote', async () => {
    expect(await program('boto3-round-trip.py')).toEqual({
      groups: [['/myapp/production', 30]],
      streams: ['api-1', 'api-2'],
      found: Array.from({ length: 25 }, (_, index) => `line ${index}`),
      got: ['line 23', 'line 24'],
      refusal:
        'An error occurred (ResourceNotFoundException) when calling the GetLogEvents operation: ' +
        'The specified log stream does not exist.',
    });
  });

  test.each([
    ['name', '/myapp/production'],
    ['ARN', 'arn:aws:logs:us-east-1:123456789012:log-group:/myapp/production'],
  ])('follows a group by its %s as aws logs tail does: each event once', async (_name, group) => {
    const target = { logGroupName: '/myapp/production', logStreamName: 'api-1' };
    const credentials = { accessKeyId: 'testing', secretAccessKey: 'testing' };
    const client = new CloudWatchLogs({ endpoint: server.endpoint, region: 'us-east-1', credentials });
    await client.createLogGroup({ logGroupName: target.logGroupName });
    await client.createLogStream(target);
    const nowMs = Date.now();
    const put = (...events: readonly (readonly [number, string])[]): Promise<unknown> =>
      client.putLogEvents({
        ...target,
        logEvents: events.map(([offsetMs, message]) => ({ timestamp: nowMs + offsetMs, message })),
      });
    await put([-1000, 'a'], [0, 'b']);

    const args = [join(__dirname, 'tail.py'), server.endpoint, group, String(nowMs - 60_000)];
    const tail = follow(pythonCommand, args, server.endpoint);
    const lines = linesUpTo(tail);
    try {
      expect(await lines('b')).toEqual(['a', 'b']);
      await put([0, 'c'], [1, 'd']);
      expect(await lines('d')).toEqual(['a', 'b', 'c', 'd']);
      await put([2, 'e']);
      expect(await lines('e')).toEqual(['a', 'b', 'c', 'd', 'e']);
    } finally {
      await stop(tail);
      client.destroy();
    }
  });

  test('has a model of the service that refusals and pages agree with', async () => {
    expect(await program('service-model.py')).toEqual([]);
  });
});
