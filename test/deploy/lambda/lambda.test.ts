import { awsEnvironment } from '../../../demo/aws-environment.js';
import { FaultProxy } from '../../support/fault-proxy.js';
import { describeWith } from '../../support/tools.js';
import { Deployment, toolsFor } from './deployment.js';
import { divertedLines } from './logs-service.js';
import { Sandbox, type SandboxOptions } from './sandbox.js';

const TIMEOUT_MS = 10_000;
const order = (...prices: number[]): object => ({ items: prices.map((price) => ({ price })) });

const deployment = new Deployment();

describe.each([20, 22, 24])('on Node %i', (major) => {
  const tools = toolsFor(major);

  async function open(options: Partial<SandboxOptions> = {}, endpoint?: string): Promise<Sandbox> {
    const sandbox = await Sandbox.open({
      ...deployment.codeOf('index.handler', major, endpoint),
      timeoutMs: TIMEOUT_MS,
      observe: () => deployment.service.stored,
      ...options,
    });
    return deployment.closedAfterwards(sandbox);
  }

  describeWith(tools)('every event is delivered before the freeze', () => {
    test('of a cold start and of warm invocations, by one call each', async () => {
      const sandbox = await open();

      const endings = [
        await sandbox.invoke(order(1, 2)),
        await sandbox.invoke(order(3)),
        await sandbox.invoke(order()),
      ];

      expect(endings).toMatchObject([
        { kind: 'response', body: { total: 3 }, observed: 1 },
        { kind: 'response', body: { total: 3 }, observed: 2 },
        { kind: 'response', body: { total: 0 }, observed: 3 },
      ]);
      expect(sandbox.starts).toBe(1);
      expect(await deployment.service.lines()).toEqual(
        endings.map(
          ({ requestId }) => expect.objectContaining({ message: 'order handled', requestId }) as unknown,
        ),
      );
      const put = { status: 200, events: 1, stored: 1, rejected: 0 };
      expect(deployment.service.puts()).toEqual([put, put, put]);
      expect(sandbox.stderr).toBe('');
    });

    test('of an invocation that throws, and the next one goes on', async () => {
      const sandbox = await open();

      const failed = await sandbox.invoke({});
      const next = await sandbox.invoke(order(1));

      expect(failed).toMatchObject({ kind: 'error', body: { errorType: 'TypeError' }, observed: 1 });
      expect(next).toMatchObject({ kind: 'response', observed: 2 });
      expect(await deployment.service.lines()).toEqual([
        expect.objectContaining({ level: 'error', requestId: failed.requestId }),
        expect.objectContaining({ level: 'info', message: 'order handled', requestId: next.requestId }),
      ]);
      expect(sandbox.starts).toBe(1);
    });

    test('though the connection was lost in the freeze', async () => {
      const proxy = await FaultProxy.before(deployment.service.server.endpoint);
      const sandbox = await open({}, proxy.endpoint);

      await sandbox.invoke(order(1));
      await proxy.refuse();
      await proxy.accept();
      const ending = await sandbox.invoke(order(2));

      expect(ending).toMatchObject({ kind: 'response', observed: 2 });
      expect(await deployment.service.lines()).toHaveLength(2);
      await sandbox.close();
      await proxy.close();
    });
  });

  describeWith(tools)('what cannot be delivered before the freeze', () => {
    test('does not make the function time out, and is on stderr or delivered by the next invocation', async () => {
      const environment = {
        ...deployment.fn.environment,
        FAPILOG_CLOUDWATCH__REQUEST_TIMEOUT_SECONDS: '1',
        ...awsEnvironment('us-east-1', deployment.service.server.endpoint),
      };
      const sandbox = await open({ environment });

      const first = await sandbox.invoke(order(0));
      deployment.service.server.inject({ kind: 'hang', times: Infinity });
      const answered = await sandbox.invoke(order(1), { timeoutMs: 3_000 });
      deployment.service.server.clearFaults();
      const next = await sandbox.invoke(order(2), { timeoutMs: 30_000 });

      expect(answered).toMatchObject({ kind: 'response', body: { total: 1 }, observed: 1 });
      expect(next).toMatchObject({ kind: 'response' });
      const lines = [...(await deployment.service.lines()), ...divertedLines(sandbox.stderr)];
      expect(lines.map(({ requestId }) => String(requestId)).toSorted()).toEqual(
        [first, answered, next].map(({ requestId }) => requestId).toSorted(),
      );
      expect(sandbox.starts).toBe(1);
    });

    test('is delivered in time by the linger if the function is killed at its time-out', async () => {
      const sandbox = await open({ handler: 'troubled.hanging' });

      expect(await sandbox.invoke({}, { timeoutMs: 6_000 })).toMatchObject({ kind: 'timeout', observed: 1 });
      expect((await deployment.service.lines()).map(({ message }) => message)).toEqual(['never done']);
    });

    test('is delivered at the end of a process that has nothing more to do', async () => {
      const sandbox = await open({ handler: 'troubled.forgetful' });

      expect(await sandbox.invoke({})).toMatchObject({ kind: 'exit', observed: 1 });
      expect((await deployment.service.lines()).map(({ message }) => message)).toEqual(['about to end']);
    });

    test('is on stderr if the process crashes', async () => {
      const sandbox = await open({ handler: 'troubled.crashing' });

      expect(await sandbox.invoke({})).toMatchObject({ kind: 'exit', body: 1, observed: 0 });
      expect(sandbox.stderr).toContain('about to crash');
      expect(await deployment.service.lines()).toEqual([]);
    });
  });

  describeWith(tools)('a shutdown', () => {
    test('ends the process at once, and nothing is left behind', async () => {
      const sandbox = await open();
      await sandbox.invoke(order(1));

      expect(await sandbox.shutDown()).toBe('SIGTERM');
      expect(await deployment.service.lines()).toHaveLength(1);
      expect(sandbox.stderr).toBe('');

      expect(await sandbox.invoke(order(2))).toMatchObject({ kind: 'response', observed: 2 });
      expect(sandbox.starts).toBe(2);
    });
  });
});
