import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sdkPort } from '../../../runtime/sdk/sdk-port.js';
import { SinkBench } from '../../support/sink-against-server.js';

let bench: SinkBench;

beforeEach(async () => {
  bench = await SinkBench.start();
});

afterEach(() => bench.stop());

const { signal } = new AbortController();

test('without a Region each call says what to set, and one that comes later is used', async () => {
  for (const name of Object.keys(process.env)) if (/REGION/.test(name)) delete process.env[name];
  process.env['AWS_CONFIG_FILE'] = process.env['AWS_SHARED_CREDENTIALS_FILE'] = '/nowhere';
  const without = sdkPort({
    settings: { endpointUrl: bench.server.endpoint, requestTimeoutSeconds: 15 },
    onServiceDate: () => undefined,
  });
  const target = bench.newTarget();
  await expect(without.createLogGroup(target, signal)).rejects.toMatchObject({
    name: 'RegionMissing',
    message: expect.stringContaining('FAPILOG_CLOUDWATCH__REGION or AWS_REGION'),
  });
  process.env['AWS_REGION'] = 'eu-central-1';
  await without.createLogGroup(target, signal);
  without.close();
});

test('a Region of a shared file is checked, and read anew until it is one', async () => {
  for (const name of Object.keys(process.env)) if (/REGION/.test(name)) delete process.env[name];
  const folder = mkdtempSync(join(tmpdir(), 'config-'));
  const file = join(folder, 'config');
  process.env['AWS_CONFIG_FILE'] = file;
  const reader = sdkPort({
    settings: { endpointUrl: bench.server.endpoint, requestTimeoutSeconds: 15 },
    onServiceDate: () => undefined,
  });
  const target = bench.newTarget();
  await expect(reader.createLogGroup(target, signal)).rejects.toMatchObject({ name: 'RegionMissing' });
  writeFileSync(file, '[default]\nregion = eu-west-1a\n');
  await expect(reader.createLogGroup(target, signal)).rejects.toMatchObject({
    name: 'RegionMalformed',
    message:
      'region of the profile default is "eu-west-1a"; allowed: the name of an AWS Region, such as us-west-2; ' +
      'did you mean eu-west-1?',
  });
  writeFileSync(file, '[default]\nregion = eu-west-1\n');
  await expect(reader.createLogGroup(target, signal)).resolves.toBeUndefined();
  reader.close();
  rmSync(folder, { recursive: true });
});
