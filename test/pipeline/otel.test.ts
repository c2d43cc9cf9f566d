import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { isBalanced, type Account } from '../../runtime/ack/ledger.js';
import { DeliveryStage } from '../support/delivery-stage.js';
import { root } from '../support/imports.js';
import { storedIds } from '../support/programs.js';

/** `npm run test:outage` makes it longer. */
const OUTAGE_MS = Number(process.env['OUTAGE_SECONDS'] ?? 8) * 1_000;

interface Told {
  readonly logged: number;
  /** Failures that the exporter has answered. */
  readonly failures: readonly string[];
  readonly account: Account;
}

/** Runs the program through an outage in which the service is not reached. */
async function outage(stage: DeliveryStage, kind: string, eventsPerSecond: number): Promise<Told> {
  const program = fork(join(root, 'test/pipeline/programs/otel-outage.mjs'), [kind], {
    env: {
      ...process.env,
      SERVICE_URL: stage.proxy!.endpoint,
      OUTAGE_MS: String(OUTAGE_MS),
      EVENTS_PER_SECOND: String(eventsPerSecond),
    },
  });
  const told = async (): Promise<unknown> => ((await once(program, 'message')) as unknown[])[0];
  await told();
  await stage.proxy!.refuse();
  program.send('it is down');
  await told();
  await stage.proxy!.accept();
  program.send('it is up');
  return (await told()) as Told;
}

// The queue of the SDK's batch processor takes 2,048 records.
test.each([
  ['our processor', 'ours', 2_000],
  ["the SDK's batch processor at its defaults, and our exporter", 'batch', 1_000],
  ["the SDK's simple processor, and our exporter", 'simple', 1_000],
])(
  'law: %s lose nothing in an outage',
  async (_, kind, eventsPerSecond) => {
    const stage = await DeliveryStage.open({ proxied: true });
    const { logged, failures, account } = await outage(stage, kind, eventsPerSecond);
    const ids = await storedIds(stage);
    await stage.close();

    expect(logged).toBeGreaterThan((OUTAGE_MS / 1_000) * eventsPerSecond * 0.5);
    // A call that is cut off may have stored its events, which then come twice.
    expect([...new Set(ids)].toSorted((one, other) => one - other)).toEqual(
      Array.from({ length: logged }, (__, id) => id),
    );
    expect(failures).toEqual([]);
    expect(isBalanced(account)).toBe(true);
    expect(account).toMatchObject({ accepted: logged, delivered: logged, pending: 0 });
  },
  60_000 + OUTAGE_MS,
);
