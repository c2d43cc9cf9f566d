import {
  fsyncSync,
  closeSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmdirSync,
  unlinkSync,
  utimesSync,
  writeSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import type { Target } from '../batch/target.js';
import {
  HIDDEN,
  isNameOfRemoved,
  LEFT,
  OWNED,
  processName,
  removedName,
  segmentName,
  tagOf,
} from './names.js';
import { strangeness } from './ours.js';
import { thisOwner } from '../../contract/owner.js';
import { ownerText } from './owner.js';
import { makeRoot } from './root.js';

/**
 * The directory of one process in a spool that several share. It is made when it is first needed, and made again when
 * somebody removes it.
 *
 *     spool/
 *       api-1-4711-5f2c9e01/
 *         owner.json                                         who writes here; left.json once nobody does
 *         1768478400000-000001-c0ffee12-9d0c1b7e.segment     one batch
 */
export class SpoolDirectory {
  readonly root: string;
  readonly #isSynced: boolean;
  readonly #onVanished: () => void;
  #path: string | undefined;
  #uid: number | undefined;
  #files = 0;
  #isReleased = false;

  /**
   * @param isSynced whether what is in it has to survive a crash of the machine
   * @param onVanished called when it is found to be gone, with all that was in it
   */
  constructor(root: string, isSynced: boolean, onVanished: () => void) {
    // A program may go to another directory later, as daemons do.
    this.root = resolve(root);
    this.#isSynced = isSynced;
    this.#onVanished = onVanished;
  }

  /** Where it is; the root while there is none. */
  get path(): string {
    return this.#path ?? this.root;
  }

  /** Whether nothing is to be done in it any more. */
  get isReleased(): boolean {
    return this.#isReleased;
  }

  pathOf(name: string): string {
    return join(this.path, name);
  }

  newName(nowMs: number, target: Target): string {
    return segmentName(nowMs, ++this.#files, tagOf(target));
  }

  /**
   * Makes the root, if it is not there, and returns the user to whom files in it belong.
   *
   * @throws Error if it cannot be one.
   */
  prepare(): number {
    return (this.#uid ??= makeRoot(this.root));
  }

  /**
   * Runs work that writes, in a directory that exists: if it is gone, or something else stands there, it is made anew. That
   * the work misses something is no sign of it: another process may have been faster.
   *
   * @throws what the file system says.
   */
  inside<Result>(work: () => Result): Result {
    if (this.#isGone()) this.#vanished();
    this.#make();
    return work();
  }

  /** Shows other hosts that this process lives. */
  heartbeat(): void {
    if (this.#path === undefined) return;
    if (this.#isGone()) return this.#vanished();
    const now = new Date();
    errorOf(() => utimesSync(this.pathOf(OWNED), now, now));
  }

  /** Whether there is no directory any more where this process made one, or none with its mark. */
  #isGone(): boolean {
    if (this.#path === undefined) return false;
    try {
      return !lstatSync(this.#path).isDirectory() || !lstatSync(this.pathOf(OWNED)).isFile();
    } catch (error) {
      // Where the file system refuses to say, the work finds out.
      return isMissing(error);
    }
  }

  /** Deletes a file, if it is one of ours. Says why it is not; `undefined` once it is gone. */
  delete(path: string): string | undefined {
    const why = strangeness(lstatSync(path), 'file', this.prepare());
    if (why === undefined) unlinkSync(path);
    return why;
  }

  /**
   * Takes a directory of the spool apart in which nothing is but its mark. It is moved into this one first, where the next
   * one finds it if this process is killed meanwhile.
   */
  remove(path: string): void {
    if (this.#isReleased) return;
    const to = this.inside(() => {
      const removed = this.pathOf(removedName());
      renameSync(path, removed);
      return removed;
    });
    takeApart(to);
  }

  /** Leaves it to whoever comes, or removes it if nothing is in it. */
  release(): void {
    this.#isReleased = true;
    const path = this.#isGone() ? undefined : this.#path;
    this.#path = undefined;
    if (path === undefined) return;
    errorOf(() => {
      if (readdirSync(path).every((name) => name === OWNED)) takeApart(path);
      else renameSync(join(path, OWNED), join(path, LEFT));
    });
  }

  #vanished(): void {
    if (this.#path === undefined) return;
    this.#path = undefined;
    this.#uid = undefined;
    this.#onVanished();
  }

  /** With its owner in it from the first moment on, so that nobody takes it for one that was left. */
  #make(): void {
    if (this.#path !== undefined) return;
    this.#uid = undefined;
    this.prepare();
    const owner = thisOwner();
    const name = processName(owner);
    const hidden = join(this.root, HIDDEN + name);
    mkdirSync(hidden, { mode: 0o700 });
    try {
      this.#write(join(hidden, OWNED), ownerText(owner));
      renameSync(hidden, join(this.root, name));
    } catch (error) {
      // A disk that is full would get one more with each attempt.
      errorOf(() => takeApart(hidden));
      throw error;
    }
    this.#path = join(this.root, name);
  }

  /** Without its mark, nobody would know what is in a directory after a crash of the machine. */
  #write(path: string, text: string): void {
    const file = openSync(path, 'wx', 0o600);
    try {
      writeSync(file, text);
      if (this.#isSynced) fsyncSync(file);
    } finally {
      closeSync(file);
    }
  }
}

export function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException | undefined)?.code === 'ENOENT';
}

/** Removes the mark and the directory, or leaves it where something else is in it. */
function takeApart(path: string): void {
  if (!lstatSync(path).isDirectory()) return;
  for (const name of readdirSync(path).filter(isNameOfRemoved)) takeApart(join(path, name));
  for (const mark of [OWNED, LEFT]) errorOf(() => unlinkSync(join(path, mark)));
  errorOf(() => rmdirSync(path));
}

function errorOf(work: () => unknown): unknown {
  try {
    work();
    return undefined;
  } catch (error) {
    return error;
  }
}
