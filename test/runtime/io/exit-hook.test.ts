import { monotonicMs } from '../../../runtime/io/real-timers.js';
import { END_SIGNALS } from '../../../runtime/io/signal-watch.js';
import { onProcessEnd, type ExitTask } from '../../../runtime/io/exit-hook.js';

const listeners = (): number[] => [process.listenerCount('beforeExit'), process.listenerCount('exit')];

const signalListeners = (): number[] => END_SIGNALS.map((signal) => process.listenerCount(signal));

function task(log: string[], name: string): ExitTask {
  return {
    beforeExit: () => log.push(`${name} beforeExit`),
    exit: () => log.push(`${name} exit`),
  };
}

/** Returns what makes it leave. */
function join(exitTask: ExitTask, catchesSignals = false, hook = onProcessEnd): () => void {
  const { catchSignals, leave } = hook(exitTask);
  if (catchesSignals) catchSignals();
  return leave;
}

/** Calls what the process would call, without ending it. */
function run(event: 'beforeExit' | 'exit'): void {
  const emitter: NodeJS.EventEmitter = process;
  for (const listener of emitter.listeners(event)) (listener as (code: number) => void)(0);
}

test('many tasks share one listener of each kind, and the last one takes both along', () => {
  const before = listeners();
  const log: string[] = [];
  const leave = Array.from({ length: 20 }, (_, index) => join(task(log, String(index))));
  expect(listeners()).toEqual(before.map((count) => count + 1));
  for (const each of leave.slice(1)) each();
  expect(listeners()).toEqual(before.map((count) => count + 1));
  leave[0]!();
  expect(listeners()).toEqual(before);
});

test('each task is called as long as it has not left, and leaving twice is leaving', () => {
  const before = listeners();
  const log: string[] = [];
  const [first, second] = [join(task(log, 'first')), join(task(log, 'second'))];
  run('beforeExit');
  first();
  first();
  run('exit');
  second();
  run('exit');
  expect(log).toEqual(['first beforeExit', 'second beforeExit', 'second exit']);
  expect(listeners()).toEqual(before);
});

test('all tasks begin to exit before the first one does, so that what they wait for goes on at the same time', () => {
  const log: string[] = [];
  const begins = (name: string): ExitTask => ({
    ...task(log, name),
    beginExit: () => log.push(`${name} begins`),
  });
  const leave = ['first', 'second'].map((name) => join(begins(name)));
  run('exit');
  for (const each of leave) each();
  expect(log).toEqual(['first begins', 'second begins', 'first exit', 'second exit']);
});

test('a task that leaves while it runs keeps no other from running', () => {
  const log: string[] = [];
  const leaveFirst = join({ exit: () => leaveFirst() });
  const leaveSecond = join(task(log, 'second'));
  run('exit');
  leaveSecond();
  expect(log).toEqual(['second exit']);
});

test('a task that joins while another one runs is run as well', () => {
  const log: string[] = [];
  const leave: (() => void)[] = [];
  const joins = (): number => leave.push(join(task(log, 'joined')));
  leave.push(join({ exit: joins }));
  run('exit');
  for (const each of leave) each();
  expect(log).toEqual(['joined exit']);
});

test('the listener of `exit` comes before those that are there, which may end the process', () => {
  const theirs = (): void => undefined;
  process.on('exit', theirs);
  const leave = join({ exit: () => undefined });
  const all = process.listeners('exit');
  expect(all.indexOf(theirs)).toBeGreaterThan(0);
  leave();
  expect(process.listeners('exit')).toEqual(all.slice(1));
  process.off('exit', theirs);
});

test('all tasks count their deadlines from the beginning of the end', () => {
  const since: number[] = [];
  const leave = Array.from({ length: 2 }, () => join({ exit: (sinceMs) => since.push(sinceMs) }));
  run('exit');
  for (const each of leave) each();
  expect(since[0]).toBe(since[1]);
  expect(since[0]).toBeLessThanOrEqual(monotonicMs());
});

test('a task that has left listens to no signal', () => {
  const before = signalListeners();
  const part = onProcessEnd({ exit: () => undefined });
  part.leave();
  part.catchSignals();
  expect(signalListeners()).toEqual(before);
});

test('signals are listened to once, as long as there is a task that wants it', () => {
  const before = signalListeners();
  const log: string[] = [];
  const leaveFirst = join(task(log, 'first'));
  expect(signalListeners()).toEqual(before);
  const leaveSecond = join(task(log, 'second'), true);
  const leaveThird = join(task(log, 'third'), true);
  expect(signalListeners()).toEqual(before.map((count) => count + 1));
  leaveSecond();
  leaveSecond();
  expect(signalListeners()).toEqual(before.map((count) => count + 1));
  leaveThird();
  expect(signalListeners()).toEqual(before);
  leaveFirst();
});

test('the ESM and the CommonJS copy of the package share the listeners', () => {
  const before = [...listeners(), ...signalListeners()];
  const log: string[] = [];
  const leaveFirst = join(task(log, 'first'), true);
  jest.isolateModules(() => {
    // oxlint-disable-next-line typescript/no-require-imports
    const copy = require('../../../runtime/io/exit-hook.js') as { onProcessEnd: typeof onProcessEnd };
    expect(copy.onProcessEnd).not.toBe(onProcessEnd);
    const leaveSecond = join(task(log, 'second'), true, copy.onProcessEnd);
    expect([...listeners(), ...signalListeners()]).toEqual(before.map((count) => count + 1));
    run('exit');
    leaveSecond();
  });
  leaveFirst();
  expect(log).toEqual(['first exit', 'second exit']);
  expect([...listeners(), ...signalListeners()]).toEqual(before);
});
