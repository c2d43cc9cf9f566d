import { DeliveryStage } from '../support/delivery-stage.js';
import { runProgram } from '../support/program.js';

let stage: DeliveryStage;

beforeEach(async () => {
  stage = await DeliveryStage.open();
});

afterEach(() => stage.close());

type Stored = Readonly<Record<string, unknown>>;

async function endedBy(ending: string, serviceUrl = stage.service.endpoint) {
  const env = { WINSTON_END: ending, SERVICE_URL: serviceUrl };
  const ended = await runProgram('winston-ends.mjs', { env });
  const stored = (await stage.stored()).map(({ message }) => JSON.parse(message) as Stored);
  return { ...ended, stored, told: stored.map(({ message }) => message) };
}

describe('everything that was logged is stored when the program', () => {
  test.each([
    ['ends by itself', 0],
    ['ends its logger', 0],
    ['closes its logger', 0],
    ['calls process.exit after the end', 3],
  ])('%s', async (ending, status) => {
    const { by, told, stderr } = await endedBy(ending);

    expect([by, told, stderr]).toEqual([status, ['first'], '']);
  });
});

test('what was logged right before process.exit() is on stderr', async () => {
  const { by, told, stderr } = await endedBy('calls process.exit');

  expect([by, told]).toEqual([3, []]);
  expect(stderr).toMatch(/^\{"diverted":"exit",.*first/);
});

describe('an exception is stored with its stack', () => {
  test.each([
    ['throws', 1],
    ['rejects', 1],
    ['throws with other levels', 1],
    ['throws into exceptionHandlers', 1],
  ])('when the program %s, and the process ends at once', async (ending, status) => {
    const { by, stored } = await endedBy(ending);
    const exception = stored.at(-1)!;

    expect(by).toBe(status);
    expect(exception['message']).toMatch(/^(uncaughtException|unhandledRejection): boom\n/);
    expect(exception['error']).toMatchObject({
      type: 'Error',
      message: 'boom',
      stack: expect.stringContaining('winston-ends'),
    });
    expect(exception).not.toHaveProperty('stack');
  });

  test('when the logger does not end the process, which goes on logging', async () => {
    const { by, told } = await endedBy('throws and goes on');

    expect(by).toBe(0);
    expect(told).toEqual(['first', expect.stringContaining('boom'), 'still here']);
  });
});

test('an exception in an outage ends the process after winston’s three seconds, and is on stderr', async () => {
  const { by, told, stderr } = await endedBy('throws', 'http://127.0.0.1:1');

  expect([by, told]).toEqual([1, []]);
  expect(stderr).toContain('uncaughtException: boom');
});
