import { END_SIGNALS } from '../../../runtime/io/signal-watch.js';
import { onProcessEnd, type ExitTask } from '../../../runtime/io/exit-hook.js';

const listeners = (): number[] => [process.listenerCount('beforeExit'), process.listenerCount('exit')];

const signalListeners = (): number[] => END_SIGNALS.map((signal) => process.listenerCount(signal));

function task(log: string[], name: string, signals = false): ExitTask {
  return {
    signals,
    beforeExit: () => log.push(`${name} beforeExit`),
    exit: () => log.push(`${name} exit`),
  };
}

/** Calls what the process would call, without ending it. */
function run(event: 'beforeExit' | 'exit'): void {
  const emitter: NodeJS.EventEmitter = process;
  for (const listener of emitter.listeners(event)) (listener as (code: number) => void)(0);
}

test('many tasks share one listener of each kind, and the last one takes both along', () => {
  const before = listeners();
  const log: string[] = [];
  const leave = Array.from({ length: 20 }, (_, index) => onProcessEnd(task(log, String(index))));
  expect(listeners()).toEqual(before.map((count) => count + 1));
  for (const each of leave.slice(1)) each();
  expect(listeners()).toEqual(before.map((count) => count + 1));
  leave[0]!();
  expect(listeners()).toEqual(before);
});

test('each task is called as long as it has not left, and leaving twice is leaving', () => {
  const before = listeners();
  const log: string[] = [];
  const [first, second] = [onProcessEnd(task(log, 'first')), onProcessEnd(task(log, 'second'))];
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
  const leave = ['first', 'second'].map((name) => onProcessEnd(begins(name)));
  run('exit');
  for (const each of leave) each();
  expect(log).toEqual(['first begins', 'second begins', 'first exit', 'second exit']);
});

test('a task that leaves while it runs keeps no other from running', () => {
  const log: string[] = [];
  const leaveFirst = onProcessEnd({ exit: () => leaveFirst() });
  const leaveSecond = onProcessEnd(task(log, 'second'));
  run('exit');
  leaveSecond();
  expect(log).toEqual(['second exit']);
});

test('a task that joins while another one runs is run as well', () => {
  const log: string[] = [];
  const leave: (() => void)[] = [];
  const joins = (): number => leave.push(onProcessEnd(task(log, 'joined')));
  leave.push(onProcessEnd({ exit: joins }));
  run('exit');
  for (const each of leave) each();
  expect(log).toEqual(['joined exit']);
});

test('signals are listened to once, as long as there is a task that wants it', () => {
  const before = signalListeners();
  const log: string[] = [];
  const leaveFirst = onProcessEnd(task(log, 'first'));
  expect(signalListeners()).toEqual(before);
  const leaveSecond = onProcessEnd(task(log, 'second', true));
  const leaveThird = onProcessEnd(task(log, 'third', true));
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
  const leaveFirst = onProcessEnd(task(log, 'first', true));
  jest.isolateModules(() => {
    // oxlint-disable-next-line typescript/no-require-imports
    const copy = require('../../../runtime/io/exit-hook.js') as { onProcessEnd: typeof onProcessEnd };
    expect(copy.onProcessEnd).not.toBe(onProcessEnd);
    const leaveSecond = copy.onProcessEnd(task(log, 'second', true));
    expect([...listeners(), ...signalListeners()]).toEqual(before.map((count) => count + 1));
    run('exit');
    leaveSecond();
  });
  leaveFirst();
  expect(log).toEqual(['first exit', 'second exit']);
  expect([...listeners(), ...signalListeners()]).toEqual(before);
});
