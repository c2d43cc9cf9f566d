import type { Ledger } from './ack/ledger.js';
import { lossRecord, type Losses } from './ack/losses.js';
import type { Settler } from './ack/settler.js';
import type { Batcher } from './batch/batcher.js';
import type { LogEvent } from './batch/log-event.js';
import { batchOfOne } from './batch/open-batch.js';
import type { Target } from './batch/target.js';
import type { OutOfWindow } from './batch/window.js';
import type { Clock } from './io/clock.js';
import type { Diagnostics } from './io/diagnostics.js';
import type { Room } from './queue/room.js';
import { serialize } from './serialize/events.js';
import type { Spool } from './spool/spool.js';

export interface EntryParts {
  readonly target: Target;
  readonly clock: Clock;
  readonly diagnostics: Diagnostics;
  readonly ledger: Ledger;
  readonly losses: Losses;
  readonly settler: Settler;
  readonly room: Room;
  readonly batcher: Batcher;
  readonly spool: Spool | undefined;
  /** Why the service would discard an event of this time now. */
  readonly excludes: (timestamp: number) => OutOfWindow | undefined;
  /** Called before an event is accepted. */
  readonly onEvent: () => unknown;
}

/**
 * Where an event comes in. Whatever throws meanwhile, a full stack included, each event that was taken stands in the account in
 * one place: what is accepted and in none counts as dropped.
 */
export class Entry {
  readonly #parts: EntryParts;

  constructor(parts: EntryParts) {
    this.#parts = parts;
  }

  /**
   * Accepts and enters an event in one step, so that the account balances for whoever looks at it meanwhile. Where something
   * throws, what counts are fields and no calls.
   */
  enter(event: LogEvent): void {
    const { target, diagnostics, excludes, ledger, losses, settler, room, batcher, onEvent } = this.#parts;
    const wasMoving = ledger.isMoving;
    const wasHolding = diagnostics.isHolding;
    let isAccepted = false;
    // A hook that logs would take the room that is made for this event, for ever.
    diagnostics.isHolding = true;
    ledger.isMoving = true;
    try {
      const outOfWindow = excludes(event.timestamp);
      const isAdmitted = outOfWindow === undefined && room.makeFor(event);
      onEvent();
      ledger.accepted++;
      isAccepted = true;
      if (outOfWindow) settler.givenUp(batchOfOne(target, event), outOfWindow);
      else if (isAdmitted) batcher.add(event);
      else losses.drop('queueFull', event.timestamp);
    } catch {
      if (!isAccepted) ledger.accepted++;
      ledger.isTorn = true;
    } finally {
      diagnostics.isHolding = wasHolding;
      ledger.isMoving = wasMoving;
    }
    try {
      if (diagnostics.hasHeld) diagnostics.reportHeld();
    } catch {
      // They are reported with the next ones.
    }
  }

  /** Counts as dropped what is accepted and in no place, because something threw. */
  mend(): void {
    const { ledger, room, spool, losses, clock } = this.#parts;
    ledger.mend(room.held.events, spool?.events ?? 0, (count) => {
      const nowMs = clock.now();
      losses.note({ reason: 'threw', count, fromMs: nowMs, toMs: nowMs });
    });
  }

  /** Writes markers of losses to the stream, as far as there is room, so that no marker causes a further loss. */
  markLosses(): void {
    const { losses, room, clock } = this.#parts;
    for (const loss of losses.take()) {
      const { events } = serialize(lossRecord(loss, clock.now()), 'truncate');
      if (events.every((event) => room.fits(event))) for (const event of events) this.enter(event);
      else losses.keep(loss);
    }
  }
}
