import { connect } from 'node:net';
import type { CallRow, EventRow } from '../../../local/viewer/answers.js';
import { poll } from '../../support/poll.js';
import { NOW_MS, type Stage, stopAll, until } from '../harness.js';
import { groupId, type Query, startWith, urlOf } from './page.js';

interface Message {
  readonly name: string;
  readonly data: unknown;
}

/** A reader of the feed, as a browser is one. */
class Reader {
  readonly messages: Message[] = [];
  readonly #leaving = new AbortController();
  text = '';
  isOver = false;

  static async open(stage: Stage, query: Query = {}, headers: Record<string, string> = {}): Promise<Reader> {
    const reader = new Reader();
    const signal = reader.#leaving.signal;
    const response = await fetch(urlOf(stage.service.endpoint, 'feed', query), { signal, headers });
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    void reader.#read(response.body!);
    readers.push(reader);
    return reader;
  }

  of<T>(name: string): T[] {
    return this.messages.filter((message) => message.name === name).flatMap(({ data }) => data as T[]);
  }

  leave(): void {
    this.#leaving.abort();
  }

  async #read(body: ReadableStream<Uint8Array>): Promise<void> {
    try {
      for await (const chunk of body) {
        this.text += Buffer.from(chunk).toString();
        this.#take();
      }
    } catch {
      // The reader has left, or the server is gone.
    }
    this.isOver = true;
  }

  #take(): void {
    const blocks = this.text.split('\n\n');
    this.text = blocks.pop()!;
    for (const block of blocks) {
      const [, name, data] = /^event: (\w+)\ndata: (.*)$/.exec(block) ?? [];
      if (name !== undefined) this.messages.push({ name, data: JSON.parse(data!) as unknown });
    }
  }
}

const readers: Reader[] = [];

afterEach(async () => {
  for (const reader of readers.splice(0)) reader.leave();
  await stopAll();
});

function put(stage: Stage, stream: string, messages: readonly string[]): Promise<unknown> {
  return stage.client.putLogEvents({
    logGroupName: '/g',
    logStreamName: stream,
    logEvents: messages.map((message) => ({ timestamp: NOW_MS, message })),
  });
}

async function empty(): Promise<Stage> {
  return startWith({ '/g': { s: [], t: [] } });
}

test('events of the selection and all calls arrive, and those of before do not', async () => {
  const stage = await empty();
  await put(stage, 's', ['before']);
  const [all, some] = [
    await Reader.open(stage),
    await Reader.open(stage, { stream: `${groupId('/g')}:s`, filter: 'yes', end: NOW_MS + 1 }),
  ];
  await put(stage, 's', ['yes 1', 'no']);
  await put(stage, 't', ['yes 2']);
  await poll('three events', () => (all.of('events').length === 3 ? true : undefined));
  expect(all.of<EventRow>('events')).toMatchObject([
    { message: 'yes 1', group: groupId('/g'), stream: 's', timestamp: NOW_MS },
    { message: 'no', stream: 's' },
    { message: 'yes 2', stream: 't' },
  ]);
  await poll('an event', () => (some.of('events').length > 0 ? true : undefined));
  expect(some.of<EventRow>('events').map(({ message }) => message)).toEqual(['yes 1']);
  await poll('two calls', () =>
    some.of<CallRow>('calls').filter(({ status }) => status === 200).length === 2 ? true : undefined,
  );
  expect(all.messages.find(({ name }) => name === 'status')?.data).toMatchObject({ calls: 4, events: 1 });
});

test('a call in flight is told, and again when it is answered', async () => {
  const stage = await empty();
  const reader = await Reader.open(stage);
  stage.service.inject({ kind: 'delay', delayMs: 400 });
  const call = put(stage, 's', ['x']);
  await poll('a call', () => (reader.of('calls').length > 0 ? true : undefined));
  expect(reader.of<CallRow>('calls')[0]).toMatchObject({ id: 4, status: 0, fault: 'delay' });
  expect(reader.of<CallRow>('calls')[0]!.durationMs).toBeUndefined();
  await call;
  await poll('its answer', () => (reader.of('calls').length > 1 ? true : undefined));
  expect(reader.of<CallRow>('calls')[1]).toMatchObject({ id: 4, status: 200, durationMs: 0 });
});

test('a burst is not sent: the reader is told to ask again', async () => {
  const stage = await empty();
  const reader = await Reader.open(stage);
  await put(
    stage,
    's',
    Array.from({ length: 5_000 }, (_, index) => `event ${index}`),
  );
  await poll('a message', () => (reader.of('reload').length > 0 ? true : undefined));
  expect(reader.of('events')).toEqual([]);
  await put(stage, 's', ['after']);
  await poll('an event', () => (reader.of('events').length > 0 ? true : undefined));
  expect(reader.of<EventRow>('events').map(({ message }) => message)).toEqual(['after']);
});

test('a reader that comes back is told to ask again', async () => {
  const stage = await empty();
  const reader = await Reader.open(stage, {}, { 'Last-Event-ID': '1' });
  await poll('a message', () => (reader.of('reload').length > 0 ? true : undefined));
  expect(reader.of('events')).toEqual([]);
});

test('a reader that takes nothing costs a bounded amount of memory, and hears of what it missed', async () => {
  const stage = await empty();
  const { port } = new URL(stage.service.endpoint);
  const socket = connect(Number(port), '127.0.0.1');
  socket.pause();
  socket.write('GET /viewer/feed HTTP/1.1\r\nHost: localhost\r\n\r\n');
  await until(() => socket.readyState === 'open');
  const big = 'x'.repeat(900_000);
  for (let call = 0; call < 40; call += 1) await put(stage, 's', [big]);
  let text = '';
  socket.on('data', (chunk) => (text += chunk.toString())).resume();
  await poll('a message', () => (text.includes('event: reload') ? true : undefined));
  expect(text.length).toBeLessThan(20 * big.length);
  socket.destroy();
});

test('ends with the server, and holds nothing after the reader has left', async () => {
  const stage = await empty();
  const [one, two] = [await Reader.open(stage), await Reader.open(stage)];
  one.leave();
  await until(() => one.isOver);
  await stage.service.close();
  await until(() => two.isOver);
  expect(two.of('status')).toHaveLength(1);
});

test.each<Query>([{ filter: '{ $.a' }, { start: 'x' }])('%j is refused', async (query) => {
  const { service } = await empty();
  expect((await fetch(urlOf(service.endpoint, 'feed', query))).status).toBe(400);
});
