import { DeliveryStage } from '../support/delivery-stage.js';
import { runProgram } from '../support/program.js';
import { divertedIds, storedIds } from '../support/programs.js';

let stage: DeliveryStage;

beforeEach(async () => {
  stage = await DeliveryStage.open();
});

afterEach(() => stage.close());

describe.each(['stream', 'pino'])('a last line without its end, written to the %s,', (through) => {
  test.each([
    ['justEnds', undefined, 0, 'stored'],
    ['waits', 'SIGTERM', 'SIGTERM', 'stored'],
    ['exits', undefined, 0, 'on stderr'],
    ['throws', undefined, 1, 'on stderr'],
  ] as const)('of a program that ends this way: %s %s', async (way, signal, by, place) => {
    const env = { SERVICE_URL: stage.service.endpoint, THROUGH: through, WAY: way };
    const ended = await runProgram('writes-no-end.mjs', { env, ...(signal ? { signal } : {}) });

    expect(ended.by).toBe(by);
    expect(await storedIds(stage)).toEqual(place === 'stored' ? [0] : []);
    expect(divertedIds(ended.stderr)).toEqual(place === 'stored' ? [] : [0]);
  });
});
