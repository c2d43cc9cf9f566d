// Lives one life of test/pipeline/chaos/plan.ts. Its journal has a line after each step: how far the numbers of the
// events have come, which of the calls did not return, and the account. The last line is written when the process ends.
import { openSync, writeSync } from 'node:fs';
import { channel } from 'node:diagnostics_channel';
import { setTimeout as sleep } from 'node:timers/promises';
import { CloudWatchSink, getLogger, Settings } from '../../../dist/esm/runtime/index.js';

const { isWorker, hook, steps, ending, firstId, sink } = JSON.parse(process.env.CHAOS_LIFE);
const LEVELS = ['debug', 'info', 'warn', 'error'];
/** Calls from the hooks of one life: a hook that logs may cause what it is called for. */
const MAX_HOOK_CALLS = 50;
/** How far from the end of the stack log calls are made, and how far one is from the next. */
const FULL_STACK_FRAMES = 1_500;
const FRAMES_A_CALL = 13;

const journal = openSync(process.env.CHAOS_JOURNAL, 'a');
const rejected = [];
const timeoutsAtMs = [];
/** Events whose calls have not returned. */
const unsure = new Set();
let nextId = firstId;
let hookCalls = 0;
let clockShiftMs = 0;

const realNow = Date.now;
globalThis.Date = class extends Date {
  constructor(...args) {
    if (args.length === 0) super(realNow() + clockShiftMs);
    else super(...args);
  }
  static now() {
    return realNow() + clockShiftMs;
  }
};

const logger = makeLogger();
const kill = process.kill.bind(process);
process.kill = (pid, signal) => {
  report(true);
  return kill(pid, signal);
};
process.on('exit', () => report(true));

function makeLogger() {
  channel('fapilog-cloudwatch').subscribe(({ code }) => {
    if (code === 'failed.RequestTimeout') timeoutsAtMs.push(realNow());
    // What a subscriber throws ends the process.
    if (hook === 'log') logFromHook();
  });
  if (isWorker) {
    const settings = new Settings({ core: { logLevel: 'debug' }, sinkConfig: { cloudwatch: sink } });
    return getLogger({ settings, worker: { exitDeadlineMs: sink.shutdownDeadlineSeconds * 1_000 } });
  }
  const onDiagnostic = () => runHook();
  const onRejected = ({ message }) => {
    rejected.push(message);
    runHook();
  };
  const own = new CloudWatchSink({ ...sink, onDiagnostic, onRejected, env: {} });
  return getLogger({ settings: new Settings({ core: { logLevel: 'debug' } }), sinks: [own] });
}

function runHook() {
  if (hook === 'log') logFromHook();
  if (hook === 'throw') throw new Error('a hook throws');
}

function logFromHook() {
  if (hookCalls++ < MAX_HOOK_CALLS) log();
}

function report(isLast = false) {
  const account = logger.stats();
  const line = { atMs: realNow(), nextId, unsure: [...unsure], rejected, timeoutsAtMs, account, isLast };
  writeSync(journal, `${JSON.stringify(line)}\n`);
  rejected.length = 0;
  timeoutsAtMs.length = 0;
}

/** A call that throws may have been entered or not: the stack may have been full before it. */
function log(fields = {}) {
  const id = nextId;
  unsure.add(id);
  nextId++;
  try {
    logger[LEVELS[id % LEVELS.length]](`order ${id}`, fields);
    unsure.delete(id);
  } catch {
    // It stays among the unsure.
  }
}

const refuse = () => {
  throw new Error('a field throws');
};
const cycle = { a: 1 };
cycle.self = cycle;
const hostile = [
  () => ({
    get value() {
      return refuse();
    },
  }),
  () => ({ value: { toJSON: refuse } }),
  () => ({ value: new Proxy({}, { get: refuse, ownKeys: refuse }) }),
  () => ({ value: cycle }),
  () => ({ value: Array.from({ length: 20_000 }).reduce((inner) => ({ inner }), {}) }),
  () => ({
    get value() {
      const overflow = () => overflow() + 1;
      return overflow();
    },
  }),
  () => ({ value: 2n ** 64n, error: Object.assign(new Error('e'), { stack: undefined }) }),
  () => ({ value: 'x'.repeat(1_100_000) }),
];

const calls = {
  plain: () => log(),
  large: () => log({ padding: 'x'.repeat(3_000) }),
  hostile: (index) => log(hostile[index % hostile.length]()),
  getterLogs: () =>
    log({
      get value() {
        log();
        return 1;
      },
    }),
  fullStack() {
    let frames = 0;
    let caught;
    const walk = () => {
      try {
        walk();
      } catch (error) {
        caught = error;
      }
      if (frames++ < FULL_STACK_FRAMES && frames % FRAMES_A_CALL === 0) log({ error: caught });
    };
    walk();
  },
};

/** The costly kinds are tried a few times. */
const mostCalls = { plain: Infinity, large: Infinity, getterLogs: Infinity, hostile: 16, fullStack: 1 };

const acts = {
  burst({ of, count }) {
    for (let index = 0; index < Math.min(count, mostCalls[of]); index++) calls[of](index);
  },
  pause: ({ ms }) => sleep(ms),
  stall({ ms }) {
    for (const untilMs = realNow() + ms; realNow() < untilMs;);
  },
  stepClock: ({ ms }) => void (clockShiftMs += ms),
  flush: () => logger.flush({ deadlineMs: 200 }),
  ready: () => Promise.race([logger.ready(), sleep(200)]),
};

const endings = {
  close: () => logger.close(),
  nothingLeft: () => undefined,
  exit: () => process.exit(0),
  exitInBurst() {
    acts.burst({ of: 'plain', count: 100 });
    process.exit(3);
  },
  exception: () =>
    setImmediate(() => {
      throw new Error('nobody catches this');
    }),
  rejection: () => void Promise.reject(new Error('nobody catches this')),
  SIGTERM: () => signalMyself('SIGTERM'),
  SIGINT: () => signalMyself('SIGINT'),
};

function signalMyself(signal) {
  setInterval(() => undefined, 1_000);
  kill(process.pid, signal);
}

async function live() {
  for (const step of steps) {
    await acts[step.do](step);
    report();
    await sleep(0);
  }
}

writeSync(1, 'ready\n');
await live();
if (ending === 'SIGKILL') for (;;) await live();
await endings[ending]();
