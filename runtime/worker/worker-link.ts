import type { CloudWatchValues } from '../../contract/sections.js';
import type { Loss } from '../ack/losses.js';
import type { LogEvent } from '../batch/log-event.js';
import type { Diagnostic } from '../io/diagnostics.js';
import { quietly } from '../io/quietly.js';
import { encodeLoss, encodeRequest, frameBytes, type Request } from './frames.js';
import { InFlight } from './in-flight.js';
import { Packer } from './packer.js';
import { SharedAccount } from './shared-account.js';
import { SharedRoom } from './shared-room.js';
import { openWorkerStream, type WorkerStream } from './thread-stream.cjs';

/** Who hears what the worker has to say. */
export interface WorkerListener {
  /** The way is clear again. */
  drained(): void;
  /** Something that somebody may wait for has happened. */
  moved(): void;
  diagnostic(diagnostic: Diagnostic): void;
  /** The worker is gone, and nobody had asked it to go. */
  lost(error: Error): void;
}

/** The application's end of the way to the worker. */
export class WorkerLink {
  readonly account = new SharedAccount();
  readonly room: SharedRoom;
  readonly #stream: WorkerStream;
  readonly #inFlight = new InFlight();
  readonly #packer = new Packer();
  #isClear = true;
  #isPosting = false;
  #isEnded = false;
  #requests = 0;
  #answered = 0;

  /** @throws if no worker can be started; one that fails later is told as lost. */
  constructor(file: string, settings: CloudWatchValues, listener: WorkerListener) {
    this.room = new SharedRoom(settings);
    const data = { settings, account: this.account.buffer, room: this.room.buffer };
    this.#stream = openWorkerStream(file, data, this.room.ringBytes);
    this.#stream.unref();
    let error = new Error('it ended');
    const stream = this.#stream;
    stream.on('error', (each) => (error = each));
    stream.on('close', () => this.#isEnded || listener.lost(error));
    stream.on('drain', () => {
      this.#isClear = true;
      this.#inFlight.takenUpTo(this.account.taken);
      listener.drained();
    });
    stream.on('fapilog:answer', (id: number) => {
      this.#answered = Math.max(this.#answered, id);
      listener.moved();
    });
    stream.on('fapilog:drain', () => listener.moved());
    stream.on('fapilog:diagnostic', (diagnostic: Diagnostic) => listener.diagnostic(diagnostic));
  }

  /** Whether more can be sent now without waiting in memory for the ring. */
  get isClear(): boolean {
    return this.#isClear;
  }

  /** The event's bytes are copied; they go with others of the same turn. */
  send(event: LogEvent): void {
    if (!this.#packer.fits(frameBytes(event))) this.#post();
    this.#packer.add(event);
    if (this.#isPosting) return;
    this.#isPosting = true;
    setImmediate(() => {
      this.#isPosting = false;
      this.#post();
    });
  }

  #post(): void {
    const parcel = this.#packer.seal();
    if (!parcel) return;
    this.#inFlight.takenUpTo(this.account.taken);
    this.#inFlight.push(parcel);
    if (!this.#isEnded) this.#isClear = this.#stream.write(parcel.bytes);
  }

  /** Lets the worker tell of a loss, after all that was sent. */
  tell(loss: Loss): void {
    this.#post();
    this.#stream.write(encodeLoss(loss));
  }

  /** Asks for something to be done after all that was sent; returns the number of the answer. */
  request(kind: Request['kind'], deadlineMs: number): number {
    const id = ++this.#requests;
    this.#post();
    this.#stream.write(encodeRequest({ kind, id, deadlineMs }));
    return id;
  }

  hasAnswered(id: number): boolean {
    return this.#answered >= id;
  }

  /** Returns once the worker has read everything, or throws. */
  sendNow(): void {
    this.#stream.flushSync();
  }

  /** Events that are sent and that the worker has not taken, oldest first. */
  untaken(): LogEvent[] {
    this.#post();
    this.#inFlight.takenUpTo(this.account.taken);
    return this.#inFlight.rest();
  }

  /** Lets a worker go that has closed. */
  end(): void {
    this.#isEnded = true;
    this.#stream.end();
  }

  /** Stops a worker that does not answer, or is gone. */
  terminate(): void {
    this.#isEnded = true;
    quietly(async () => this.#stream.worker.terminate());
  }
}
