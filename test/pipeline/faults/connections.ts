import { pause, type DeliveryStage } from '../../support/delivery-stage.js';
import type { ProxyMode } from '../../support/fault-proxy.js';
import type { Scenario } from './scenario.js';

/** One connection, kept alive, so that the faults hit in the middle of it. */
const oneConnection = { proxied: true, sink: { maxConcurrency: 1 } };

async function logThrough(
  stage: DeliveryStage,
  ...modes: readonly (ProxyMode | ProxyMode['kind'])[]
): Promise<void> {
  stage.proxy!.script('pass', 'pass', ...modes);
  await stage.logMany(500);
  await stage.sink.flush();
}

function expectHitOnReuse(stage: DeliveryStage, mode: ProxyMode['kind']): void {
  const positions = stage.proxy!.exchanges.filter((exchange) => exchange.mode === mode);
  expect(positions[0]).toEqual({ mode, connection: 1, position: 3 });
}

/** The network, or what stands behind it, does not answer as it should. */
export const connections: readonly Scenario[] = [
  {
    name: 'connection reset before the call is read, 3 times',
    options: oneConnection,
    run: (stage) => logThrough(stage, 'resetBefore', 'pass', 'resetBefore', 'resetBefore'),
    says: ['failed.ECONNRESET'],
    check: (_, stage) => expectHitOnReuse(stage, 'resetBefore'),
  },
  {
    name: 'connection reset after the events are stored, 3 times',
    options: oneConnection,
    run: (stage) => logThrough(stage, 'resetAfter', 'pass', 'resetAfter', 'resetAfter'),
    repeatedCalls: 3,
    says: ['failed.ECONNRESET'],
    check: (_, stage) => expectHitOnReuse(stage, 'resetAfter'),
  },
  {
    name: 'answer cut in its head, 2 times',
    options: oneConnection,
    run: (stage) => logThrough(stage, 'halfHead', 'pass', 'halfHead'),
    repeatedCalls: 2,
    says: ['failed.ECONNRESET'],
    check: (_, stage) => expectHitOnReuse(stage, 'halfHead'),
  },
  {
    name: 'answer cut in its body, 2 times',
    options: oneConnection,
    run: (stage) => logThrough(stage, 'halfBody', 'pass', 'halfBody'),
    repeatedCalls: 2,
    says: ['failed.ECONNRESET'],
    check: (_, stage) => expectHitOnReuse(stage, 'halfBody'),
  },
  {
    name: 'silence, 2 times',
    options: { ...oneConnection, sink: { ...oneConnection.sink, requestTimeoutSeconds: 0.5 } },
    run: (stage) => logThrough(stage, 'silence', 'pass', 'silence'),
    says: ['failed.RequestTimeout'],
    check: (_, stage) => expectHitOnReuse(stage, 'silence'),
  },
  {
    name: 'a service that hangs, 3 times',
    options: { sink: { requestTimeoutSeconds: 0.5 } },
    async run(stage) {
      stage.inject({ kind: 'hang', times: 3 });
      await stage.logMany(500);
      await stage.sink.flush();
    },
    says: ['failed.RequestTimeout'],
  },
  {
    name: 'a slow network',
    options: { proxied: true },
    async run(stage) {
      stage.proxy!.mode = { kind: 'delay', requestMs: 20, answerMs: 20 };
      await stage.logMany(500);
      await stage.sink.flush();
    },
    check: (_, { puts }) => expect(puts).toHaveLength(10),
  },
  {
    name: 'a service that stores after the call has timed out, 2 times',
    options: { sink: { requestTimeoutSeconds: 0.5 } },
    async run(stage) {
      stage.inject({ kind: 'delay', delayMs: 1_000, times: 2 });
      await stage.logMany(500);
      await stage.sink.flush();
      await pause(1_000);
    },
    repeatedCalls: 2,
    says: ['failed.RequestTimeout'],
  },
  {
    name: 'an outage of 5 s, while events are logged',
    options: { proxied: true },
    async run(stage) {
      const { proxy, sink } = stage;
      await stage.logMany(500);
      await sink.flush();
      await proxy!.refuse();
      const endsAtMs = Date.now() + 5_000;
      for (let bursts = 0; bursts < 50; bursts++) await stage.logMany(50, 50, 90);
      await pause(Math.max(0, endsAtMs - Date.now()));
      expect(sink.stats()).toMatchObject({ delivered: 500, pending: 2_500 });
      await proxy!.accept();
      // No hurry is asked for: delivery resumes by itself.
      await sink.flush();
    },
    says: ['failed.ECONNREFUSED'],
  },
  {
    name: 'an outage that outlasts the close',
    options: { proxied: true },
    async run(stage) {
      await stage.logMany(500);
      await stage.sink.flush();
      await stage.proxy!.refuse();
      await stage.logMany(500);
    },
    deadlineMs: 200,
    diverted: 500,
    says: ['diverted.deadline', 'failed.ECONNREFUSED'],
  },
  {
    name: 'an outage longer than the retries last',
    options: { proxied: true, sink: { maxRetries: 2 } },
    async run(stage) {
      await stage.logMany(500);
      await stage.sink.flush();
      await stage.proxy!.refuse();
      await stage.logMany(100);
      await stage.sink.flush();
      await stage.proxy!.accept();
      await stage.logMany(400);
      await stage.sink.flush();
    },
    diverted: 100,
    says: ['diverted.retriesExhausted', 'failed.ECONNREFUSED'],
  },
];
