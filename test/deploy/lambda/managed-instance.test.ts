import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { awsEnvironment } from '../../../demo/aws-environment.js';
import { describeWith } from '../../support/tools.js';
import { Deployment, toolsFor } from './deployment.js';
import type { Handled, Order } from './handlers/interleaved.js';
import type { Line } from './logs-service.js';
import { type ConcurrentEnding, ManagedInstance, type ManagedInstanceOptions } from './managed-instance.js';
import { newTraceHeader } from './runtime-process.js';

const NONE = { lost: [], extra: [] };

const deployment = new Deployment();

describe.each([20, 22, 24])('Managed Instances on Node %i', (major) => {
  const tools = toolsFor(major);

  async function open(options: Partial<ManagedInstanceOptions> = {}): Promise<ManagedInstance> {
    const instance = await ManagedInstance.open({
      ...deployment.codeOf('interleaved.handler', major),
      maxConcurrency: 8,
      threads: 4,
      ...options,
    });
    return deployment.closedAfterwards(instance);
  }

  describeWith(tools)('each line arrives once and has the ids of its invocation', () => {
    test('of 1,000 that run side by side in four threads', async () => {
      const instance = await open();

      const invocations = await invokeAll(instance, 1_000);
      const lines = await linesOnce(steps(invocations));

      expect(difference(lines.map(idsOf), invocations.flatMap(expectedIds))).toEqual(NONE);
      expect(new Set(coldStarts(lines)).size).toBe(1);
      expect(new Set(invocations.map(({ handled }) => handled.threadId)).size).toBe(4);
      expect(Math.max(...invocations.map(({ handled }) => handled.atOnce))).toBeGreaterThan(1);
      expect(await instance.shutDown()).toBe('SIGTERM');
      expect(deployment.service.stored).toBe(lines.length);
      expect([instance.stdout, instance.stderr]).toEqual(['', '']);
    });

    test('of those that wait in memory until an invocation fails', async () => {
      const instance = await open({ handler: 'interleaved.buffered' });

      const invocations = await invokeAll(instance, 300, (number) => ({ fails: number % 3 === 0 }));
      const failed = invocations.filter(({ event }) => event.fails);
      const lines = await linesOnce(steps(failed) + failed.length);

      const details = lines.filter(({ message }) => message === 'detail');
      const errors = lines.filter(({ message }) => message === 'invocation failed');
      expect(difference(details.map(idsOf), failed.flatMap(expectedIds))).toEqual(NONE);
      expect(difference(requestIdsOf(errors), requestIdsOf(failed.map(({ ending }) => ending)))).toEqual(
        NONE,
      );
      expect(invocations.map(({ ending }) => ending.kind)).toEqual(
        invocations.map(({ event }) => (event.fails ? 'error' : 'response')),
      );
    });

    test('though the instance ends, if the main thread asks the others to flush', async () => {
      const environment = {
        ...deployment.fn.environment,
        ...awsEnvironment('us-east-1', deployment.service.server.endpoint),
        FAPILOG_CLOUDWATCH__BATCH_TIMEOUT_SECONDS: '60',
        NODE_OPTIONS: `--import ${join(deployment.fn.code, 'flush-at-end.js')}`,
      };
      const instance = await open({ environment });

      const invocations = await invokeAll(instance, 20);
      const sent = deployment.service.stored;
      // With its native part, the runtime client holds process.exit() up as long as a thread waits for an invocation.
      await instance.shutDown();

      expect(sent).toBeLessThan(steps(invocations));
      const lines = await deployment.service.lines();
      expect(difference(lines.map(idsOf), invocations.flatMap(expectedIds))).toEqual(NONE);
    });

    test('of a sample, of which each invocation is part or not', async () => {
      const instance = await open({ handler: 'interleaved.sampled' });

      const invocations = await invokeAll(instance, 300);
      const lines = await linesAtRest();

      const found = new Set(requestIdsOf(lines));
      const sampled = invocations.filter(({ ending }) => found.has(ending.requestId));
      expect(difference(lines.map(idsOf), sampled.flatMap(expectedIds))).toEqual(NONE);
      expect(Math.abs(sampled.length - 150)).toBeLessThan(60);
    });
  });
});

interface Invocation {
  readonly event: Order;
  readonly traceHeader: string;
  readonly tenantId: string;
  readonly ending: ConcurrentEnding;
  readonly handled: Handled;
}

async function invokeAll(
  instance: ManagedInstance,
  count: number,
  more: (number: number) => Partial<Order> = () => ({}),
): Promise<Invocation[]> {
  return Promise.all(
    Array.from({ length: count }, async (_, number) => {
      const event = {
        order: `order-${number}`,
        steps: 1 + (number % 5),
        correlation: `cart-${number}`,
        ...more(number),
      };
      const [traceHeader, tenantId] = [newTraceHeader(), `tenant-${number % 7}`];
      const ending = await instance.invoke(event, { traceHeader, tenantId });
      return { event, traceHeader, tenantId, ending, handled: ending.body as Handled };
    }),
  );
}

function steps(invocations: readonly Invocation[]): number {
  return invocations.reduce((sum, { event }) => sum + event.steps, 0);
}

/** Waits until the linger of every thread has sent what there is. */
async function linesOnce(count: number): Promise<Line[]> {
  const untilMs = Date.now() + 20_000;
  while (deployment.service.stored < count && Date.now() < untilMs) await delay(100);
  return deployment.service.lines();
}

/** Waits until nothing has arrived for longer than any linger. */
async function linesAtRest(): Promise<Line[]> {
  let before = -1;
  while (deployment.service.stored !== before) {
    before = deployment.service.stored;
    await delay(3_000);
  }
  return deployment.service.lines();
}

/** Everything in a line that tells whose it is, as one text. */
function idsOf(line: Line): string {
  const { order, step, requestId, awsRequestId, traceId, correlationId, tenantId } = line;
  return JSON.stringify({ order, step, requestId, awsRequestId, traceId, correlationId, tenantId });
}

function expectedIds({ event, ending, traceHeader, tenantId }: Invocation): string[] {
  return Array.from({ length: event.steps }, (_, step) =>
    idsOf({
      order: event.order,
      step,
      requestId: ending.requestId,
      awsRequestId: ending.requestId,
      traceId: traceIdOf(traceHeader),
      correlationId: event.correlation,
      tenantId,
    }),
  );
}

function traceIdOf(header: string): string {
  return /Root=([^;]+)/.exec(header)![1]!;
}

/** Those of each side that the other lacks, also where it has one only more often. */
function difference(
  found: readonly string[],
  expected: readonly string[],
): { readonly lost: readonly string[]; readonly extra: readonly string[] } {
  const counts = new Map<string, number>();
  for (const line of found) counts.set(line, (counts.get(line) ?? 0) + 1);
  for (const line of expected) counts.set(line, (counts.get(line) ?? 0) - 1);
  const those = (is: (count: number) => boolean): string[] =>
    [...counts]
      .filter(([, count]) => is(count))
      .slice(0, 3)
      .map(([line]) => line);
  return { lost: those((count) => count < 0), extra: those((count) => count > 0) };
}

function requestIdsOf(of: readonly { readonly requestId?: unknown }[]): string[] {
  return of.map(({ requestId }) => String(requestId));
}

function coldStarts(lines: readonly Line[]): unknown[] {
  return lines.filter(({ coldStart }) => coldStart === true).map(({ requestId }) => requestId);
}
