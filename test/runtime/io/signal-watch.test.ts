import { EventEmitter } from 'node:events';
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
  readonly watch = new SignalWatch(this as unknown as SignalledProcess, {
    drain: (isEnd, maxMs) => {
      this.log.push(isEnd ? (maxMs === Infinity ? 'drain' : `drain ${maxMs}`) : 'flush');
      return new Promise((resolve) => (this.#drained = resolve));
    },
    announce: (maxMs) => this.log.push(`announce ${maxMs}`),
    exit: () => this.log.push('exit tasks'),
  });
  #drained = (): void => undefined;

  static started(): Scene {
    const scene = new Scene();
    scene.watch.start();
    return scene;
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

    scene.emit(signal, signal);
    await jest.advanceTimersByTimeAsync(60_000);
    expect(scene.log).toEqual(['drain']);

    await scene.drained();
    expect(scene.log).toEqual(['drain', 'exit tasks', ['kill', 42, signal, 0]]);
  },
);

test('SIGINT, of somebody who waits at a terminal, says so and has two seconds', async () => {
  const scene = Scene.started();

  scene.emit('SIGINT', 'SIGINT');
  await scene.drained();

  expect(scene.log).toEqual(['announce 2000', 'drain 2000', 'exit tasks', ['kill', 42, 'SIGINT', 0]]);
});

test('a second signal means now, and by it the process ends', async () => {
  const scene = Scene.started();

  scene.emit('SIGTERM', 'SIGTERM');
  scene.emit('SIGINT', 'SIGINT');
  const ended = ['drain', 'exit tasks', ['kill', 42, 'SIGINT', 0]];
  expect(scene.log).toEqual(ended);

  await scene.drained();
  expect(scene.log).toEqual(ended);
});

test('the first process of a container, which the kernel spares, exits as a shell would say it', async () => {
  const scene = Scene.started();

  scene.emit('SIGTERM', 'SIGTERM');
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

    scene.emit('SIGTERM', 'SIGTERM');
    await scene.drained();
    expect(scene.log).toEqual(['flush']);
    expect(theirs).toHaveBeenCalledTimes(1);

    if (how === 'once') return;
    scene.emit('SIGTERM', 'SIGTERM');
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

  scene.emit('SIGTERM', 'SIGTERM');
  await scene.drained();
  expect([scene.log, theirs.mock.calls.length]).toEqual([['flush'], 1]);

  scene.emit('SIGTERM', 'SIGTERM');
  await scene.drained();
  expect(scene.log.slice(1, 3)).toEqual(['drain', 'exit tasks']);
});

test('somebody who begins to listen while it drains is left to decide', async () => {
  const scene = Scene.started();
  scene.emit('SIGTERM', 'SIGTERM');
  scene.once('SIGTERM', () => undefined);
  await scene.drained();

  expect(scene.log).toEqual(['drain', ['kill', 42, 'SIGTERM', 4]]);
});

test('whoever has all listeners removed has the signal to himself', () => {
  const scene = Scene.started();
  scene.removeAllListeners('SIGINT');
  scene.emit('SIGINT', 'SIGINT');
  expect(scene.log).toEqual([]);
});

test('a process that cannot send itself the signal, as on Windows, exits', async () => {
  const scene = Scene.started();
  scene.kill = () => {
    throw new Error('kill ENOSYS');
  };
  scene.emit('SIGHUP', 'SIGHUP');
  await scene.drained();

  expect(scene.log).toEqual(['drain', 'exit tasks', ['exit', 129]]);
});

test('a listener of another signal decides nothing', async () => {
  const scene = Scene.started();
  scene.on('SIGHUP', () => undefined);

  scene.emit('SIGTERM', 'SIGTERM');
  await scene.drained();

  expect(scene.log).toEqual(['drain', 'exit tasks', ['kill', 42, 'SIGTERM', 1]]);
});

test('an application that took its listener away and sends the signal again is drained before it ends', async () => {
  const scene = Scene.started();
  scene.once('SIGTERM', () => undefined);

  scene.emit('SIGTERM', 'SIGTERM');
  await jest.advanceTimersByTimeAsync(0);
  scene.emit('SIGTERM', 'SIGTERM');
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

  scene.emit('SIGTERM', 'SIGTERM');
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
