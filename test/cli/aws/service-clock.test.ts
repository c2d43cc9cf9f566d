import { serviceClock } from '../../../cli/aws/service-clock.js';
import { NOW_MS, startEmpty, stopAll } from '../../local/harness.js';

afterEach(stopAll);

test.each([
  ['behind', 60_000],
  ['ahead', -3_600_000],
])('a machine whose clock is %s has the time of the service after the first answer', async (_, offMs) => {
  const { client } = await startEmpty({ signatureClock: () => NOW_MS });
  const clock = serviceClock(client, () => NOW_MS - offMs);
  expect(clock()).toBe(NOW_MS - offMs);

  await client.describeLogGroups({}).catch(() => undefined);

  expect(clock()).toBe(NOW_MS);
});

test('less than two seconds are no difference', async () => {
  const { client } = await startEmpty({ signatureClock: () => NOW_MS });
  const clock = serviceClock(client, () => NOW_MS + 1_999);

  await client.describeLogGroups({}).catch(() => undefined);

  expect(clock()).toBe(NOW_MS + 1_999);
});
