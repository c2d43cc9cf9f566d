import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from '../support/imports.js';

jest.setTimeout(60_000);

interface Outcome {
  /** What the account of the logger says at the end. */
  readonly account: { readonly accepted: number; readonly settled: number; readonly dropped: number };
  /** Messages that came to the sink that works. */
  readonly taken: readonly string[];
  readonly health: string;
  readonly diagnostics: readonly string[];
}

const INDEX = JSON.stringify(join(root, 'dist/esm/runtime/index.js'));

/** Logs to a sink that works and to one that is made by `making`, in a process that an unheard rejection would end. */
async function outcomeOf(making: string): Promise<Outcome> {
  const program = `
    import { channel } from 'node:diagnostics_channel';
    import { getLogger, registerFilter, registerSink, Settings } from ${INDEX};
    const turn = () => new Promise((resolve) => setTimeout(resolve, 20));
    const diagnostics = [];
    channel('fapilog-cloudwatch').subscribe(({ message }) => diagnostics.push(message));
    const none = { total: 0, byReason: {} };
    const taken = [];
    const account = (count) =>
      ({ accepted: count, delivered: count, rejected: none, spooled: 0, diverted: none, dropped: none, pending: 0 });
    const sinkOf = (name, list) => ({
      name,
      write({ message }) { list.push(message); },
      stats: () => account(list.length),
      flush: async () => account(list.length),
      close: async () => account(list.length),
    });
    const faulty = {};
    const filters = [];
    const options = {};
    const { proxy: revoked, revoke } = Proxy.revocable({}, {});
    revoke();
    const unreadable = Object.defineProperty(new Error('x'), 'message', { get() { throw 1; } });
    ${making}
    registerSink('works', () => sinkOf('works', taken));
    registerSink('faulty', async () => Object.assign(sinkOf('faulty', []), faulty));
    registerSink('deferred', () => turn().then(() => Object.assign(sinkOf('deferred', []), faulty)));
    for (const [index, filter] of filters.entries()) registerFilter('filter' + index, () => filter);
    const settings = { core: { sinks: ['faulty', 'deferred', 'works'], filters: filters.map((_, index) => 'filter' + index) } };
    const logger = getLogger({ settings, ...options });
    logger.info('a', { user: 1 });
    await turn();
    logger.info('b', { user: 2 });
    logger.stats();
    const { state } = logger.health();
    logger.needsDrain;
    await logger.ready();
    await logger.flush({ deadlineMs: 1000 });
    const { accepted, delivered, dropped, diverted, pending } = await logger.close({ deadlineMs: 1000 });
    const settled = delivered + dropped.total + diverted.total + pending;
    await turn();
    console.log(JSON.stringify({
      account: { accepted, settled, dropped: dropped.total }, taken, health: state, diagnostics: [...new Set(diagnostics)],
    }));
  `;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program], {
    env: { PATH: process.env['PATH'] },
  });
  return JSON.parse(stdout) as Outcome;
}

const values = [
  'undefined',
  'null',
  'new Error("no")',
  'new RangeError("no")',
  'revoked',
  'unreadable',
  'Object.create(null)',
  'Symbol("no")',
];
const members = ['write', 'stats', 'flush', 'close', 'health', 'ready'];

describe.each(['throw', 'reject'])('a sink of the application’s whose members %s', (how) => {
  test.each(values)('%s costs the other sinks nothing', async (value) => {
    const faults = members.map(
      (member) => `faulty.${member} = ${how === 'throw' ? '' : 'async '}() => { throw ${value}; };`,
    );
    const { account, taken, health, diagnostics } = await outcomeOf(faults.join('\n'));

    expect(taken).toEqual(['a', 'b']);
    expect(account.accepted).toBe(account.settled);
    // Each of the three sinks has had each record.
    expect(account.accepted).toBe(6);
    expect(health).toBe('degraded');
    for (const what of ['stats()', 'health()', 'flush', 'close', 'get ready', 'faulty threw: '])
      expect(diagnostics).toContainEqual(expect.stringContaining(what));
  });
});

test.each([
  ['a proxy that is revoked', 'revoked'],
  ['a promise that rejects', 'Promise.reject(new Error("no"))'],
  ['a promise of another realm that rejects', 'runInNewContext("Promise.reject(new Error(1))")'],
  ['something that only looks like a promise', '({ get then() { throw 1; } })'],
  ['nothing', 'undefined'],
  ['a text', '"x"'],
])('a sink whose members return %s costs the other sinks nothing', async (_what, value) => {
  const others = members.filter((member) => member !== 'write');
  const { account, taken } = await outcomeOf(
    `const { runInNewContext } = await import('node:vm');
     ${others.map((member) => `faulty.${member} = () => ${value};`).join('\n')}`,
  );

  expect(taken).toEqual(['a', 'b']);
  expect(account.accepted).toBe(account.settled);
});

test.each([
  ['rejects', 'async () => { throw new Error("no"); }'],
  ['resolves to the record', 'async (record) => record'],
  ['returns true', '() => true'],
  ['returns a text', '() => "x"'],
  ['returns a record without a level', '({ level, ...others }) => others'],
  ['returns a level that is none', '(record) => ({ ...record, level: "constructor" })'],
  ['returns a proxy that is revoked', '() => revoked'],
  ['throws undefined', '() => { throw undefined; }'],
])('a filter that %s lets the record pass, and is told of', async (_what, apply) => {
  const { account, taken, diagnostics } = await outcomeOf(
    `filters.push({ name: 'odd', apply: ${apply}, close: async () => { throw new Error('no'); } });`,
  );
  expect(taken).toEqual(['a', 'b']);
  expect(account).toEqual({ accepted: 6, settled: 6, dropped: 0 });
  expect(diagnostics).toContainEqual(expect.stringContaining('filter odd threw: '));
});

test('a serializer and a toJSON that reject end no process', async () => {
  const { taken } = await outcomeOf(
    `options.serializers = { user: async () => { throw new Error('no'); } };
     getLogger({ settings: {}, sinks: [sinkOf('own', [])] }).info('x', { a: { toJSON: async () => { throw new Error('no'); } } });`,
  );
  expect(taken).toEqual(['a', 'b']);
});
