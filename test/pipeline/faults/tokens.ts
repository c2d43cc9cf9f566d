import type { DeliveryStage } from '../../support/delivery-stage.js';
import type { Scenario } from './scenario.js';

/** Calls from the first refusal for want of a token. */
function expectOneAtATime({ puts }: DeliveryStage): void {
  const first = puts.findIndex(({ errorName }) => errorName === 'InvalidSequenceTokenException');
  expect(first).toBeGreaterThanOrEqual(0);
  // Those that were already in flight with it are refused, too.
  const after = puts.slice(first).filter(({ errorName }) => errorName === undefined);
  expect(after.every(({ concurrency }) => concurrency === 1)).toBe(true);
}

/** Endpoints from before 2023. */
export const tokens: readonly Scenario[] = [
  {
    name: 'sequence tokens demanded from the first call',
    async run(stage) {
      stage.inject({ kind: 'demandSequenceToken' });
      await stage.logMany(1_000);
      await stage.sink.flush();
    },
    check: (_, stage) => expectOneAtATime(stage),
  },
  {
    name: 'sequence tokens demanded from some moment on',
    async run(stage) {
      await stage.logMany(500);
      await stage.sink.flush();
      stage.inject({ kind: 'demandSequenceToken' });
      await stage.logMany(500);
      await stage.sink.flush();
    },
    check: (_, stage) => expectOneAtATime(stage),
  },
  {
    name: 'sequence tokens, and connections reset after the events are stored, 3 times',
    options: { proxied: true, sink: { maxConcurrency: 1 } },
    async run(stage) {
      stage.inject({ kind: 'demandSequenceToken' });
      await stage.logMany(100);
      await stage.sink.flush();
      for (let batch = 0; batch < 3; batch++) {
        stage.proxy!.script('resetAfter');
        await stage.logMany(50);
        await stage.sink.flush();
      }
    },
    // The endpoint recognises the repetition.
    repeatedCalls: 0,
    says: ['failed.ECONNRESET'],
    check: (_, { puts }) => {
      expect(puts.filter(({ errorName }) => errorName === 'DataAlreadyAcceptedException')).toHaveLength(3);
    },
  },
];
