import { PassThrough, Readable } from 'node:stream';
import { Emission } from '../../../cli/emit/emission.js';
import { emitSettings } from '../../../cli/emit/emit-settings.js';
import { FirstFailure } from '../../../cli/emit/first-failure.js';
import type { Input } from '../../../cli/emit/input.js';
import { openOutlet, type Outlet } from '../../../cli/emit/outlet.js';
import { isBalanced } from '../../../runtime/ack/ledger.js';
import { start, stopAll, until, type Stage } from '../../local/harness.js';

interface Played extends Outlet {
  readonly emission: Emission;
  readonly stop: AbortController;
  readonly fatal: string[];
}

const opened: Outlet[] = [];

afterEach(async () => {
  await Promise.all(opened.splice(0).map(({ sink }) => sink.close({ deadlineMs: 0 })));
  await stopAll();
});

/** The real sink against the local server. */
function play(
  { service }: Stage,
  inputs: readonly Input[],
  { startPattern, idleMs = 60_000 }: { readonly startPattern?: RegExp; readonly idleMs?: number } = {},
): Played {
  const endpointUrl = service.endpoint;
  const settings = emitSettings(
    { group: '/myapp/production', stream: 'emitted', endpointUrl },
    { AWS_REGION: 'us-east-1' },
  );
  const stop = new AbortController();
  const fatal: string[] = [];
  const firstFailure = new FirstFailure(
    () => outlet.sink.stats().delivered > 0,
    ({ message }) => {
      fatal.push(message);
      stop.abort();
    },
  );
  const outlet = openOutlet(
    settings,
    { textLevel: 'info', levelNames: true, startPattern },
    {
      onDiagnostic: (diagnostic) => firstFailure.hear(diagnostic),
      mayWrite: () => false,
      onReplaced: () => undefined,
    },
  );
  opened.push(outlet);
  const emission = new Emission({
    ...outlet,
    inputs,
    tee: undefined,
    firstFailure,
    signal: stop.signal,
    idleMs,
  });
  return { ...outlet, emission, stop, fatal };
}

function input(name: string, ...pieces: readonly string[]): Input {
  return {
    name,
    open: () =>
      Readable.from(
        pieces.map((piece) => Buffer.from(piece)),
        { objectMode: false },
      ),
  };
}

async function stored({ client }: Stage): Promise<string[]> {
  const { events = [] } = await client.filterLogEvents({
    logGroupName: '/myapp/production',
    logStreamNames: ['emitted'],
  });
  return events.map(({ message }) => message!);
}

beforeAll(() => {
  process.env['AWS_ACCESS_KEY_ID'] = '123456789012';
  process.env['AWS_SECRET_ACCESS_KEY'] = 'local';
});

test('all inputs are delivered in their order, and the last line of each is whole', async () => {
  const stage = await start({ clock: Date.now });
  const { emission, sink } = play(stage, [input('a', 'one\ntw', 'o'), input('b', 'three\n')]);
  await emission.run();
  const report = await sink.close();
  expect(report).toMatchObject({ accepted: 3, delivered: 3, pending: 0 });
  expect(isBalanced(report)).toBe(true);
  expect(await stored(stage)).toEqual(['one', 'two', 'three']);
});

test('more than memory holds is read only as fast as it is delivered, and nothing is dropped', async () => {
  const stage = await start({ clock: Date.now, maxEvents: 1_000 });
  const piece = Buffer.from(`${'x'.repeat(1_023)}\n`.repeat(64));
  let most = 0;
  let pieces = 0;
  const { emission, sink } = play(stage, [
    {
      name: 'large',
      open: () =>
        new Readable({
          highWaterMark: piece.length,
          read() {
            most = Math.max(most, sink.stats().pendingBytes);
            this.push(pieces++ < 800 ? piece : null);
          },
        }),
    },
  ]);
  await emission.run();
  const report = await sink.close();
  expect(report).toMatchObject({
    accepted: 51_200,
    delivered: 51_200,
    dropped: { total: 0 },
    diverted: { total: 0 },
  });
  // Half of what may wait, and a few pieces.
  expect(most).toBeLessThan(20_971_520 + 5 * piece.length);
  expect(most).toBeGreaterThan(5_000_000);
});

test('a service that does not answer keeps the rest of the input where it is', async () => {
  const stage = await start({ clock: Date.now });
  stage.service.inject({ kind: 'hang', operation: 'PutLogEvents', probability: 1 });
  const stream = new PassThrough();
  const { emission, sink, lines, stop } = play(stage, [{ name: 'pipe', open: () => stream }]);
  stream.write('first\n');
  const run = emission.run();
  await until(() => sink.stats().calls > 0);
  stream.write('second\n');
  for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
  expect(lines.read.lines).toBe(1);
  stop.abort();
  await run;
  // What the process holds already is not left behind.
  expect(lines.read.lines).toBe(2);
});

test('an event that waits for further lines is delivered when none come', async () => {
  const stage = await start({ clock: Date.now });
  const stream = new PassThrough();
  const { emission, lines, sink } = play(stage, [{ name: 'pipe', open: () => stream }], {
    startPattern: /^A/,
    idleMs: 5,
  });
  stream.write('A\n  b\n');
  const run = emission.run();
  await until(() => lines.read.lines === 2 && !lines.isHolding);
  stream.end('A2\n');
  await run;
  expect(await sink.close()).toMatchObject({ delivered: 2 });
  expect(await stored(stage)).toEqual(['A\n  b', 'A2']);
});

test('a refusal of the caller ends it at the first lines', async () => {
  const stage = await start({ clock: Date.now });
  stage.service.inject({ kind: 'accessDenied', operation: 'PutLogEvents', probability: 1 });
  const stream = new PassThrough();
  const { emission, fatal, lines } = play(stage, [{ name: 'pipe', open: () => stream }]);
  stream.write('first\n');
  await emission.run();
  expect(fatal).toEqual([
    expect.stringMatching(/^PutLogEvents on \/myapp\/production \(stream emitted\) failed: AccessDenied/),
  ]);
  expect(lines.read.lines).toBe(1);
});
