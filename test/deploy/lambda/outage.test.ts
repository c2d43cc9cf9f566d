import { setTimeout as delay } from 'node:timers/promises';
import type { Fault } from '../../../local/index.js';
import { FaultProxy } from '../../support/fault-proxy.js';
import { describeWith } from '../../support/tools.js';
import { Deployment, toolsFor } from './deployment.js';
import { divertedLines, type Line } from './logs-service.js';
import { type Ending, Sandbox } from './sandbox.js';

const TIMEOUT_MS = 1_500;
/** What the wrapper keeps back by default. */
const RESERVE_MS = 500;
/** A busy machine wakes a timer late. */
const SLACK_MS = 300;

type Outage = 'refused' | Fault['kind'];
const OUTAGES: readonly Outage[] = ['hang', 'unavailable', 'throttle', 'resetBefore', 'refused'];

const deployment = new Deployment();
let proxy: FaultProxy;
let sandbox: Sandbox;

beforeEach(async () => {
  proxy = await FaultProxy.before(deployment.service.server.endpoint);
});

afterEach(() => proxy.close());

describe.each([20, 22, 24])('an outage of the service on Node %i', (major) => {
  const tools = toolsFor(major);

  async function open(): Promise<void> {
    const opened = await Sandbox.open({
      ...deployment.codeOf('wrapped.handler', major, proxy.endpoint),
      timeoutMs: TIMEOUT_MS,
      observe: () => deployment.service.stored,
    });
    sandbox = deployment.closedAfterwards(opened);
  }

  describeWith(tools)('takes no more of an invocation than there is, and no line', () => {
    test.each(OUTAGES)('%s', async (outage) => {
      await open();
      const before = await sandbox.invoke({ lines: 1 }, { timeoutMs: 10_000 });

      await begin(outage);
      const during = [await work(), await work(), await work()];
      await end(outage);
      const after = await untilDelivered();
      await sandbox.shutDown();

      for (const { kind, tookMs } of during) {
        expect(kind).toBe('response');
        expect(tookMs).toBeLessThan(TIMEOUT_MS - RESERVE_MS + SLACK_MS);
      }
      expect(deployment.service.stored).toBeGreaterThan(1);
      expect(sandbox.stderr).toMatch(
        /^fapilog-cloudwatch: 2 log events were diverted to stderr, .* flushDeadline/m,
      );
      const found = [...(await deployment.service.lines()), ...divertedLines(sandbox.stderr)].map(idsOf);
      expect(found.toSorted()).toEqual([before, ...during, ...after].flatMap(expectedIds).toSorted());
    });
  });
});

function work(): Promise<Ending> {
  return sandbox.invoke({ lines: 2 });
}

async function begin(outage: Outage): Promise<void> {
  if (outage === 'refused') await proxy.refuse();
  else deployment.service.server.inject({ kind: outage, times: Infinity } as Fault);
}

/** Later than the service has read a call that was under way at the freeze: it is diverted, and would be stored, too. */
async function end(outage: Outage): Promise<void> {
  await delay(200);
  if (outage === 'refused') await proxy.accept();
  else deployment.service.server.clearFaults();
}

/** Delivery resumes by itself, at the latest when the pause of the circuit breaker is over. */
async function untilDelivered(): Promise<Ending[]> {
  const before = deployment.service.stored;
  const endings: Ending[] = [];
  while (deployment.service.stored === before && endings.length < 60) {
    await delay(500);
    endings.push(await work());
  }
  return endings;
}

function idsOf({ requestId, line }: Line): string {
  return `${String(requestId)} ${String(line)}`;
}

function expectedIds({ requestId, body }: Ending): string[] {
  const { lines } = body as { readonly lines: number };
  return Array.from({ length: lines }, (_, line) => idsOf({ requestId, line }));
}
