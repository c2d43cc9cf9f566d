import { readFileSync, statSync, unlinkSync } from 'node:fs';
import type { Ledger } from '../ack/ledger.js';
import type { Loss } from '../ack/losses.js';
import type { EncodedBatch } from '../batch/encoded-batch.js';
import type { LogEvent } from '../batch/log-event.js';
import type { Target } from '../batch/target.js';
import type { Clock, Timer } from '../io/clock.js';
import type { Diagnostics } from '../io/diagnostics.js';
import { quietly } from '../io/quietly.js';
import { guarded, reasonOf } from '../serialize/guard.js';
import { HEARTBEAT_MS } from './owner.js';
import { SegmentFile, type Fsync } from './segment-file.js';
import { batchesOf, readSegment } from './segment-reader.js';
import { salvage, segmentHead, segmentOf, segmentRecord, type Salvage } from './segment-text.js';
import { NO_CONTENTS, plus, Segment, type Contents } from './segment.js';
import { isMissing, SpoolDirectory } from './spool-directory.js';

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
  /** It was looked through: there may be segments to replay. */
  readonly onFound: () => void;
}

/** Where the events of a segment go that comes back from disk. */
export interface Entrance {
  /** Whether batches for this target may come now. */
  mayGo(target: Target): boolean;
  fits(batches: readonly EncodedBatch[]): boolean;
  enter(batch: EncodedBatch): void;
}

/** After a fault, the disk is left alone for so long: each attempt costs time. */
const HOLD_OFF_MS = 5_000;

