import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { startLocalCloudWatchLogs } from '../../local/index.js';
import { SWITCHABLE_KINDS, switchedFaults } from '../../local/faults/switchable-faults.js';

test('a delay comes last, so that the others hit calls, too', () => {
  const scope = { operation: '*', probability: 1 };

  const faults = switchedFaults([
    { kind: 'delay', delayMs: 5, ...scope },
    { kind: 'throttle', ...scope },
    { kind: 'hang', ...scope },
  ]);

  expect(faults.map(({ kind }) => kind)).toEqual(['throttle', 'hang', 'delay']);
});

test('every kind can be switched on, and hits calls until it is switched off', () => {
  const faults = switchedFaults(SWITCHABLE_KINDS.map((kind) => ({ kind, operation: '*', probability: 0.5 })));

  expect(faults.map(({ kind }) => kind).toSorted()).toEqual([...SWITCHABLE_KINDS].toSorted());
  expect(faults.every(({ times }) => times === Number.POSITIVE_INFINITY)).toBe(true);
});

test('a switched fault hits the operation that it names, each time', async () => {
  const server = await startLocalCloudWatchLogs({
    faults: switchedFaults([{ kind: 'unavailable', operation: 'DescribeLogGroups', probability: 1 }]),
  });
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new CloudWatchLogs({
    endpoint: server.endpoint,
    region: 'us-east-1',
    credentials,
    maxAttempts: 3,
  });

  await expect(client.describeLogGroups({})).rejects.toThrow('Service Unavailable');
  await client.createLogGroup({ logGroupName: 'untouched' });

  expect(server.calls.map(({ status }) => status)).toEqual([503, 503, 503, 200]);
  client.destroy();
  await server.close();
});
