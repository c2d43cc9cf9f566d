import { lstatSync, promises, renameSync, type Stats } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { HIDDEN, isNameOfProcess, isNameOfRemoved, isNameOfSegment, LEFT, OWNED, tagIn } from './names.js';
import { Foreign, readOurs, strangeness } from './ours.js';
import { isAlive } from '../../contract/owner.js';
import { parseOwner } from './owner.js';
import { isMissing, type SpoolDirectory } from './spool-directory.js';

/** A segment in the directory of a dead process. */
export interface LeftSegment {
  readonly name: string;
  readonly directory: string;
  /** The directory of the process: the same, or one around it. */
  readonly home: string;
  readonly bytes: number;
  readonly tag: string;
  /** None that this process knows of. */
  readonly events: 0;
}

export interface LeftSegmentsParts {
  readonly directory: SpoolDirectory;
  /** Whether segments with this tag may come back now. */
  readonly isWelcome: (tag: string) => boolean;
  /** Called with each entry that looks like one of the spool and is none: once, by its path from the root. */
  readonly onForeign: (path: string, why: string) => void;
  /** Called with what the file system says where it refuses. */
  readonly onFailed: (error: unknown) => void;
}

/** Segments that are known at a time, the oldest. */
const MAX_KNOWN = 1_000;

/** Foreign entries that are remembered, so that each is reported once. */
const MAX_FOREIGN = 10_000;

/**
 * What dead processes left in a spool. Each segment stays where it is until its turn comes: then exactly one process can
 * move it. So the processes of a spool share what is left, and none takes over more than it delivers.
 *
 * Whoever can write to the root could put anything there, by mistake or on purpose. So an entry counts only if it is by its
 * own looks, not by those of what it leads to, one that this user's processes made.
 */
export class LeftSegments {
  readonly #parts: LeftSegmentsParts;
  readonly #foreign = new Set<string>();
  #known: LeftSegment[] = [];
  #isCut = false;

  constructor(parts: LeftSegmentsParts) {
    this.#parts = parts;
  }

  /** The one to be replayed next. */
  oldest(mayGo: (segment: LeftSegment) => boolean): LeftSegment | undefined {
    return this.#known.find(mayGo);
  }

  get isEmpty(): boolean {
    return this.#known.length === 0;
  }

  /** Whether there were more than it could remember. */
  get isCut(): boolean {
    return this.#isCut;
  }

