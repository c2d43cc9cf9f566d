import { LEVELS } from '../../../contract/levels.js';
import { withContext } from '../../../runtime/index.js';
import type { Onward } from '../../../runtime/logger/onward.js';
import { openBuffers, OpenBuffers } from '../../../runtime/logger/open-buffers.js';

const NONE = LEVELS.length;

/** A buffer with lines of a hundred characters. */
class HundredBuffer {
  count = 0;
  readonly #name: string;
  readonly #all: OpenBuffers;
  readonly #done: string[];

  constructor(name: string, all: OpenBuffers, done: string[]) {
    this.#name = name;
    this.#all = all;
    this.#done = done;
  }

  add(): void {
    this.count++;
    this.#all.added(this, 100);
  }

  leaveOutOldest(): void {
    this.count--;
    this.#done.push(this.#name);
    this.#all.removed(this, 100);
  }

  release(): void {
    while (this.count > 0) this.leaveOutOldest();
  }
}

test('knows the lowest level that any open context wants', () => {
  const lowest: number[] = [];
  const look = (): unknown => lowest.push(openBuffers.lowestRank);

  look();
  withContext(
    {},
    () => {
      look();
      withContext({}, look, { bufferLevel: 'trace' });
      withContext({}, look, { sampleRate: 1 });
      withContext({}, look, { sampleRate: 0 });
      look();
    },
    { bufferLevel: 'info' },
  );
  look();

  expect(lowest).toEqual([NONE, 2, 0, 1, 2, 2, NONE]);
});

test('has the context that has held lines longest leave out its oldest ones, if all together are too many', () => {
  const buffers = new OpenBuffers(250);
  const done: string[] = [];
  const [old, young] = ['old', 'young'].map((name) => new HundredBuffer(name, buffers, done)) as [
    HundredBuffer,
    HundredBuffer,
  ];

  for (const buffer of [old, young]) buffer.add();
  expect(done).toEqual([]);
  for (const buffer of [young, young, young]) buffer.add();

  expect(done).toEqual(['old', 'young', 'young']);
});

test('forgets those in which nothing waits any more', () => {
  const buffers = new OpenBuffers(200);
  const done: string[] = [];
  const [old, young] = ['old', 'young'].map((name) => new HundredBuffer(name, buffers, done)) as [
    HundredBuffer,
    HundredBuffer,
  ];

  for (const buffer of [old, young]) buffer.add();
  buffers.release();
  expect(done).toEqual(['old', 'young']);
  for (const buffer of [young, old, old]) buffer.add();

  expect(done).toEqual(['old', 'young', 'young']);
});

test('takes part in the end of the process until a logger has closed and no context is open', () => {
  // The listeners are those of all tasks, and the other tests have left one.
  openBuffers.close(memoryOnward());
  const buffers = new OpenBuffers();
  const before = process.listenerCount('exit');
  const listeners: number[] = [];
  const look = (): unknown => listeners.push(process.listenerCount('exit') - before);
  const onward = memoryOnward();

  buffers.opened(1);
  look();
  buffers.ended(1);
  look();
  buffers.opened(1);
  buffers.close(onward);
  look();
  buffers.ended(1);
  look();

  expect(listeners).toEqual([1, 1, 1, 0]);
});

function memoryOnward(): Onward {
  const nothing = (): void => undefined;
  const thrown = { count: 0, isUntold: false, last: undefined };
  return { thrown, buffered: 0, isClosed: true, report: nothing, goOn: nothing, leaveOut: nothing };
}
