import { createServer } from 'node:net';
import { gzipSync } from 'node:zlib';
import { startLocalCloudWatchLogs } from '../../local/index.js';
import { NOW_MS, start, startEmpty, type Stage, stopAll, TARGET, until } from './harness.js';

afterEach(stopAll);

it('listens on the loopback address, on a port that it chooses', async () => {
  const [one, two] = [await startEmpty(), await startEmpty()];
  expect(one.service.endpoint).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect(one.service.endpoint).not.toBe(two.service.endpoint);
});

it('takes the port it is given, or says that it cannot', async () => {
  const { service } = await startEmpty();
  const port = Number(new URL(service.endpoint).port);
  await expect(startLocalCloudWatchLogs({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  await service.close();
  const second = await startLocalCloudWatchLogs({ port });
  expect(second.endpoint).toBe(`http://127.0.0.1:${port}`);
  await second.close();
});

it('listens on the address it is given', async () => {
  const service = await startLocalCloudWatchLogs({ host: 'localhost' });
  const { hostname, port } = new URL(service.endpoint);
  expect(hostname).toBe('localhost');
  expect((await fetch(service.endpoint)).status).toBeGreaterThan(0);
  await expect(startLocalCloudWatchLogs({ host: 'localhost', port: Number(port) })).rejects.toThrow(
    'EADDRINUSE',
  );
  await service.close();
});

it('says of an address that is not this machine’s that it cannot be had', async () => {
  // For documents only (RFC 5737).
  await expect(startLocalCloudWatchLogs({ host: '192.0.2.1' })).rejects.toMatchObject({
    code: 'EADDRNOTAVAIL',
  });
});

it('closes at once, with hanging and delayed calls, twice', async () => {
  const stage = await start({ faults: [{ kind: 'hang' }, { kind: 'delay', delayMs: 3_600_000 }] });
  const call = { ...TARGET, logEvents: [{ timestamp: NOW_MS, message: 'x' }] };
  const failures = [0, 1].map(() => stage.client.putLogEvents(call).catch(() => 'failed'));
  await until(() => stage.service.calls.length === 4);
  const closing = stage.service.close();
  expect(stage.service.close()).toBe(closing);
  await closing;
  expect(await Promise.all(failures)).toEqual(['failed', 'failed']);
  expect(stage.service.calls.slice(2).map(({ status, fault, stored }) => [fault, status, stored])).toEqual([
    ['hang', 0, 0],
    ['delay', 0, 0],
  ]);
  await expect(fetch(stage.service.endpoint)).rejects.toThrow('fetch failed');
});

it('runs no delayed call after it has closed', async () => {
  const stage = await start({ faults: [{ kind: 'delay', delayMs: 30 }] });
  const call = { ...TARGET, logEvents: [{ timestamp: NOW_MS, message: 'x' }] };
  const failure = stage.client.putLogEvents(call).catch(() => 'failed');
  await until(() => stage.service.calls.length === 3);
  await stage.service.close();
  await new Promise((resolve) => setTimeout(resolve, 60));
  expect([await failure, stage.service.calls[2]?.stored]).toEqual(['failed', 0]);
});

it('runs no call that it was still reading when it was closed', async () => {
  const body = gzipSync(JSON.stringify({ logGroupName: 'x'.repeat(2_000_000) }));
  // It asks the time of a signature just before it unzips the call.
  const stage: Stage = await startEmpty({
    signatureClock: () => {
      void stage.service.close();
      return Date.now();
    },
  });
  const failure = stage
    .rawBytes('CreateLogGroup', body, { headers: { 'content-encoding': 'gzip' } })
    .catch(() => 'failed');
  expect(await failure).toBe('failed');
  await stage.service.close();
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(stage.service.calls).toEqual([]);
});

it('frees its port', async () => {
  const { service } = await startEmpty();
  const port = Number(new URL(service.endpoint).port);
  await service.close();
  const other = createServer();
  const listening = new Promise((resolve, reject) => {
    other.once('error', reject);
    other.listen(port, '127.0.0.1', () => resolve('listening'));
  });
  await expect(listening).resolves.toBe('listening');
  await new Promise((resolve) => other.close(resolve));
});