  /** Looks for them anew. Says how many it did not know before. Never throws. */
  async look(): Promise<number> {
    const { directory } = this.#parts;
    const known = new Set(this.#known.map(pathOf));
    const finds = new Finds();
    await this.#attempt(async () => {
      for (const name of await namesIn(directory.root)) await this.#lookAt(name, finds);
    });
    const segments: LeftSegment[] = [];
    for (const find of finds.oldest())
      await this.#attempt(async () => segments.push(...(await this.#measured(find))));
    this.#isCut = finds.isCut;
    this.#known = segments;
    return segments.filter((segment) => !known.has(pathOf(segment))).length;
  }

  /**
   * Moves one into the directory of this process. Says whether it did; if not, another process was faster, or it is none.
   *
   * @throws what the file system says.
   */
  claim(segment: LeftSegment): boolean {
    const { directory } = this.#parts;
    const path = pathOf(segment);
    this.#known = this.#known.filter((other) => other !== segment);
    try {
      if (!this.#isOurs(path, lstatSync(path), 'file')) return false;
      return directory.inside(() => movedInto(path, directory.pathOf(segment.name)));
    } catch (error) {
      if (isMissing(error)) return false;
      throw error;
    }
  }

  /** Removes the directory of one that was claimed, if it was the last. Never throws. */
  async tidy({ home }: LeftSegment): Promise<void> {
    if (this.#known.some((other) => other.home === home)) return;
    await this.#attempt(() => this.#listOrRemove(home, new Finds()));
  }

  /** One entry that cannot be looked at holds up no other. */
  async #lookAt(name: string, finds: Finds): Promise<void> {
    const { directory } = this.#parts;
    const path = join(directory.root, name);
    if (!isNameOfProcess(name) || path === directory.path || directory.isReleased) return;
    await this.#attempt(async () => {
      if (!this.#isOurs(path, await promises.lstat(path), 'directory')) return;
      if (await this.#isLeft(path, name.startsWith(HIDDEN))) await this.#listOrRemove(path, finds);
    });
  }

  /** Whether a directory has the mark of the spool, and no living owner. */
  async #isLeft(path: string, isHidden: boolean): Promise<boolean> {
    const uid = this.#parts.directory.prepare();
    try {
      const owned = await markIn(path, OWNED, uid);
      // Looked at in any case: the mark of the owner takes its place.
      const left = await markIn(path, LEFT, uid);
      if (!owned) return left !== undefined || (await this.#isUnmarked(path));
      if (isAlive(owned.owner, Date.now() - owned.writtenMs)) return false;
    } catch (error) {
      if (!(error instanceof Foreign)) throw error;
      // The mark of a directory that is being made is not finished.
      return !isHidden && this.#tell(path, error.message);
    }
    // An owner that was only silent sees by this that its directory is no longer its own.
    await found(promises.rename(join(path, OWNED), join(path, LEFT)));
    return true;
  }

  /** One that is empty is being made, or taken apart. */
  async #isUnmarked(path: string): Promise<false> {
    return (await namesIn(path)).length > 0 && this.#tell(path, 'nothing in it says that it is of a spool');
  }

  async #listOrRemove(path: string, finds: Finds): Promise<void> {
    if (await this.#isSpent(path, path, finds)) this.#parts.directory.remove(path);
  }

  /** Whether nothing is in a directory that has to stay; segments that may come are added to the finds. */
  async #isSpent(directory: string, home: string, finds: Finds): Promise<boolean> {
    let isSpent = true;
    for await (const { name } of await promises.opendir(directory, { bufferSize: 256 })) {
      const path = join(directory, name);
      if (name === OWNED || name === LEFT) isSpent = (await this.#isMark(directory, name)) && isSpent;
      else if (isNameOfSegment(name)) {
        isSpent = false;
        if (await this.#mayCome(path)) finds.add({ name, directory, home });
      } else isSpent = (await this.#isRemoved(path, home, finds)) && isSpent;
    }
    return isSpent;
  }

  async #isMark(directory: string, name: typeof OWNED | typeof LEFT): Promise<boolean> {
    try {
      await markIn(directory, name, this.#parts.directory.prepare());
      return true;
    } catch (error) {
      if (!(error instanceof Foreign)) throw error;
      return this.#tell(join(directory, name), error.message);
    }
  }

  /** Mostly told by the name alone. What is foreign and cannot be remembered must not take the place of a segment again and again. */
  async #mayCome(path: string): Promise<boolean> {
    if (this.#foreign.has(path) || !this.#parts.isWelcome(tagIn(path))) return false;
    return this.#foreign.size < MAX_FOREIGN || this.#isOurs(path, await promises.lstat(path), 'file');
  }

  /** One that was being taken apart goes with the directory that it is in, unless segments came into it meanwhile. */
  async #isRemoved(path: string, home: string, finds: Finds): Promise<boolean> {
    if (!isNameOfRemoved(basename(path))) return this.#tell(path, 'it has no name of the spool');
    const isOurs = this.#isOurs(path, await promises.lstat(path), 'directory');
    return isOurs && this.#isSpent(path, home, finds);
  }

  /** None if it is no segment, or is gone. */
  async #measured({ name, directory, home }: Find): Promise<LeftSegment[]> {
    const stats = await promises.lstat(join(directory, name));
    const isOurs = this.#isOurs(join(directory, name), stats, 'file');
    return isOurs ? [{ name, directory, home, bytes: stats.size, tag: tagIn(name), events: 0 }] : [];
  }

  #isOurs(path: string, stats: Stats, kind: 'file' | 'directory'): boolean {
    const why = strangeness(stats, kind, this.#parts.directory.prepare());
    return why === undefined || this.#tell(path, why);
  }

  #tell(path: string, why: string): false {
    if (this.#foreign.has(path) || this.#foreign.size >= MAX_FOREIGN) return false;
    this.#foreign.add(path);
    this.#parts.onForeign(relative(this.#parts.directory.root, path), why);
    return false;
  }

  /** What is gone has been taken by another process. */
  async #attempt(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!isMissing(error)) this.#parts.onFailed(error);
    }
  }
}

type Find = Pick<LeftSegment, 'name' | 'directory' | 'home'>;

/** Keeps the oldest of what is found, however much it is. */
class Finds {
  #found: Find[] = [];
  isCut = false;

  add(find: Find): void {
    this.#found.push(find);
    if (this.#found.length >= 2 * MAX_KNOWN) this.#found = this.oldest();
  }

  oldest(): Find[] {
    this.isCut ||= this.#found.length > MAX_KNOWN;
    return this.#found.toSorted((a, b) => (a.name < b.name ? -1 : 1)).slice(0, MAX_KNOWN);
  }
}

const pathOf = ({ directory, name }: Pick<LeftSegment, 'name' | 'directory'>): string =>
  join(directory, name);

/** Says whether it did. A segment that is there by the same name, as of a copied directory, is delivered first. */
function movedInto(path: string, to: string): boolean {
  if (lstatSync(to, { throwIfNoEntry: false })) return false;
  renameSync(path, to);
  return true;
}

/** `undefined` if it is not there. */
async function markIn(path: string, name: typeof OWNED | typeof LEFT, uid: number) {
  const file = await found(readOurs(join(path, name), uid));
  if (!file) return undefined;
  const owner = parseOwner(file.bytes.toString());
  if (typeof owner === 'string') throw new Foreign(`${name}: ${owner}`);
  return { owner, writtenMs: file.stats.mtimeMs };
}

async function found<Result>(looking: Promise<Result>): Promise<Result | undefined> {
  try {
    return await looking;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

async function namesIn(path: string): Promise<string[]> {
  return (await found(promises.readdir(path))) ?? [];
}
