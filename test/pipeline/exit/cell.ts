import { startLocalCloudWatchLogs } from '../../../local/index.js';
import type { Account } from '../../../runtime/ack/ledger.js';
import { runProgram, type Ended } from '../../support/program.js';
import {
  allCircumstances,
  fewCircumstances,
  pairedCircumstances,
  type Circumstances,
  type Service,
} from './circumstances.js';
import { endings, LOGGED, type Ending } from './endings.js';
import { idOf, storedAt } from './stored.js';

/** One way to end, under one set of circumstances. */
export interface Cell extends Circumstances {
  readonly ending: Ending;
}

const models = endings.filter(({ isModel }) => isModel);

export const cells: readonly Cell[] = endings.flatMap((ending) => cellsOf(ending, allCircumstances));

/**
 * Those that are played without `FULL=1`. A model has each pair of mode, spool and service, and two models of four have each three
 * of them.
 */
export const chosenCells: readonly Cell[] = endings.flatMap((ending) =>
  cellsOf(ending, pairedCircumstances(models.indexOf(ending))),
);

function cellsOf(ending: Ending, ofModel: readonly Circumstances[]): Cell[] {
  const circumstances = ending.circumstances ?? (ending.isModel ? ofModel : fewCircumstances);
  return circumstances.map((each) => ({ ending, ...each }));
}

export function nameOf({ ending, mode, spool, service }: Cell): string {
  return `${ending.name}; ${mode.name}, spool ${spool.name}, service ${service}`;
}

/** Where the events were found when the program had ended, as often as they are there. */
export interface Findings {
  readonly ended: Ended;
  readonly delivered: readonly number[];
  readonly streams: ReadonlySet<string>;
  readonly spooled: readonly number[];
  readonly onStderr: readonly number[];
  /** What the ledgers of its processes said at the very end, as far as they could. */
  readonly accounts: readonly Account[];
}

/** Nothing listens there. */
const NOWHERE = 'http://127.0.0.1:1';

/** Short where it is waited for to the end; else much longer than even a machine under load needs. */
const DEADLINE_SECONDS: Readonly<Record<Service, string>> = { up: '30', slow: '30', down: '1' };

/** Runs the program and looks everywhere. */
export async function play({ ending, mode, spool, service }: Cell): Promise<Findings> {
  const server = await startLocalCloudWatchLogs();
  if (service === 'slow') server.inject({ kind: 'delay', delayMs: 300, operation: '*', times: Infinity });
  const folder = spool.open();
  const ended = await runProgram(ending.program, {
    ...ending,
    // In another thread an event is on disk a moment after its log call.
    isReady: () => ending.leaves !== 'nothing' || !spool.isWriteAhead || folder.read().length === LOGGED,
    env: {
      SERVICE_URL: service === 'down' ? NOWHERE : server.endpoint,
      FAPILOG_CLOUDWATCH__SHUTDOWN_DEADLINE_SECONDS: DEADLINE_SECONDS[service],
      TELL_ACCOUNT: 'yes',
      ...mode.env,
      ...folder.env,
      ...ending.env,
    },
  });
  server.clearFaults();
  const stored = await storedAt(server.endpoint);
  const spooled = folder.read();
  folder.remove();
  await server.close();
  return {
    ended,
    delivered: stored.map(({ message = '' }) => idOf(message)),
    streams: new Set(stored.map(({ logStreamName = '' }) => logStreamName)),
    spooled,
    onStderr: linesOf(ended.stderr)
      .filter((line) => 'diverted' in line)
      .map(({ message }) => idOf(message as string)),
    accounts: linesOf(ended.stdout).flatMap(({ account }) => (account ? [account as Account] : [])),
  };
}

function linesOf(text: string): Record<string, unknown>[] {
  const lines = text.split('\n').filter((line) => line.startsWith('{'));
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}