const FSYNC_INTERVAL_MS = 1_000;
const ADOPTION_INTERVAL_MS = 60_000;

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
  /** By age. */
  #segments: Segment[] = [];
  /** Settled, but the disk did not let them go. */
  #undeleted: string[] = [];
  #open: { readonly segment: Segment; file: SegmentFile | undefined } | undefined;
  readonly #timers = new Map<() => void, Timer>();
  #bytes = 0;
  #adopted = 0;
  #notBeforeMs = 0;
  #isClosed = false;

  constructor(options: SpoolOptions, parts: SpoolParts) {
    this.#options = options;
    this.#parts = parts;
    this.#directory = new SpoolDirectory(options.directory, () => this.#vanished());
    void this.#adopt();
    this.#every(HEARTBEAT_MS, () => this.#directory.heartbeat());
    this.#every(ADOPTION_INTERVAL_MS, () => void this.#adopt());
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

  /** The segment to be replayed next, of those whose target may have a batch; an unread one has none yet. */
  oldest(mayGo: (target: Target | undefined) => boolean = () => true): Segment | undefined {
    return this.#segments.find(
      ({ state, isUnreadable, target }) => state === 'resting' && !isUnreadable && mayGo(target),
    );
  }

  /** Segments that have come back from disk and are not settled yet. */
  get replaying(): number {
    return this.#segments.filter(({ state, isReplayed }) => state === 'held' && isReplayed).length;
  }

  /** Writes an event down that has just been put into the open batch, if all events are to be written down. */
  append(event: LogEvent): void {
    if (this.#options.mode !== 'always' || this.#isClosed) return;
    const open = (this.#open ??= this.#begin());
    if (!open?.file) return;
    const { segment, file } = open;
    const record = segmentRecord(event);
    if (!this.#attempt(() => file.append(record))) {
      // What follows a torn line would be unreadable with it.
      open.file = undefined;
      quietly(() => file.close('never'));
      return;
    }
    segment.contents = plus(segment.contents ?? NO_CONTENTS, event);
    segment.bytes += record.length;
    this.#bytes += record.length;
    this.#bound(segment);
  }

  #begin(): { segment: Segment; file: SegmentFile } | undefined {
    const name = this.#directory.newName(this.#parts.clock.now());
    const head = segmentHead(this.#parts.target);
    const file = this.#create(name, head);
    if (!file) return undefined;
    const segment = this.#add(name, head.length, this.#parts.target);
    segment.state = 'held';
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
    const { backing } = batch;
    if (this.#isClosed) return false;
    if (backing instanceof Segment && backing.isExactly(batch) && this.#isThere(backing)) {
      backing.state = 'resting';
      return true;
    }
    const name = this.#directory.newName(this.#parts.clock.now());
    const text = segmentOf(batch);
    if (!this.#create(name, text, true)) return false;
    const segment = this.#add(name, text.length, batch.target);
    const { count, firstTimestamp, lastTimestamp } = batch;
    segment.contents = { events: count, firstTimestamp, lastTimestamp };
    backing?.release(count);
    this.#bound(segment);
    return true;
  }

  /** Somebody waits for the end: the disk is tried at once, whatever it did before. */
  hurry(): void {
    this.#notBeforeMs = 0;
  }

  /** Reads a segment back, if it is readable and there is room. Says whether anything came of it. */
  async load(segment: Segment, entrance: Entrance): Promise<boolean> {
    segment.state = 'loading';
    const isStill = (): boolean => segment.state === 'loading' && !this.#isClosed;
    try {
      const salvaged = await readSegment(this.#directory.pathOf(segment.name));
      return isStill() && this.#enter(segment, salvaged, entrance);
    } catch (error) {
      if (isStill()) this.#unreadable(segment, error);
      return false;
    }
  }

  #enter(segment: Segment, salvaged: Salvage, entrance: Entrance): boolean {
    const { target = this.#parts.target, events, damagedLines } = salvaged;
    segment.target = target;
    const batches = batchesOf(target, events);
    const mayGo = entrance.mayGo(target);
    if (!mayGo || !entrance.fits(batches)) {
      segment.state = 'resting';
      // Its target is known by now, so that others can be looked at.
      return !mayGo;
    }
    if (damagedLines > 0) {
      const lines = `${damagedLines} line(s) of ${segment.name} in`;
      this.#report('spool.damaged', lines, 'are torn or altered, the others are delivered');
    }
    this.#account(segment, events.reduce(plus, NO_CONTENTS));
    segment.isReplayed = true;
    segment.hold(batches);
    if (batches.length === 0) this.#remove(segment);
    for (const batch of batches) entrance.enter(batch.backedBy(segment));
    return true;
  }

  /** Events of a dead process are accepted when they are read; of our own, some may not be readable any more. */
  #account(segment: Segment, read: Contents): void {
    const { contents } = segment;
    segment.contents = read;
    if (!contents) {
      this.#parts.ledger.accepted += read.events;
      this.#adopted += read.events;
    } else this.#lost('spoolDamaged', contents, contents.events - read.events);
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

  #add(name: string, bytes: number, target?: Target): Segment {
    const segment = new Segment(name, bytes, target, (released) => this.#remove(released));
    this.#segments.push(segment);
    this.#bytes += bytes;
    return segment;
  }

  /** The oldest segments leave first. */
  #bound(newest?: Segment): void {
    while (this.#bytes > this.#options.maxBytes) {
      const oldest = this.#segments.find((segment) => segment !== newest && segment !== this.#open?.segment);
      if (!oldest) return;
      this.#evict(oldest);
    }
  }

  #evict(segment: Segment): void {
    const { state } = segment;
    if (state !== 'held' && !segment.contents) this.#account(segment, this.#contentsOnDisk(segment));
    this.#remove(segment);
    if (state !== 'held' && segment.contents)
      this.#lost('spoolFull', segment.contents, segment.contents.events);
  }

  #contentsOnDisk({ name }: Segment): Contents {
    const read = (): Salvage => salvage(readFileSync(this.#directory.pathOf(name)));
    return guarded(() => read().events.reduce(plus, NO_CONTENTS), NO_CONTENTS);
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
      unlinkSync(path);
    } catch (error) {
      if (isMissing(error)) return;
      this.#undeleted.push(path);
      this.#failed('delete from', error);
    }
  }

  #retryDeletions(): void {
    for (const path of this.#undeleted.splice(0)) this.#delete(path);
  }

  #isThere({ name, bytes }: Segment): boolean {
    return guarded(() => statSync(this.#directory.pathOf(name)).size === bytes, false);
  }

  #unreadable(segment: Segment, error: unknown): void {
    segment.state = 'resting';
    segment.isUnreadable = true;
    this.#failed('read', error);
    if (!isMissing(error)) return;
    this.#forget(segment);
    if (segment.contents) this.#lost('spoolLost', segment.contents, segment.events);
  }

  /** The directory is gone: events that were only there are lost, events that are in memory too are not. */
  #vanished(): void {
    this.#report('spool.vanished', 'somebody removed', '');
    const resting = this.#resting;
    for (const segment of this.#segments.toReversed()) this.#forget(segment);
    for (const { contents } of resting) if (contents) this.#lost('spoolLost', contents, contents.events);
    const file = this.#open?.file;
    this.#open = undefined;
    quietly(() => file?.close('never'));
  }

  async #adopt(): Promise<void> {
    if (this.#isClosed) return;
    this.#retryDeletions();
    let files = 0;
    try {
      await this.#directory.adopt((name, bytes) => {
        if (this.#isClosed) return;
        files++;
        this.#add(name, bytes);
      });
    } catch (error) {
      if (!this.#isClosed) this.#failed('take over files in', error);
    }
    if (this.#isClosed) return;
    for (const segment of this.#segments) segment.isUnreadable = false;
    if (files > 0) this.#adoptedFiles(files);
    this.#parts.onFound();
  }

  #adoptedFiles(files: number): void {
    this.#segments = this.#segments.toSorted((a, b) => (a.name < b.name ? -1 : 1));
    this.#report('spool.adopted', `${files} segment(s) taken over in`, '');
    this.#bound();
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

  #report(code: string, before: string, after: string): void {
    this.#parts.diagnostics.report(code, `${before} the spool ${this.#options.directory} ${after}`.trimEnd());
  }

  #lost(reason: string, { firstTimestamp, lastTimestamp }: Contents, count: number): void {
    if (count > 0) this.#parts.onLost({ reason, count, fromMs: firstTimestamp, toMs: lastTimestamp });
  }
}
