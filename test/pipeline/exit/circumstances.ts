import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { salvage } from '../../../runtime/spool/segment-text.js';
import { idOf } from './stored.js';

/** How the service is while a program runs: answers at once, after 300 ms, or not at all. */
const services = ['up', 'slow', 'down'] as const;

export type Service = (typeof services)[number];

/** Where the sink runs. */
export interface Mode {
  readonly name: string;
  /** What the programs are told. */
  readonly env: Readonly<Record<string, string>>;
  /** Whether deliveries go on while the process does its last synchronous work. */
  readonly deliversAtExit: boolean;
}

const inProcess: Mode = { name: 'in process', env: {}, deliversAtExit: false };
const workerThread: Mode = { name: 'worker thread', env: { IN_WORKER: 'yes' }, deliversAtExit: true };

export const modes: readonly Mode[] = [inProcess, workerThread];

/** What the sink puts on disk. */
export interface Spool {
  readonly name: string;
  /** Whether every event is on disk before it is sent. */
  readonly isWriteAhead: boolean;
  readonly open: () => SpoolFolder;
}

/** The spool of one run. */
export interface SpoolFolder {
  /** What the programs are told. */
  readonly env: Readonly<Record<string, string>>;
  /** The numbers of the events that are on disk now. */
  readonly read: () => readonly number[];
  readonly remove: () => void;
}

const noSpool: Spool = {
  name: 'none',
  isWriteAhead: false,
  open: () => ({ env: {}, read: () => [], remove: () => undefined }),
};
const overflow: Spool = { name: '`overflow`', isWriteAhead: false, open: () => spoolFolder('overflow') };
const always: Spool = { name: '`always`', isWriteAhead: true, open: () => spoolFolder('always') };

/** What surrounds a program when it ends. */
export interface Circumstances {
  readonly mode: Mode;
  readonly spool: Spool;
  readonly service: Service;
}

export const allCircumstances: readonly Circumstances[] = modes.flatMap((mode) =>
  [noSpool, overflow, always].flatMap((spool) => services.map((service) => ({ mode, spool, service }))),
);

/** One half of all, or the other: each spool with each service, in one mode; and each mode with each of them. */
export function pairedCircumstances(half: number): readonly Circumstances[] {
  return allCircumstances.filter(
    // Three services follow each other, an odd number, so that neighbours of any kind are in different halves.
    (_, index) => (index + half) % 2 === 0,
  );
}

/** What a program needs that has little time. */
export const undisturbed: readonly Circumstances[] = modes.map((mode) => ({
  mode,
  spool: noSpool,
  service: 'up',
}));

/** Each mode, spool and service once: these tell time for anything, time for synchronous work and no time apart. */
export const fewCircumstances: readonly Circumstances[] = [
  { mode: inProcess, spool: noSpool, service: 'down' },
  { mode: inProcess, spool: overflow, service: 'slow' },
  { mode: inProcess, spool: always, service: 'up' },
  { mode: workerThread, spool: always, service: 'slow' },
];

function spoolFolder(mode: 'overflow' | 'always'): SpoolFolder {
  const folder = mkdtempSync(join(tmpdir(), 'fapilog-cloudwatch-exit-'));
  return {
    env: { FAPILOG_CLOUDWATCH__SPOOL_DIR: folder, FAPILOG_CLOUDWATCH__SPOOL_MODE: mode },
    read: () => idsIn(folder),
    remove: () => rmSync(folder, { recursive: true }),
  };
}

/** Every event in every segment; other files have no whole lines of a segment. */
function idsIn(folder: string): number[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((each) => each.isFile());
  return files
    .flatMap(({ parentPath, name }) => salvage(readFileSync(join(parentPath, name))).events)
    .map(({ encoded }) => idOf((JSON.parse(encoded.toString()) as { message: string }).message));
}
