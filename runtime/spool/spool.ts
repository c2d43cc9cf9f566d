import { lstatSync } from 'node:fs';
import type { Ledger } from '../ack/ledger.js';
import type { Loss } from '../ack/losses.js';
import type { EncodedBatch } from '../batch/encoded-batch.js';
import type { LogEvent } from '../batch/log-event.js';
import type { Target } from '../batch/target.js';
import type { Clock, Timer } from '../io/clock.js';
import type { Diagnostics } from '../io/diagnostics.js';
import { quietly } from '../io/quietly.js';
import { guarded, reasonOf } from '../serialize/guard.js';
import { LeftSegments, type LeftSegment } from './left-segments.js';
import { tagOf, timeIn } from './names.js';
import { Foreign, strangeness } from './ours.js';
import { HEARTBEAT_MS } from '../../contract/owner.js';
import { SegmentFile, type Fsync } from './segment-file.js';
import { batchesOf, readSegment } from './segment-reader.js';
import { segmentHead, segmentOf, segmentRecord, type Salvage } from './segment-text.js';
import { NO_CONTENTS, plus, Segment, type Contents } from './segment.js';
import { isMissing, SpoolDirectory } from './spool-directory.js';

/** Here, so that a program without a spool does not load what knows its directory. */
export { spoolDirProblems } from './root.js';

export interface SpoolOptions {
  /** Shared by any number of processes. */
  readonly directory: string;
  readonly mode: 'overflow' | 'always';
  readonly maxBytes: number;
  readonly fsync: Fsync;
}

export interface SpoolParts {
  /** Where events go whose segment does not say it any more. */
  readonly target: Target;
  readonly clock: Clock;
  readonly ledger: Ledger;
  readonly diagnostics: Diagnostics;
  readonly onLost: (loss: Loss) => void;
  /** Whether a batch with this tag may come back from disk now. */
  readonly isWelcome: (tag: string) => boolean;
  /** It was looked through: there may be segments to replay. */
  readonly onFound: () => void;
}

/** A segment that can come back from disk: one of this process, or one that a dead process left. */
export type Resting = Segment | LeftSegment;

/** Where the events of a segment go that comes back from disk. */
export interface Entrance {
  /** Whether batches with this tag may come now. */
  mayGo(tag: string): boolean;
  fits(batches: readonly EncodedBatch[]): boolean;
  enter(batch: EncodedBatch): void;
}

/** After a fault, the disk is left alone for so long: each attempt costs time. */
const HOLD_OFF_MS = 5_000;

const FSYNC_INTERVAL_MS = 1_000;
const LOOK_INTERVAL_MS = 60_000;

/** Between two looks for what others left, where the first could not remember all, and those that it could may not come. */
const NEXT_LOOK_MS = 1_000;

/** Segments that leave at a time before others may run: deleting many small ones takes long. */
const EVICTIONS_AT_A_TIME = 32;

/** A file without any line of a segment is none, unless it is so small that a crash can have torn its head. */
const MAX_HEAD_BYTES = 8_192;

/**
 * Events on disk. Whatever the disk does, no method throws: events that cannot be written stay where they are, and the
 * answer says so.
 *
 * Writing is synchronous, into the system's cache: a batch of 1 MiB takes a few milliseconds, order and account are
 * right after each step, and the way is the same one while the process exits.
 */
export class Spool {
  readonly #options: SpoolOptions;
  readonly #parts: SpoolParts;
  readonly #directory: SpoolDirectory;
  readonly #left: LeftSegments;
  /** By age. */
  readonly #segments: Segment[] = [];
  /** Settled, but the disk did not let them go. */
  #undeleted: string[] = [];
  #open: { readonly segment: Segment; file: SegmentFile | undefined } | undefined;
  readonly #timers = new Map<() => void, Timer>();
  #bytes = 0;
  #adopted = 0;
  #notBeforeMs = 0;
  #isLooking = false;
  #lookedMs = -Infinity;
  #isClosed = false;

