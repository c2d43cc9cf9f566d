import { EventEmitter } from 'node:events';
import { constants } from 'node:os';
import { until } from '../../support/delivery-stage.js';
import { END_SIGNALS, SignalWatch, type SignalledProcess } from '../../../runtime/io/signal-watch.js';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => {
  jest.useRealTimers();
  delete (globalThis as Record<symbol, unknown>)[POLITE];
  delete (process as unknown as Record<string, unknown>)['__signal_exit_emitter__'];
});

const POLITE = Symbol.for('signal-exit emitter');

/** A process that only notes what is done to it, and a drain that ends when told so. */
class Scene extends EventEmitter {
  readonly pid = 42;
  readonly log: unknown[] = [];
  nowMs = 0;
  readonly watch = new SignalWatch(
    this as unknown as SignalledProcess,
    {
      drain: (isEnd, maxMs) => {
        this.log.push(isEnd ? (maxMs === Infinity ? 'drain' : `drain ${maxMs}`) : 'flush');
        return new Promise((resolve) => (this.#drained = resolve));
      },
      announce: (maxMs) => this.log.push(`announce ${maxMs}`),
      exit: () => this.log.push('exit tasks'),
    },
    () => this.nowMs,
  );
  #drained = (): void => undefined;

  static started(): Scene {
    const scene = new Scene();
    scene.watch.start();
    return scene;
  }

  /** As Node.js says it. */
  signalled(signal: NodeJS.Signals): void {
    this.emit(signal, signal, constants.signals[signal]);
  }

  kill(pid: number, signal: NodeJS.Signals): void {
    this.log.push(['kill', pid, signal, this.listening]);
  }

  exit(code: number): void {
    this.log.push(['exit', code]);
  }

  get listening(): number {
    return END_SIGNALS.reduce((sum, signal) => sum + this.listenerCount(signal), 0);
  }

  async drained(): Promise<void> {
    this.#drained();
    await jest.advanceTimersByTimeAsync(0);
  }
}

test.each(END_SIGNALS.filter((signal) => signal !== 'SIGINT'))(
  '%s: drains, puts the rest in safety, sends the signal again unheard',
  async (signal) => {
    const scene = Scene.started();
    expect(scene.listening).toBe(3);

    scene.signalled(signal);
    await jest.advanceTimersByTimeAsync(60_000);
    expect(scene.log).toEqual(['drain']);

    await scene.drained();
    expect(scene.log).toEqual(['drain', 'exit tasks', ['kill', 42, signal, 0]]);
  },
);

test('SIGINT, of somebody who waits at a terminal, says so and has two seconds', async () => {
  const scene = Scene.started();

  scene.signalled('SIGINT');
  await scene.drained();

  expect(scene.log).toEqual(['announce 2000', 'drain 2000', 'exit tasks', ['kill', 42, 'SIGINT', 0]]);
});

test('a second signal means now, and by it the process ends', async () => {
  const scene = Scene.started();

  scene.signalled('SIGTERM');
  scene.signalled('SIGINT');
  const ended = ['drain', 'exit tasks', ['kill', 42, 'SIGINT', 0]];
  expect(scene.log).toEqual(ended);

  await scene.drained();
  expect(scene.log).toEqual(ended);
});

test.each([
  [0, 'SIGINT', false],
  [99, 'SIGINT', false],
  [100, 'SIGINT', true],
  [0, 'SIGTERM', true],
] as const)(
  'SIGINT, and %d ms later %s: a signal that a parent passes on, too, counts once, any other means now: %s',
  (laterMs, signal, isNow) => {
    const scene = Scene.started();

    scene.signalled('SIGINT');
    scene.nowMs += laterMs;
    scene.signalled(signal);

    expect(scene.log.slice(2)).toEqual(isNow ? ['exit tasks', ['kill', 42, signal, 0]] : []);
  },
);

test.each([
  ['without arguments', []],
  ['with its name', ['SIGTERM']],
])('an application that emits the event itself %s decides what follows', async (_, args) => {
  const scene = Scene.started();
  const theirs = jest.fn();
  scene.on('SIGTERM', theirs);
  scene.emit('SIGTERM', ...args);
  scene.off('SIGTERM', theirs);
  scene.emit('SIGTERM', ...args);
  await scene.drained();

  expect([scene.log, theirs.mock.calls.length]).toEqual([['flush', 'flush'], 1]);
});

test('the first process of a container, which the kernel spares, exits as a shell would say it', async () => {
  const scene = Scene.started();

  scene.signalled('SIGTERM');
  await scene.drained();
  jest.useRealTimers();
  // A timer that no test fakes.
  await until(() => scene.log.length > 3);

  expect(scene.log).toEqual(['drain', 'exit tasks', ['kill', 42, 'SIGTERM', 0], ['exit', 143]]);
});

test.each(['on', 'once', 'prependListener'] as const)(
  'a listener of the application (%s) decides what follows, each time',
  async (how) => {
    const scene = new Scene();
    const theirs = jest.fn();
    if (how === 'once') scene.once('SIGTERM', theirs);
    scene.watch.start();
    if (how !== 'once') scene[how]('SIGTERM', theirs);

    scene.signalled('SIGTERM');
    await scene.drained();
    expect(scene.log).toEqual(['flush']);
    expect(theirs).toHaveBeenCalledTimes(1);

    if (how === 'once') return;
    scene.signalled('SIGTERM');
    await scene.drained();
    expect(scene.log).toEqual(['flush', 'flush']);
    expect(theirs).toHaveBeenCalledTimes(2);
  },
);

test.each<[string, (scene: Scene, theirs: () => void) => void]>([
  ['for once', (scene, theirs) => scene.prependOnceListener('SIGTERM', theirs)],
  [
    'that takes itself away',
    (scene, theirs) => {
      const once = (): void => {
        scene.off('SIGTERM', once);
        theirs();
      };
      scene.prependListener('SIGTERM', once);
    },
  ],
])('so does a listener %s that was put before the watch', async (_, listen) => {
  const scene = Scene.started();
  const theirs = jest.fn();
  listen(scene, theirs);

  scene.signalled('SIGTERM');
  await scene.drained();
  expect([scene.log, theirs.mock.calls.length]).toEqual([['flush'], 1]);

  scene.signalled('SIGTERM');
  await scene.drained();
  expect(scene.log.slice(1, 3)).toEqual(['drain', 'exit tasks']);
});

test('somebody who begins to listen while it drains is left to decide', async () => {
  const scene = Scene.started();
  scene.signalled('SIGTERM');
  scene.once('SIGTERM', () => undefined);
  await scene.drained();

  expect(scene.log).toEqual(['drain', ['kill', 42, 'SIGTERM', 4]]);
});

test('whoever has all listeners removed has the signal to himself', () => {
  const scene = Scene.started();
  scene.removeAllListeners('SIGINT');
  scene.signalled('SIGINT');
  expect(scene.log).toEqual([]);
});

test('a process that cannot send itself the signal, as on Windows, exits', async () => {
  const scene = Scene.started();
  scene.kill = () => {
    throw new Error('kill ENOSYS');
  };
  scene.signalled('SIGHUP');
  await scene.drained();

  expect(scene.log).toEqual(['drain', 'exit tasks', ['exit', 129]]);
});

test('a listener of another signal decides nothing', async () => {
  const scene = Scene.started();
  scene.on('SIGHUP', () => undefined);

  scene.signalled('SIGTERM');
  await scene.drained();

  expect(scene.log).toEqual(['drain', 'exit tasks', ['kill', 42, 'SIGTERM', 1]]);
});

test('an application that took its listener away and sends the signal again is drained before it ends', async () => {
  const scene = Scene.started();
  scene.once('SIGTERM', () => undefined);

  scene.signalled('SIGTERM');
  await jest.advanceTimersByTimeAsync(0);
  scene.signalled('SIGTERM');
  expect(scene.log).toEqual(['flush', 'drain']);

  await scene.drained();
  expect(scene.log).toEqual(['flush', 'drain', 'exit tasks', ['kill', 42, 'SIGTERM', 0]]);
});

test.each([
  [4, () => Object.assign(globalThis, { [POLITE]: { count: 1 } })],
  [3, () => Object.assign(process, { __signal_exit_emitter__: { count: 1 } })],
])('signal-exit %i, which waits until nobody else listens, is not waited for', async (_, load) => {
  load();
  const scene = Scene.started();
  scene.on('SIGTERM', () => undefined);

  scene.signalled('SIGTERM');
  await scene.drained();

  expect(scene.log).toEqual(['drain', 'exit tasks', ['kill', 42, 'SIGTERM', 1]]);
});

test('starting twice is starting once, and stopping leaves no listener', () => {
  const scene = Scene.started();
  scene.watch.start();
  expect(scene.listening).toBe(3);

  scene.watch.stop();
  expect([scene.listening, scene.eventNames()]).toEqual([0, []]);
});
