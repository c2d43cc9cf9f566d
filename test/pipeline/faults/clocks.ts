import { HOUR_MS } from '../../local/harness.js';
import { seeded } from '../../../tools/soak/seeded.js';
import type { Scenario } from './scenario.js';

const MINUTE_MS = 60_000;

/** The clocks disagree, with themselves or with each other. */
export const clocks: readonly Scenario[] = [
  {
    name: 'a clock that steps back and forth by up to 23 hours',
    options: { sink: { batchSize: 100 } },
    async run(stage) {
      const random = seeded(3);
      const now = Date.now();
      for (let id = 0; id < 1_000; id++) stage.logAt(now - Math.floor(random() * 10) * 2.55 * HOUR_MS);
      await stage.sink.flush();
    },
    check: (_, { puts }) => expect(puts.every(({ status }) => status === 200)).toBe(true),
  },
  {
    name: 'a clock that steps back by 25 hours',
    async run(stage) {
      const now = Date.now();
      for (let id = 0; id < 100; id++) stage.logAt(now - (id % 20 < 10 ? 0 : 25 * HOUR_MS));
      await stage.sink.flush();
    },
    check: (_, { puts }) => {
      expect(puts.every(({ status }) => status === 200)).toBe(true);
      expect(puts).toHaveLength(10);
    },
  },
  {
    name: '1,000 events of one millisecond, and 500 to half of the calls',
    async run(stage) {
      stage.inject({ kind: 'internal', probability: 0.5, times: Number.POSITIVE_INFINITY });
      const now = Date.now();
      for (let id = 0; id < 1_000; id++) stage.logAt(now);
      await stage.sink.flush();
    },
    says: ['failed.InternalFailure'],
    check: ({ lines }, { puts }) => {
      expect(lines.map(({ id }) => id)).toEqual(lines.map((_, index) => index));
      expect(puts.every(({ concurrency }) => concurrency === 1)).toBe(true);
    },
  },
  ...[4, -4, 6, -6, 30, -30].map((minutes): Scenario => {
    const skewed = (): number => Date.now() + minutes * MINUTE_MS;
    return {
      name: `a service whose clock is ${Math.abs(minutes)} min ${minutes > 0 ? 'ahead' : 'behind'}`,
      options: { server: { clock: skewed, signatureClock: skewed } },
      async run(stage) {
        await stage.logMany(500);
        await stage.sink.flush();
      },
      // Beyond 5 minutes the first signature is refused; then the signer knows the service's time.
      says: Math.abs(minutes) > 5 ? ['clockSkew', 'failed.InvalidSignatureException'] : ['clockSkew'],
      check: ({ lines }, { diagnostics }) => {
        const skews = diagnostics.filter(({ code }) => code === 'clockSkew');
        expect(skews).toHaveLength(1);
        const side = minutes > 0 ? 'behind' : 'ahead of';
        expect(skews[0]!.message).toMatch(
          new RegExp(
            `is (${Math.abs(minutes) * 60}|${Math.abs(minutes) * 60 - 1}|${Math.abs(minutes) * 60 + 1}) s ${side} the service`,
          ),
        );
        // The events keep the application's time.
        for (const { timestamp, message } of lines) {
          expect((JSON.parse(message) as { timestamp: string }).timestamp).toBe(
            new Date(timestamp).toISOString(),
          );
          expect(Math.abs(timestamp - Date.now())).toBeLessThan(MINUTE_MS);
        }
      },
    };
  }),
];
