import { randomBytes } from 'node:crypto';
import {
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { HEARTBEAT_MS, isAlive, type Owner, thisOwner } from '../../../contract/owner.js';

const NAME = /^owner-[\da-f]+\.json$/;

/**
 * Says that a directory belongs to this process. It is a file, so that a process that is killed leaves it behind; then the next one
 * sees by process id and time of start that its owner is gone.
 */
export class DirectoryLock {
  readonly #path: string;
  readonly #heartbeat: NodeJS.Timeout;

  /** @throws Error if another process, or this one, has the directory already */
  constructor(directory: string) {
    const name = `owner-${randomBytes(6).toString('hex')}.json`;
    this.#path = join(directory, name);
    write(this.#path, JSON.stringify(thisOwner()));
    // Each process writes its own file before it looks for others, so of two at least one sees the other.
    const holder = holderIn(directory, name);
    if (holder !== undefined) {
      unlinkSync(this.#path);
      throw new Error(refusal(directory, holder));
    }
    this.#heartbeat = setInterval(() => this.#beat(), HEARTBEAT_MS).unref();
  }

  release(): void {
    clearInterval(this.#heartbeat);
    quietly(() => unlinkSync(this.#path));
  }

  /** Shows those who cannot look for this process, in another container for example, that it lives. */
  #beat(): void {
    const now = new Date();
    quietly(() => utimesSync(this.#path, now, now));
  }
}

/** The living process among those that left a file, except this one; removes the files of dead ones. */
function holderIn(directory: string, ownName: string): Owner | undefined {
  for (const name of readdirSync(directory)) {
    if (name === ownName || !NAME.test(name)) continue;
    const path = join(directory, name);
    const owner = ownerIn(path);
    if (owner !== undefined && lives(owner, path)) return owner;
    quietly(() => unlinkSync(path));
  }
  return undefined;
}

function ownerIn(path: string): Owner | undefined {
  try {
    const { host, pid, startedAt, system, thread } = JSON.parse(readFileSync(path, 'utf8')) as Owner;
    return { host, pid, startedAt, system, thread };
  } catch {
    return undefined;
  }
}

function lives(owner: Owner, path: string): boolean {
  if (isGoneHere(owner)) return false;
  try {
    return isAlive(owner, Date.now() - statSync(path).mtimeMs);
  } catch {
    return false;
  }
}

/** Where there is no `/proc`, processes of one host still see each other's ids. */
function isGoneHere({ host, pid, system }: Owner): boolean {
  if (host !== hostname() || system !== undefined || thisOwner().system !== undefined) return false;
  try {
    return !process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}

function refusal(directory: string, { pid, host }: Owner): string {
  return (
    `The data directory ${directory} is in use by another server: process ${pid} on ${host}. ` +
    'Stop that one, or choose another directory.'
  );
}

/** Whole at once, so that nobody reads half of it. */
function write(path: string, text: string): void {
  writeFileSync(`${path}.new`, text, { mode: 0o600, flag: 'wx' });
  renameSync(`${path}.new`, path);
}

function quietly(work: () => void): void {
  try {
    work();
  } catch {
    // The file is gone, or stays until the next process comes.
  }
}
