import { once } from 'node:events';
import pinoTransport, { type PinoTransport } from '../../../runtime/adapters/pino.js';
import { SinkBench } from '../../support/sink-against-server.js';

jest.mock('../../../runtime/io/stderr.js', () => ({ writeStderr: () => true }));

const LINES = [
  '{"level":30,"time":1,"msg":"a"}',
  '{"level":50,"time":2,"msg":"€"}',
  '{"level":20,"msg":"c"}',
];

let bench: SinkBench;

beforeEach(async () => {
  bench = await SinkBench.start();
});

afterEach(() => bench.stop());

async function transportTo(options: Parameters<typeof pinoTransport>[0] = {}): Promise<PinoTransport> {
  const target = await bench.created({ logGroupName: '/pino', logStreamName: 'writer' });
  const region = 'us-east-1';
  return pinoTransport({ ...target, region, endpointUrl: bench.server.endpoint, env: {}, ...options });
}

async function ended(transport: PinoTransport): Promise<void> {
  const closed = once(transport, 'close');
  transport.end();
  await closed;
}

async function messages(): Promise<unknown[]> {
  const stored = await bench.stored({ logGroupName: '/pino', logStreamName: 'writer' });
  return stored.map(({ message = '' }) => (JSON.parse(message) as { msg: unknown }).msg);
}

const fresh = (lines: readonly string[]): string[] =>
  lines.map((line) => line.replace(/"time":\d/, `"time":${bench.nowMs}`));

test.each([
  ['a line at a time', (text: string) => text.split(/(?<=\n)/)],
  ['all at once', (text: string) => [text]],
  ['a character at a time', (text: string) => text.split('')],
])('text that comes %s is delivered line by line', async (_, cut) => {
  const transport = await transportTo();
  for (const text of cut(`${fresh(LINES).join('\n')}\n`)) expect(transport.write(text)).toBe(true);
  await ended(transport);

  expect(await messages()).toEqual(['a', '€', 'c']);
});

test('a last line without a line break is delivered at the end, and not before it is whole', async () => {
  const transport = await transportTo();
  const [first, last] = fresh(LINES);
  transport.write(`${first}\n${last!.slice(0, 10)}`);
  await transport.flush();
  expect(await messages()).toEqual(['a']);
  transport.write(last!.slice(10));
  await ended(transport);

  expect(await messages()).toEqual(['a', '€']);
});

test('what is no text comes as a line of JSON', async () => {
  const transport = await transportTo();
  const cyclic: Record<string, unknown> = {};
  cyclic['self'] = cyclic;
  for (const piece of [{ msg: 'a' }, Buffer.from('{"msg":"b"}\n'), cyclic]) transport.write(piece as never);
  await ended(transport);

  const lines = await bench.stored({ logGroupName: '/pino', logStreamName: 'writer' });
  expect(lines.map(({ message }) => message)).toEqual(['{"msg":"a"}', '{"msg":"b"}', '[object Object]']);
});

test("the end waits no longer than `shutdownDeadlineSeconds`, where that is less than pino's patience", async () => {
  const transport = await transportTo({ shutdownDeadlineSeconds: 0.1 });
  bench.server.inject({ kind: 'hang', times: Infinity });
  transport.write(`${fresh(LINES)[0]}\n`);
  const startedMs = performance.now();
  await ended(transport);

  expect(performance.now() - startedMs).toBeLessThan(7_000);
});

test('what pino adds to the options is no mistake, and a mistake is one', async () => {
  const added = { $context: {}, pinoWillSendConfig: true };

  await ended(await transportTo(added as object));
  expect(() => pinoTransport({ env: {}, logGroup: 'x' } as object)).toThrow(/logGroup/);
});
