import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { withEdges } from '../../../runtime/edges.js';
import type { DeliveryReport } from '../../../runtime/delivery-report.js';
import { CloudWatchSink } from '../../../runtime/sink.js';
import { pause, useDummyCredentials } from '../../support/delivery-stage.js';
import { poll } from '../../support/poll.js';
import { runProgram, type Ended } from '../../support/program.js';
import { isEmptied, removeDirectory, temporaryDirectory } from '../../support/spool-bench.js';
import { storedAt } from '../exit/stored.js';
import { journalAt, type Entry } from './journal.js';
import type { Life, Plan } from './plan.js';
import { World, type Attempt } from './world.js';

/** More than one program logs. */
export const IDS_A_LIFE = 1_000_000;

const INHERIT_MS = 120_000;
const LOOK_MS = 250;

const GROUP = '/myapp/production';

/** A life that is over. */
export interface Lived {
  readonly life: Life;
  readonly firstId: number;
  readonly journal: readonly Entry[];
  readonly ended: Ended;
}

/** An attempt, and whether its caller can have known that it stored something. */
export interface JudgedAttempt extends Attempt {
  readonly isUnanswered: boolean;
}

/** What a run left, wherever it is. */
export interface Remains {
  readonly plan: Plan;
  readonly lives: readonly Lived[];
  /** The account of the sink that came last and delivered what the programs had left on disk. */
  readonly heir: DeliveryReport;
  readonly stored: readonly { readonly stream: string; readonly message: string }[];
  /** Lines that were written to stderr instead. */
  readonly diverted: readonly { readonly stream: string; readonly message: string }[];
  readonly rejected: readonly string[];
  readonly attempts: readonly JudgedAttempt[];
}

/** Runs the programs of a plan in its weather; then, in fair weather, delivers what they left on disk. */
export async function run(plan: Plan): Promise<Remains> {
  const folder = temporaryDirectory();
  mkdirSync(spoolOf(folder));
  const world = await World.begin(plan.seed);
  try {
    world.brew(plan.weather);
    const lives = await inLanes(plan, (life) => live(life, plan, world, folder));
    await world.clear();
    const heir = await inherit(world, spoolOf(folder));
    const events = await storedAt(world.service.endpoint);
    return {
      plan,
      lives,
      heir: heir.report,
      stored: events.map(({ logStreamName = '', message = '' }) => ({ stream: logStreamName, message })),
      diverted: [...lives.map(({ ended }) => ended.stderr), ...heir.stderr].flatMap(divertedIn),
      rejected: [
        ...lives.flatMap(({ journal }) => journal.flatMap(({ rejected }) => rejected)),
        ...heir.rejected,
      ],
      attempts: world.attempts.map((attempt) => ({ ...attempt, isUnanswered: world.isUnanswered(attempt) })),
    };
  } finally {
    await world.close();
    removeDirectory(folder);
  }
}

export function accessKeyOf({ number }: Life): string {
  return `AKIDLIFE${number}`;
}

export function streamOf({ number }: Life): string {
  return `life-${number}`;
}

const spoolOf = (folder: string): string => join(folder, 'spool');

async function inLanes({ lives, lanes }: Plan, each: (life: Life) => Promise<Lived>): Promise<Lived[]> {
  const waiting = [...lives];
  const lived: Lived[] = [];
  const lane = async (): Promise<void> => {
    for (let life = waiting.shift(); life; life = waiting.shift()) lived.push(await each(life));
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return lived;
}

async function live(life: Life, { sink, hasSpool }: Plan, world: World, folder: string): Promise<Lived> {
  const firstId = life.number * IDS_A_LIFE;
  const journal = join(folder, `${life.number}.journal`);
  const target = { logGroupName: GROUP, logStreamName: streamOf(life), region: 'us-east-1' };
  const own = { ...target, ...sink, endpointUrl: world.proxy.endpoint };
  let readyMs: number | undefined;
  const ended = await runProgram('chaos.mjs', {
    env: {
      CHAOS_LIFE: JSON.stringify({
        ...life,
        firstId,
        sink: hasSpool ? { ...own, spoolDir: spoolOf(folder) } : own,
      }),
      CHAOS_JOURNAL: journal,
      AWS_ACCESS_KEY_ID: accessKeyOf(life),
    },
    ...(life.ending === 'SIGKILL' && { signal: life.ending }),
    isReady: () => Date.now() >= (readyMs ??= Date.now()) + life.killAfterMs,
  });
  return { life, firstId, journal: journalAt(journal), ended };
}

/** The sink of a process that comes when the weather is fair, and only empties the spool. */
async function inherit(
  world: World,
  spoolDir: string,
): Promise<{ report: DeliveryReport; stderr: string[]; rejected: string[] }> {
  useDummyCredentials('AKIDHEIR');
  const stderr: string[] = [];
  const rejected: string[] = [];
  const heir = new CloudWatchSink(
    withEdges(
      {
        logGroupName: GROUP,
        logStreamName: 'heir',
        region: 'us-east-1',
        endpointUrl: world.service.endpoint,
        spoolDir,
        env: {},
        onRejected: ({ message }) => rejected.push(message),
        onDiagnostic: () => undefined,
      },
      { writeStderr: (text) => stderr.push(text) > 0 },
    ),
  );
  await poll('the delivery of what is on disk', () => lookAtTimes(spoolDir), INHERIT_MS).catch((cause) => {
    throw new Error(`the spool is not empty yet: ${JSON.stringify(heir.stats())}`, { cause });
  });
  return { report: await heir.close({ deadlineMs: 30_000 }), stderr, rejected };
}

/** Each look at thousands of files keeps the sink from its work. */
async function lookAtTimes(spoolDir: string): Promise<true | undefined> {
  await pause(LOOK_MS);
  return isEmptied(spoolDir) || undefined;
}

function divertedIn(text: string): { stream: string; message: string }[] {
  const lines = text.split('\n').filter((line) => line.startsWith('{"diverted"'));
  return lines.map((line) => {
    const { logStreamName, message } = JSON.parse(line) as { logStreamName: string; message: string };
    return { stream: logStreamName, message };
  });
}
