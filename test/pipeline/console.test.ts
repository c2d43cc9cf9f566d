import { join } from 'node:path';
import { DeliveryStage } from '../support/delivery-stage.js';
import { root } from '../support/imports.js';
import { run, runWith, type Ended } from '../support/programs.js';

type Line = Readonly<Record<string, unknown>>;

const program = join(root, 'test/pipeline/programs/prints.mjs');

let stage: DeliveryStage;

beforeEach(async () => {
  stage = await DeliveryStage.open();
});

afterEach(() => stage.close());

function prints(way: string): Promise<Ended> {
  return run([program, way], stage.service.endpoint);
}

async function stored(): Promise<Line[]> {
  const events = await stage.stored();
  return events.map(({ message }) => JSON.parse(message) as Line);
}

/** Without times, and without lines of the stack, which show by whom a method was called. */
function steady(text: string): string {
  return text.replaceAll(/[\d.]+ms/g, 'ms').replaceAll(/^\s+at .*\n/gm, '');
}

/** What is logged by the methods of the console, as told by their lines. */
const all = [
  ['debug', 'a debug line', {}],
  ['info', 'order o-1 of 5', { id: 7 }],
  ['info', 'an info line [1,2]', {}],
  ['warn', 'a warning', {}],
  ['error', 'failed', { error: expect.objectContaining({ type: 'TypeError', message: 'no card' }) }],
  ['info', '', { dir: { deep: true } }],
  ['info', 'dirxml', { id: 8 }],
  ['info', '', { table: [{ a: 1 }] }],
  ['info', 'no table', {}],
  ['trace', 'traced 1', { stack: expect.stringMatching(/^Trace: traced 1\n +at printAll .*prints\.mjs/) }],
  ['error', 'Assertion failed: order o-2', {}],
  ['info', 'outer 1', {}],
  ['info', 'within', {}],
  ['info', 'inner', {}],
  ['info', 'deep within', {}],
  ['info', 'visits: 1', {}],
  ['info', 'visits: 2', {}],
  ['info', 'visits: 1', {}],
  ['info', expect.stringMatching(/^work: [\d.]+ms$/), { step: 1 }],
  ['info', expect.stringMatching(/^work: [\d.]+ms$/), {}],
  ['info', '50 % done', {}],
];

function told({ timestamp: _timestamp, host: _host, pid: _pid, level, message, ...fields }: Line): unknown[] {
  return [level, message, fields];
}

test('a captured console prints what it prints without, and everything is stored once', async () => {
  const plain = await prints('plain');
  expect(await stored()).toEqual([]);
  const captured = await prints('captured');

  expect(plain.stdout).toContain('deep within');
  expect(steady(captured.stdout)).toBe(steady(plain.stdout));
  expect(steady(captured.stderr)).toBe(steady(plain.stderr));
  expect((await stored()).map(told)).toEqual(all);
}, 90_000);

test.each([
  ['silently', /^$/],
  // The package says what becomes of lines of a thread that is ended from outside.
  ['thread', /^fapilog-cloudwatch: this worker thread .*\[thread\]\n$/],
])(
  'a console that prints nothing more loses nothing: %s',
  async (way, said) => {
    const { stdout, stderr, code } = await prints(way);

    expect([code, stdout, stderr]).toEqual([0, '', expect.stringMatching(said)]);
    expect((await stored()).map(told)).toEqual(all);
  },
  90_000,
);

test('a sink of ours that prints has each line once, and the console prints none', async () => {
  const env = { ...process.env, FAPILOG_CORE__SINKS: '["stdout_json"]', FAPILOG_CORE__ENRICH: 'false' };
  const { stdout, stderr } = await runWith([program, 'toStdout'], env);
  const lines = stdout.trimEnd().split('\n');

  expect(stderr).toBe('');
  expect(lines.map((line) => told(JSON.parse(line) as Line))).toEqual(all);
}, 90_000);