  constructor(options: SpoolOptions, parts: SpoolParts) {
    this.#options = options;
    this.#parts = parts;
    this.#directory = new SpoolDirectory(options.directory, options.fsync !== 'never', () =>
      this.#vanished(),
    );
    this.#left = new LeftSegments({
      directory: this.#directory,
      isWelcome: parts.isWelcome,
      onForeign: (path, why) => this.#foreign(path, why),
      onFailed: (error) => this.#isClosed || this.#failed('take over files in', error),
    });
    void this.#look();
    this.#every(HEARTBEAT_MS, () => this.#directory.heartbeat());
    this.#every(LOOK_INTERVAL_MS, () => void this.#look());
    if (options.mode === 'always' && options.fsync === 'interval')
      this.#every(FSYNC_INTERVAL_MS, () => this.#open?.file?.sync());
  }

  /** Events of this process that are on disk and not in memory. */
  get events(): number {
    return this.#resting.reduce((sum, { events }) => sum + events, 0);
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Events that dead processes left and this one has accepted. */
  get adopted(): number {
    return this.#adopted;
  }

  /** Whether it looks for what others left. */
  get isLooking(): boolean {
    return this.#isLooking;
  }

  /**
   * The segment to be replayed next, of those whose turn may come by their tags. What others left is for this process only
   * while it has room for it.
   */
  oldest(mayGo: (tag: string) => boolean = () => true): Resting | undefined {
    const own = this.#segments.find(
      ({ state, isUnreadable, tag }) => state === 'resting' && !isUnreadable && mayGo(tag),
    );
    const left = this.#left.oldest(({ tag, bytes }) => mayGo(tag) && this.#hasRoom(bytes));
    if (!left && this.#left.isCut) this.#lookOn(this.#left.isEmpty ? 0 : NEXT_LOOK_MS);
    return own && left && left.name < own.name ? left : (own ?? left);
  }

  #hasRoom(bytes: number): boolean {
    return this.#bytes + bytes <= this.#options.maxBytes;
  }

  /** Segments that have come back from disk and are not settled yet. */
  get replaying(): number {
    return this.#segments.filter(({ state, isReplayed }) => state === 'held' && isReplayed).length;
  }

  /** Events of these. */
  get replayingEvents(): number {
    return this.#segments.reduce((sum, { isReplayed, pending }) => sum + (isReplayed ? pending : 0), 0);
  }

  /** Writes an event down that has just been put into the open batch, if all events are to be written down. */
  append(event: LogEvent, target = this.#parts.target): void {
    if (this.#options.mode !== 'always' || this.#isClosed) return;
    const open = (this.#open ??= this.#begin(target));
    if (!open?.file) return;
    const { segment, file } = open;
    const record = segmentRecord(event);
    const contents = plus(segment.contents ?? NO_CONTENTS, event);
    if (!this.#attempt(() => file.append(record))) {
      // What follows a torn line would be unreadable with it.
      open.file = undefined;
      quietly(() => file.close('never'));
      return;
    }
    segment.contents = contents;
    segment.bytes += record.length;
    this.#bytes += record.length;
    this.#bound(segment);
  }

  #begin(target: Target): { segment: Segment; file: SegmentFile } | undefined {
    const name = this.#directory.newName(this.#parts.clock.now(), target);
    const head = segmentHead(target);
    const segment = this.#segmentOf(name, head.length);
    segment.state = 'held';
    const place = this.#placeOf(name);
    const file = this.#create(name, head);
    if (!file) return undefined;
    this.#segments.splice(place, 0, segment);
    this.#bytes += head.length;
    return { segment, file };
  }

  /** The open batch is sealed; returns it together with the segment that has its events too. */
  sealed(batch: EncodedBatch): EncodedBatch {
    const open = this.#open;
    this.#open = undefined;
    if (!open) return batch;
    const { segment, file } = open;
    if (file) this.#attempt(() => file.close(this.#options.fsync));
    segment.hold([batch]);
    return batch.backedBy(segment);
  }

  /** Lets a batch rest on disk. Says whether it does; if not, nothing has changed. */
  keep(batch: EncodedBatch): boolean {
    const { backing, count, firstTimestamp, lastTimestamp } = batch;
    if (this.#isClosed) return false;
    if (backing instanceof Segment && backing.isExactly(batch) && this.#isThere(backing)) {
      backing.state = 'resting';
      return true;
    }
    const name = this.#directory.newName(this.#parts.clock.now(), batch.target);
    const text = segmentOf(batch);
    const segment = this.#segmentOf(name, text.length);
    segment.contents = { events: count, firstTimestamp, lastTimestamp };
    const place = this.#placeOf(name);
    if (!this.#create(name, text, true)) return false;
    // The batch is in its file: from here on, nothing that is thrown may leave it where it was, too.
    this.#segments.splice(place, 0, segment);
    this.#bytes += text.length;
    try {
      backing?.release(count);
      this.#bound(segment);
    } catch {
      this.#once(0, () => this.#bound());
    }
    return true;
  }

  /** Somebody waits for the end: the disk is tried at once, whatever it did before. */
  hurry(): void {
    this.#notBeforeMs = 0;
  }

  /** Reads a segment back, if it is readable and there is room. Says whether others can be tried now. */
  async load(resting: Resting, entrance: Entrance): Promise<boolean> {
    if (this.#isClosed) return false;
    const segment = resting instanceof Segment ? resting : this.#claim(resting);
    if (!segment) return true;
    segment.state = 'loading';
    if (!(resting instanceof Segment)) await this.#left.tidy(resting);
    const isStill = (): boolean => segment.state === 'loading' && !this.#isClosed;
    try {
      const salvaged = await readSegment(this.#directory.pathOf(segment.name), this.#directory.prepare());
      return !isStill() || this.#enter(segment, salvaged, entrance);
    } catch (error) {
      if (isStill()) this.#unreadable(segment, error);
      return true;
    }
  }

  #claim(left: LeftSegment): Segment | undefined {
    try {
      const { name, bytes } = left;
      const segment = this.#segmentOf(name, bytes);
      if (!this.#left.claim(left)) return undefined;
      this.#segments.splice(this.#placeOf(name), 0, segment);
      this.#bytes += bytes;
      return segment;
    } catch (error) {
      this.#failed('take over files in', error);
      return undefined;
    }
  }

  #enter(segment: Segment, salvaged: Salvage, entrance: Entrance): boolean {
    const { target = this.#parts.target, events } = salvaged;
    if (isNoSegment(segment, salvaged)) throw new Foreign('it holds no line of a segment');
    this.#account(segment, salvaged);
    // It may be another than the name says.
    segment.tag = tagOf(target);
    const batches = batchesOf(target, events);
    const mayGo = entrance.mayGo(segment.tag);
    if (!mayGo || !entrance.fits(batches)) {
      segment.state = 'resting';
      return !mayGo;
    }
    segment.isReplayed = true;
    segment.hold(batches);
    if (batches.length === 0) this.#remove(segment);
    for (const batch of batches) entrance.enter(batch.backedBy(segment));
    return true;
  }

  /** Events of a dead process are accepted when they are read; of our own, some may not be readable any more. */
  #account(segment: Segment, { events, damagedLines, damagedEvents }: Salvage): void {
    const { contents, name, bytes } = segment;
    const read = events.reduce(plus, NO_CONTENTS);
    segment.contents = read;
    if (contents?.events === read.events) return;
    if (damagedLines > 0) {
      const lines = `${damagedLines} line(s) of ${name} (${bytes} bytes) in`;
      this.#report('spool.damaged', lines, 'are torn or altered, the others are delivered');
    }
    if (contents) this.#lost('spoolDamaged', contents, contents.events - read.events);
    else this.#accept(read.events, damagedEvents, timeIn(name));
  }

  #accept(whole: number, damaged: number, timeMs: number): void {
    this.#parts.ledger.accepted += whole + damaged;
    this.#adopted += whole + damaged;
    this.#lost('spoolDamaged', { events: damaged, firstTimestamp: timeMs, lastTimestamp: timeMs }, damaged);
  }

  /** What is on disk stays there for the next one. Nothing is written from now on. */
  close(): void {
    if (this.#isClosed) return;
    quietly(() => this.#open?.file?.close(this.#options.fsync === 'never' ? 'never' : 'every_batch'));
    this.#retryDeletions();
    this.#isClosed = true;
    for (const timer of this.#timers.values()) timer.cancel();
    this.#directory.release();
  }

  get #resting(): Segment[] {
    return this.#segments.filter(({ state }) => state === 'resting' || state === 'loading');
  }

  /** A file that begins with this text, or is closed with it. None is left if the disk refuses. */
  #create(name: string, text: Buffer, isWhole = false): SegmentFile | undefined {
    return this.#attempt(() =>
      this.#directory.inside(() => {
        const file = new SegmentFile(this.#directory.pathOf(name));
        try {
          file.append(text);
          return isWhole ? file.close(this.#options.fsync) : file;
        } catch (error) {
          quietly(() => file.discard());
          throw error;
        }
      }),
    );
  }

  #segmentOf(name: string, bytes: number): Segment {
    return new Segment(name, bytes, (released) => this.#remove(released));
  }

  /** Where it stands among the others. One that another process left is older than those of this one. */
  #placeOf(name: string): number {
    return this.#segments.findLastIndex((other) => other.name < name) + 1;
  }

  /** The oldest segments leave first. */
  #bound(newest?: Segment): void {
    for (let evicted = 0; this.#bytes > this.#options.maxBytes; evicted++) {
      const oldest = this.#segments.find(
        (segment) => segment !== newest && segment !== this.#open?.segment && !segment.isUnknown,
      );
      if (!oldest) return;
      if (evicted === EVICTIONS_AT_A_TIME) return this.#once(0, () => this.#bound());
      this.#evict(oldest);
    }
  }

  #evict(segment: Segment): void {
    const { state, contents, events } = segment;
    const { maxBytes } = this.#options;
    this.#remove(segment);
    if (state === 'held') {
      this.#report('spool.full', `${events} log event(s) are in memory only:`, `has ${maxBytes} bytes`);
    } else this.#gone('spoolFull', segment, contents);
  }

  #forget(segment: Segment): void {
    segment.state = 'gone';
    this.#bytes -= segment.bytes;
    this.#segments.splice(this.#segments.indexOf(segment), 1);
  }

  #remove(segment: Segment): void {
    if (this.#isClosed) return;
    this.#forget(segment);
    this.#delete(this.#directory.pathOf(segment.name));
  }

  #delete(path: string): void {
    try {
      const why = this.#directory.delete(path);
      if (why !== undefined) this.#foreign(path, why);
    } catch (error) {
      if (isMissing(error)) return;
      this.#undeleted.push(path);
      this.#failed('delete from', error);
    }
  }

  #retryDeletions(): void {
    for (const path of this.#undeleted.splice(0)) this.#delete(path);
  }

  /** So that it can be read back: memory lets go of its events for it. */
  #isThere({ name, bytes }: Segment): boolean {
    return guarded(() => {
      const stats = lstatSync(this.#directory.pathOf(name));
      return stats.size === bytes && strangeness(stats, 'file', this.#directory.prepare()) === undefined;
    }, false);
  }

  #unreadable(segment: Segment, error: unknown): void {
    const { name, contents } = segment;
    if (isMissing(error) || error instanceof Foreign) {
      this.#forget(segment);
      if (error instanceof Foreign) this.#foreign(name, error.message);
      this.#gone('spoolLost', segment, contents);
      return;
    }
    segment.state = 'resting';
    segment.isUnreadable = true;
    this.#failed('read', error);
  }

  /** The directory is gone: events that were only there are lost, events that are in memory too are not. */
  #vanished(): void {
    this.#report('spool.vanished', 'somebody removed', '');
    const resting = this.#resting;
    for (const segment of this.#segments.toReversed()) this.#forget(segment);
    for (const segment of resting) this.#gone('spoolLost', segment, segment.contents);
    const file = this.#open?.file;
    this.#open = undefined;
    quietly(() => file?.close('never'));
  }

  /** Counts what was lost with a segment. One that nobody has read can only be weighed. */
  #gone(reason: string, { name, bytes }: Segment, contents: Contents | undefined): void {
    if (contents) this.#lost(reason, contents, contents.events);
    else
      this.#report(
        'spool.uncounted',
        `${bytes} bytes of unread log events are lost (${reason}): ${name} in`,
        '',
      );
  }

  async #look(): Promise<void> {
    if (this.#isClosed || this.#isLooking || !this.#isPrepared()) return;
    this.#retryDeletions();
    this.#isLooking = true;
    const news = await this.#left.look();
    this.#isLooking = false;
    this.#lookedMs = this.#parts.clock.monotonic();
    if (this.#isClosed) return;
    for (const segment of this.#segments) segment.isUnreadable = false;
    if (news > 0)
      this.#report(
        'spool.adopted',
        `${news} segment(s) of dead processes or threads are to be delivered from`,
        '',
      );
    this.#parts.onFound();
  }

  #lookOn(afterMs: number): void {
    if (this.#parts.clock.monotonic() >= this.#lookedMs + afterMs) void this.#look();
  }

  #isPrepared(): boolean {
    try {
      this.#directory.prepare();
      return true;
    } catch (error) {
      this.#failed('use', error);
      return false;
    }
  }

  #once(delayMs: number, work: () => void): void {
    const timer = this.#parts.clock.after(delayMs, () => {
      this.#timers.delete(work);
      work();
    });
    this.#timers.set(work, timer);
  }

  #every(intervalMs: number, work: () => void): void {
    const timer = this.#parts.clock.after(intervalMs, () => {
      this.#every(intervalMs, work);
      work();
    });
    this.#timers.set(work, timer);
  }

  /** `undefined` if the disk refuses, or has just done so. */
  #attempt<Result extends object>(write: () => Result): Result | undefined {
    const now = this.#parts.clock.monotonic();
    if (now < this.#notBeforeMs) return undefined;
    try {
      return write();
    } catch (error) {
      this.#notBeforeMs = now + HOLD_OFF_MS;
      this.#failed('write to', error);
      return undefined;
    }
  }

  #failed(what: string, error: unknown): void {
    const effect = `for now, events wait in memory or go to stderr instead: ${reasonOf(error)}`;
    this.#report('spool.failed', `cannot ${what}`, effect);
  }

  #foreign(what: string, why: string): void {
    this.#report('spool.foreign', `left alone, because ${why}: ${onOneLine(what)} in`, '');
  }

  #report(code: string, before: string, after: string): void {
    this.#parts.diagnostics.report(code, `${before} the spool ${this.#options.directory} ${after}`.trimEnd());
  }

  #lost(reason: string, { firstTimestamp, lastTimestamp }: Contents, count: number): void {
    if (count > 0) this.#parts.onLost({ reason, count, fromMs: firstTimestamp, toMs: lastTimestamp });
  }
}

/** A name may have line breaks in it, and what a terminal would obey. */
function onOneLine(name: string): string {
  return name.replaceAll(
    /\p{Cc}/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function isNoSegment({ bytes, contents }: Segment, { target, events }: Salvage): boolean {
  return !contents && !target && events.length === 0 && bytes > MAX_HEAD_BYTES;
}
