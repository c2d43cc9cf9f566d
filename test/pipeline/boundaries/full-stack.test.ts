import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { isBalanced } from '../../../runtime/ack/ledger.js';
import { withEdges } from '../../../runtime/edges.js';
import { getLogger } from '../../../runtime/logger/get-logger.js';
import type { Logger } from '../../../runtime/logger/logger.js';
import { Settings } from '../../../runtime/settings/settings.js';
import { CloudWatchSink, type CloudWatchSinkOptions } from '../../../runtime/index.js';
import { root } from '../../support/imports.js';
import { FakePort } from '../../support/fake-port.js';

class Bench {
  readonly port = new FakePort();
  readonly heard: string[] = [];
  readonly sink: CloudWatchSink;
  readonly logger: Logger;
  /** Log calls that returned, and those whose stack was too full for the method to begin. */
  returned = 0;
  refused = 0;

  constructor(options: CloudWatchSinkOptions = {}) {
    this.sink = new CloudWatchSink(
      withEdges(
        {
          logGroupName: '/g',
          logStreamName: 's',
          region: 'us-east-1',
          onDiagnostic: ({ code }) => this.heard.push(code),
          env: {},
          ...options,
        },
        { port: this.port, writeStderr: () => true },
      ),
    );
    this.logger = getLogger({ settings: new Settings({}, { env: {} }), sinks: [this.sink] });
  }

  log(fieldsOf: (id: number) => object): void {
    const fields = fieldsOf(this.returned);
    try {
      this.logger.info('from the depth', fields);
      this.returned++;
    } catch {
      this.refused++;
    }
  }

  /** Recurses until the stack is full, and logs on the way back, from where there is hardly any room on. */
  walk(fields: (id: number) => object): void {
    try {
      this.walk(fields);
    } finally {
      this.log(fields);
    }
  }

  walkUntilFull(fields: (id: number) => object): void {
    expect(() => this.walk(fields)).toThrow(RangeError);
  }

  get ids(): number[] {
    return this.port.messages.flat().flatMap((line) => {
      const { id } = JSON.parse(line) as { id?: number };
      return id === undefined ? [] : [id];
    });
  }
}

const { stackTraceLimit } = Error;

afterEach(() => {
  Error.stackTraceLimit = stackTraceLimit;
});

const kinds: readonly (readonly [string, (bench: Bench) => (id: number) => object])[] = [
  ['plain fields', () => (id) => ({ id })],
  ['an error', () => (id) => ({ id, error: new Error('no') })],
  ['nested values', () => (id) => ({ id, a: { b: { c: [1, { d: 2 }] } } })],
  [
    'a getter that logs',
    (bench) => (id) => ({
      id,
      get inner() {
        bench.logger.info('inner');
        return 1;
      },
    }),
  ],
];

/** V8 ends the process if the stack is full when it compiles a regular expression. */
test.each([
  ['a URL with credentials', `{ url: 'see https://user:secret@example.com/' }`],
  ['a text beyond Latin-1', `{ text: 'Ω'.repeat(400) }`],
  ['new names', `{ ['name' + n]: n, ['7' + n]: n }`],
  ['an error', `{ error: new Error('see https://user:secret@example.com/') }`],
  ['placeholders', `'%s of %d', n, n`],
  [
    'nested values',
    `{ a: { b: { c: { d: { e: { f: { g: ['https://user:secret@example.com/' + n] } } } } } } }`,
  ],
])('no log call on a full stack ends the process: %s', async (_kind, values) => {
  const program = `
    import { CloudWatchSink, getLogger, Settings } from ${JSON.stringify(join(root, 'dist/esm/runtime/index.js'))};
    const options = { logGroupName: '/g', region: 'us-east-1', endpointUrl: 'http://127.0.0.1:1', env: {} };
    const sink = new CloudWatchSink({ ...options, onDiagnostic() {}, shutdownDeadlineSeconds: 0 });
    const settings = { redaction: { enabled: process.argv[1] === 'redacted' } };
    const logger = getLogger({ settings: new Settings(settings, { env: {} }), sinks: [sink] });
    // By now, what is called often has small frames: more of it fits into the rest of the stack.
    for (let warm = 0; warm < 200; warm++) logger.info('warm', { error: new Error('warm') });
    await new Promise((resolve) => setTimeout(resolve, 50));
    const [, , first] = process.argv;
    let n = 0;
    const walk = () => {
      try { walk(); } catch {}
      if (n++ >= first && n < 400) try { logger.info('deep', ${values}); } catch {}
    };
    walk();
    process.kill(process.pid, 'SIGKILL');
  `;
  const starts = ['0', '9', '18', '27', '36'];
  const runs = ['plain', 'redacted'].flatMap((kind) =>
    starts.map((first) =>
      promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program, kind, first]),
    ),
  );
  for (const run of await Promise.allSettled(runs)) {
    expect(run).toMatchObject({
      status: 'rejected',
      reason: { signal: 'SIGKILL', stderr: expect.not.stringContaining('FATAL') },
    });
  }
});

const sinks: readonly (readonly [string, CloudWatchSinkOptions])[] = [
  ['a queue with room', {}],
  ['small batches', { batchSize: 3 }],
  ['a full queue', { maxQueueEvents: 50, batchSize: 20 }],
];

describe.each(sinks)('logged on a full stack, with %s', (_sink, options) => {
  test.each(kinds)(
    '%s: every call that returned is in the account, and delivered or dropped',
    async (_kind, fieldsOf) => {
      const bench = new Bench(options);
      // Reading a stack takes longer than everything else here.
      Error.stackTraceLimit = 0;
      const fields = fieldsOf(bench);

      for (let walks = 0; walks < 1; walks++) bench.walkUntilFull(fields);

      expect(isBalanced(bench.logger.stats())).toBe(true);
      expect(bench.returned).toBeGreaterThan(1_000);
      // A method that cannot begin has no way to count itself: a few calls where the stack ends.
      expect(bench.refused).toBeLessThan(60);
      bench.logger.info('after', { id: -1 });
      const report = await bench.logger.close();
      expect(report).toMatchObject({ pending: 0 });
      expect(isBalanced(report)).toBe(true);
      expect(bench.ids).toContain(-1);
      const found = new Set(bench.ids);
      expect(found.size).toBe(bench.ids.length);
      const marked = bench.port.messages.flat().filter((line) => line.includes('[unreadable')).length;
      expect(bench.returned + 1 - found.size - marked).toBeLessThanOrEqual(report.dropped.total);
      // Whatever the log calls met, the sink can still say it.
      bench.sink.write({ timeMs: Date.now(), level: 'info', message: 'late', fields: [] });
      expect(bench.heard).toContain('dropped.closed');
    },
  );
});
