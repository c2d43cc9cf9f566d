import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { join } from 'node:path';
import { startLocalCloudWatchLogs } from '../../local/index.js';
import { DeliveryStage } from '../support/delivery-stage.js';
import { root } from '../support/imports.js';
import { runWith, type Ended } from '../support/programs.js';

const program = join(root, 'test/pipeline/programs/prints-orders.mjs');

/** A container on ECS, of which nobody can ask more. */
const ECS = {
  FAPILOG_CORE__ENRICH: 'false',
  ECS_CONTAINER_METADATA_URI_V4: 'http://127.0.0.1:1/v4/container',
};

let stage: DeliveryStage;

beforeEach(async () => {
  stage = await DeliveryStage.open();
});

afterEach(() => stage.close());

function runs(...args: readonly string[]): Promise<Ended> {
  const env = { ...process.env, ...ECS, SERVICE_URL: stage.service.endpoint };
  return runWith([program, ...args], env);
}

/** What the awslogs driver does: each line of standard output and error that is not empty is an event, of the time when it is read. */
async function driverStores({ stdout, stderr }: Ended): Promise<string[]> {
  const lines = `${stdout}${stderr}`.split('\n').filter((line) => line !== '');
  const logEvents = lines.map((message) => ({ message, timestamp: Date.now() }));
  const service = await startLocalCloudWatchLogs();
  const client = new CloudWatchLogs({
    endpoint: service.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKIDDRIVER', secretAccessKey: 'secret' },
  });
  const target = { logGroupName: '/myapp/production', logStreamName: 'api/app/0123456789abcdef' };
  await client.createLogGroup({ logGroupName: target.logGroupName });
  await client.createLogStream(target);
  await client.putLogEvents({ ...target, logEvents });
  const { events = [] } = await client.getLogEvents({ ...target, startFromHead: true });
  client.destroy();
  await service.close();
  return events.map(({ message }) => message!);
}

test('of a program that printed for the driver, everything is stored by the capture, each call as one event', async () => {
  // GIVEN what the driver stores of the program as it was
  const before = await driverStores(await runs());

  // WHEN one line is added to it
  const after = await runs('captured');
  const lines = (await stage.stored()).map(({ message }) => JSON.parse(message) as Record<string, unknown>);

  // THEN nothing is printed any more, and all calls are there
  expect([after.code, after.stdout, after.stderr]).toEqual([0, '', '']);
  expect(lines).toHaveLength(1 + 50 + 3);
  expect(before.length).toBeGreaterThan(lines.length);

  // each first line of the driver's is of the event of the same call: its text begins alike
  const firsts = before.filter((line) => /^(?:started|order|slow|payment)/.test(line));
  const texts = lines.map(({ message }) => String(message));
  expect(firsts.map((line) => line.replace(/ (?:\{|Error).*$/, '')).toSorted()).toEqual(texts.toSorted());

  // what was text are levels, fields and one error
  expect(lines.map(({ id }) => id).filter((id) => id !== undefined)).toEqual(
    Array.from({ length: 51 }, (_, id) => id),
  );
  expect(lines.find(({ message }) => message === 'slow: 5 s')).toMatchObject({ level: 'warn' });
  const { stack, cause } = lines.find(({ level }) => level === 'error')!['error'] as Record<string, string>;
  const frames = before.filter((line) => /^ +at .*prints-orders/.test(line)).map((line) => line.trim());
  expect(frames.length).toBeGreaterThan(0);
  for (const frame of frames) expect(`${stack}${JSON.stringify(cause)}`).toContain(frame.replace(/ \{$/, ''));

  // and what the driver's text had cut is whole
  expect(before.join('\n')).not.toContain('Oslo');
  expect(lines.at(-1)).toMatchObject({ customer: { address: { city: { name: 'Oslo' } } } });
}, 90_000);
