import { join } from 'node:path';
import { DeliveryStage } from '../support/delivery-stage.js';
import { root } from '../support/imports.js';
import { divertedIds, run, storedIds, type Ended } from '../support/programs.js';

const DOWN = 'http://127.0.0.1:1';
const all = Array.from({ length: 1_000 }, (_, id) => id);

let stage: DeliveryStage;

beforeEach(async () => {
  stage = await DeliveryStage.open();
});

afterEach(async () => {
  await stage.close();
});

describe.each([
  ['transport', 'pino'],
  ['transport', 'pino9'],
  ['stream', 'pino'],
  ['stream', 'pino9'],
])('a program that logs through the %s of %s', (through, version) => {
  function ends(way: string, serviceUrl = stage.service.endpoint): Promise<Ended> {
    return run([join(root, 'test/pipeline/programs/pino-ends.mjs'), way, through, version], serviceUrl);
  }

  test.each([
    ['justEnds', 0],
    ['ends', 0],
    ['flushes', 0],
    ['exits', 3],
    ['throws', 1],
  ])(
    'and that ends this way: %s, has everything delivered, or on stderr',
    async (way, code) => {
      const ended = await ends(way);

      // Without a thread, nothing can be delivered once the process exits.
      const isLate = through === 'stream' && code !== 0;
      expect(ended.code).toBe(code);
      expect(await storedIds(stage)).toEqual(isLate ? [] : all);
      expect(divertedIds(ended.stderr)).toEqual(isLate ? all : []);
      // pino lets the thread end in order: nothing is to be warned of.
      expect(ended.stderr).not.toContain('[thread]');
    },
    90_000,
  );

  test('has everything on stderr when it exits while the service is down, before pino would stop to wait for it', async () => {
    const ended = await ends('exits', DOWN);

    expect(ended.code).toBe(3);
    expect(divertedIds(ended.stderr)).toEqual(all);
  }, 90_000);

  test("has pino's lines, with their times and the names of their levels", async () => {
    await ends('ends');
    const [line] = await stage.stored();
    const { time, pid, hostname, ...rest } = JSON.parse(line!.message) as Record<string, unknown>;

    expect(rest).toEqual({ level: 'warn', id: 0, msg: 'order placed' });
    expect([time, typeof pid, typeof hostname]).toEqual([line!.timestamp, 'number', 'string']);
    expect(Object.keys(JSON.parse(line!.message) as object)[0]).toBe('level');
  }, 90_000);
});
