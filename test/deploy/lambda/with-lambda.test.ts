import { setTimeout as delay } from 'node:timers/promises';
import { describeWith } from '../../support/tools.js';
import { Deployment, toolsFor } from './deployment.js';
import { FUNCTION_ARN } from './runtime-process.js';
import { Sandbox } from './sandbox.js';

const TRACE = '1-67891233-abcdef012345678912345678';
const TRACE_HEADER = `Root=${TRACE};Parent=53995c3f42cd8ad8;Sampled=1`;

const deployment = new Deployment();

describe.each([20, 22, 24])('withLambda on Node %i', (major) => {
  const tools = toolsFor(major);

  async function open(handler: string): Promise<Sandbox> {
    const sandbox = await Sandbox.open({
      ...deployment.codeOf(handler, major),
      // Nobody waits for it, unless the machine is busy.
      timeoutMs: 60_000,
      observe: () => deployment.service.stored,
    });
    return deployment.closedAfterwards(sandbox);
  }

  describeWith(tools)('delivers before the freeze', () => {
    test('all lines of a cold start and of warm invocations, by one call each, with the ids of each', async () => {
      const sandbox = await open('wrapped.handler');
      const options = { traceHeader: TRACE_HEADER, tenantId: 'tenant-1' };

      const endings = [
        await sandbox.invoke({ lines: 2, cart: 'cart-1' }, options),
        await sandbox.invoke({ lines: 1, cart: 'cart-2' }, options),
        await sandbox.invoke({ lines: 3, cart: 'cart-3' }, options),
      ];

      expect(endings.map(({ kind, observed }) => [kind, observed])).toEqual([
        ['response', 2],
        ['response', 3],
        ['response', 6],
      ]);
      const [first, second, third] = endings.map(({ requestId }, index) => ({
        message: 'worked',
        requestId,
        awsRequestId: requestId,
        traceId: TRACE,
        tenantId: 'tenant-1',
        functionArn: FUNCTION_ARN,
        coldStart: index === 0,
        correlationId: `cart-${index + 1}`,
      }));
      expect(await deployment.service.lines()).toMatchObject([first, first, second, third, third, third]);
      expect(deployment.service.puts()).toMatchObject([{ events: 2 }, { events: 1 }, { events: 3 }]);
      expect([sandbox.starts, sandbox.stdout, sandbox.stderr]).toEqual([1, '', '']);
    });

    test('an error, logged once and thrown on as it is; and the next one goes on', async () => {
      const sandbox = await open('wrapped.handler');

      const failed = await sandbox.invoke({ lines: 1, fails: true });
      const next = await sandbox.invoke({ lines: 1 });

      expect(failed).toMatchObject({
        kind: 'error',
        body: { errorType: 'RangeError', errorMessage: 'out of stock' },
        observed: 2,
      });
      expect(next).toMatchObject({ kind: 'response', observed: 3 });
      expect(await deployment.service.lines()).toMatchObject([
        { message: 'worked', requestId: failed.requestId },
        { level: 'error', message: 'invocation failed', requestId: failed.requestId },
        { message: 'worked', requestId: next.requestId },
      ]);
    });

    test.each(['streaming.inside', 'streaming.outside'])(
      'a streamed response, also what is logged as it ends: %s',
      async (handler) => {
        const sandbox = await open(handler);

        const first = await sandbox.invoke({ pages: 2 });
        const failed = await sandbox.invoke({ pages: 1, fails: true });
        const last = await sandbox.invoke({ pages: 1 });

        expect(first).toMatchObject({
          kind: 'streamed',
          body: { text: 'page 0\npage 1\nend' },
          observed: 3,
        });
        expect(failed).toMatchObject({
          kind: 'streamed',
          body: { text: 'page 0\n', error: { errorType: 'RangeError', errorMessage: 'no more pages' } },
          observed: 5,
        });
        expect(last).toMatchObject({ kind: 'streamed', observed: 7 });
        expect(
          (await deployment.service.lines()).map(({ message, requestId }) => [message, requestId]),
        ).toEqual([
          ['written', first.requestId],
          ['written', first.requestId],
          ['last page', first.requestId],
          ['written', failed.requestId],
          ['invocation failed', failed.requestId],
          ['written', last.requestId],
          ['last page', last.requestId],
        ]);
      },
    );

    test.each([
      'middy-6.inside',
      'middy-6.outside',
      ...(major < 22 ? [] : ['middy-7.inside', 'middy-7.outside']),
    ])('around and in an engine of middlewares: %s', async (handler) => {
      const sandbox = await open(handler);

      const first = await sandbox.invoke({ lines: 1, cart: 'cart-1' });
      const failed = await sandbox.invoke({ lines: 1, cart: 'cart-2', fails: true });

      expect(first).toMatchObject({ kind: 'response', body: { lines: 1 }, observed: 1 });
      expect(failed).toMatchObject({ kind: 'error', body: { errorType: 'RangeError' }, observed: 3 });
      const ids = { requestId: failed.requestId, correlationId: 'cart-2', coldStart: false };
      expect(await deployment.service.lines()).toMatchObject([
        { message: 'worked', requestId: first.requestId, correlationId: 'cart-1', coldStart: true },
        { message: 'worked', ...ids },
        { message: 'invocation failed', ...ids },
      ]);
    });

    test('debug lines that wait in memory, of an invocation that fails and of no other', async () => {
      const sandbox = await open('interleaved.buffered');

      const first = await sandbox.invoke({ order: 'a', steps: 3 });
      const failed = await sandbox.invoke({ order: 'b', steps: 3, fails: true });
      const last = await sandbox.invoke({ order: 'c', steps: 3 });

      expect([first, failed, last].map(({ kind, observed }) => [kind, observed])).toEqual([
        ['response', 0],
        ['error', 4],
        ['response', 4],
      ]);
      const lines = await deployment.service.lines();
      expect(lines.map(({ message, step, requestId }) => [message, step, requestId])).toEqual([
        ...[0, 1, 2].map((step) => ['detail', step, failed.requestId]),
        ['invocation failed', undefined, failed.requestId],
      ]);
    });

    test('what was logged in time before the timeout, with a warning', async () => {
      const sandbox = await open('wrapped.hanging');
      // On a busy machine, a cold start and the first call of the service can take up the time of a short timeout.
      const warm = await sandbox.invoke({ lines: 1 });

      const killed = await sandbox.invoke({ lines: 1, hangs: true }, { timeoutMs: 3_000 });

      expect(killed).toMatchObject({ kind: 'timeout', observed: 3 });
      expect(await deployment.service.lines()).toMatchObject([
        { message: 'worked', requestId: warm.requestId },
        { message: 'worked', requestId: killed.requestId },
        { level: 'warn', message: 'invocation is about to time out', requestId: killed.requestId },
      ]);
    });
  });

  describeWith(tools)('the rest of an environment', () => {
    test('a process that stood still for seconds goes on as if nothing had been', async () => {
      const sandbox = await open('wrapped.handler');

      await sandbox.invoke({ lines: 1 });
      await delay(3_000);
      const frozen = deployment.service.stored;
      const next = await sandbox.invoke({ lines: 2 });

      expect(frozen).toBe(1);
      expect(next).toMatchObject({ kind: 'response', observed: 3 });
      expect(deployment.service.puts()).toMatchObject([{ events: 1 }, { events: 2 }]);
      expect([sandbox.starts, sandbox.stderr]).toEqual([1, '']);
    });

    test('without the wrapper, a line has the ids that the runtime knows', async () => {
      const sandbox = await open('wrapped.unwrapped');

      const first = await sandbox.invoke({ lines: 1 }, { traceHeader: TRACE_HEADER });
      const second = await sandbox.invoke({ lines: 1 }, { traceHeader: TRACE_HEADER });

      expect(await deployment.service.lines()).toMatchObject([
        { requestId: first.requestId, traceId: TRACE },
        { requestId: second.requestId, traceId: TRACE },
      ]);
    });

    test('what is logged before an initialization fails is not lost', async () => {
      const sandbox = await open('uninitialized.handler');

      const ending = await sandbox.invoke({});

      expect(ending).toMatchObject({ kind: 'initError', body: { errorMessage: 'no configuration' } });
      expect(sandbox.stderr + JSON.stringify(await deployment.service.lines())).toContain('cannot begin');
    });
  });
});
