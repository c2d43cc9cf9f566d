import { mkdirSync, promises, renameSync, rmdirSync, unlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { requireLate } from '../io/late-modules.cjs';
import { isAlive, parseOwner, thisProcess } from './owner.js';

const OWNER = 'owner.json';
const SEGMENT = /^\d{13}-.*\.segment$/;

/** The first character of a directory that is not ready yet, or is being taken apart. */
const HIDDEN = '.';

/** Called with each file that is taken over. */
type Found = (name: string, bytes: number) => void;

/** Nothing else in the root is ours. */
const OF_A_PROCESS = /-\d+-[\da-f]{8}$/;

/**
 * The directory of one process in a spool that several share. It is made when it is first needed, and made again when
 * somebody removes it.
 *
 *     spool/
 *       api-1-4711-5f2c9e01/
 *         owner.json                                who writes here: a process that lives keeps it
 *         1768478400000-000001-c0ffee12.segment     one batch
 */
export class SpoolDirectory {
  readonly #root: string;
  readonly #onVanished: () => void;
  #path: string | undefined;
  #files = 0;
  #isReleased = false;

  /** @param onVanished called when it is found to be gone, with all that was in it */
  constructor(root: string, onVanished: () => void) {
    this.#root = root;
    this.#onVanished = onVanished;
  }

  /** Where it is; the root while there is none. */
  get path(): string {
    return this.#path ?? this.#root;
  }

  pathOf(name: string): string {
    return join(this.path, name);
  }

  /** A name for a new segment: names sort by age. */
  newName(nowMs: number): string {
    const number = String(++this.#files).padStart(6, '0');
    return `${String(Math.trunc(nowMs)).padStart(13, '0')}-${number}-${randomDigits()}.segment`;
  }

  /**
   * Runs work that writes, in a directory that exists: if it is gone, it is made anew, once.
   *
   * @throws what the file system says.
   */
  inside<Result>(work: () => Result): Result {
    try {
      this.#make();
      return work();
    } catch (error) {
      if (!isMissing(error)) throw error;
      this.#vanished();
      this.#make();
      return work();
    }
  }

  /** Shows other hosts that this process lives. */
  heartbeat(): void {
    if (this.#path === undefined) return;
    const now = new Date();
    const owner = join(this.#path, OWNER);
    if (isMissing(errorOf(() => utimesSync(owner, now, now)))) this.#vanished();
  }

  /**
   * Takes over what dead processes left, and reports each file. Of several that try, the file system lets one succeed.
   *
   * @throws what the file system says.
   */
  async adopt(found: Found): Promise<void> {
    for (const name of await namesIn(this.#root)) {
      const path = join(this.#root, name);
      if (!OF_A_PROCESS.test(name) || path === this.#path) continue;
      // One that is being made and has no owner yet; whoever makes it begins again.
      if (name.startsWith(HIDDEN) && errorOf(() => rmdirSync(path)) === undefined) continue;
      if (await hasLivingOwner(path)) continue;
      // What was released meanwhile is for others, this one's own directory too.
      if (this.#isReleased) return;
      // Into a directory that has an owner, where nobody else looks: exactly one process moves it there.
      const parcel = this.inside(() => {
        const to = this.pathOf(`${HIDDEN}adopted-${randomDigits()}`);
        return errorOf(() => renameSync(path, to)) === undefined ? to : undefined;
      });
      if (parcel !== undefined) await unpack(parcel, this.path, found);
    }
  }

  /** Leaves it to whoever comes, or removes it if nothing is in it. */
  release(): void {
    this.#isReleased = true;
    if (this.#path === undefined) return;
    const path = this.#path;
    this.#path = undefined;
    errorOf(() => unlinkSync(join(path, OWNER)));
    errorOf(() => rmdirSync(path));
  }

  #vanished(): void {
    if (this.#path === undefined) return;
    this.#path = undefined;
    this.#onVanished();
  }

  /** With its owner in it from the first moment on, so that nobody takes it for one that was left. */
  #make(): void {
    if (this.#path !== undefined) return;
    const owner = thisProcess();
    const name = `${owner.host.replaceAll(/[^\w.-]/g, '-')}-${owner.pid}-${randomDigits()}`;
    const hidden = join(this.#root, HIDDEN + name);
    mkdirSync(hidden, { recursive: true });
    writeFileSync(join(hidden, OWNER), `${JSON.stringify(owner)}\n`);
    renameSync(hidden, join(this.#root, name));
    this.#path = join(this.#root, name);
  }
}

export function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException | undefined)?.code === 'ENOENT';
}

/** So that two processes, or threads, never take one name. */
function randomDigits(): string {
  return requireLate('node:crypto').randomBytes(4).toString('hex');
}

/** Moves the segments out of a directory, and of those in it, and removes it. */
async function unpack(parcel: string, to: string, found: Found): Promise<void> {
  for (const name of await namesIn(parcel)) {
    const from = join(parcel, name);
    if (name === OWNER) await promises.unlink(from);
    else if (!SEGMENT.test(name)) await unpack(from, to, found);
    else {
      const { size: bytes } = await promises.stat(from);
      await promises.rename(from, join(to, name));
      found(name, bytes);
    }
  }
  await promises.rmdir(parcel).catch(() => undefined);
}

/** A directory without an owner was left on purpose. */
async function hasLivingOwner(path: string): Promise<boolean> {
  try {
    const file = join(path, OWNER);
    const owner = parseOwner(await promises.readFile(file, 'utf8'));
    return isAlive(owner, Date.now() - (await promises.stat(file)).mtimeMs);
  } catch (error) {
    return !isMissing(error);
  }
}

async function namesIn(path: string): Promise<string[]> {
  try {
    return (await promises.readdir(path)).toSorted();
  } catch (error) {
    if (isMissing(error) || (error as NodeJS.ErrnoException).code === 'ENOTDIR') return [];
    throw error;
  }
}

function errorOf(work: () => unknown): unknown {
  try {
    work();
    return undefined;
  } catch (error) {
    return error;
  }
}
