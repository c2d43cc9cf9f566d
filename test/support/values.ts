import { IncomingMessage, ServerResponse } from 'node:http';
import { Server, Socket } from 'node:net';
import { PassThrough } from 'node:stream';
import { MAX_DEPTH } from '../../runtime/serialize/reading.js';
import { evaluated, shortStack, withShortStacks } from './evaluated.js';
import { nested, refuse } from './hostile.js';

/** Where a value is more than a text or a list: its members are fields, or it is a field of its own. */
export type Own = 'error' | 'req' | 'res';

/** A kind of value, and what is stored of it. */
export interface ValueKind {
  readonly label: string;
  /** An expression, as the document shows it. */
  readonly code: string;
  readonly make: () => unknown;
  /** What stands in a line, below so many lists and objects; `undefined` for nothing. */
  readonly stored: (depth: number) => unknown;
  readonly own: Own | undefined;
}

function cyclic(): object {
  const order = { id: 7, items: [] as object[] };
  order.items.push({ order });
  return { order };
}

class Order {
  readonly id = 7;
  readonly #secret = 1;
  get secret(): number {
    return this.#secret;
  }
}

class Sealed {
  readonly #secret = 1;
  get secret(): number {
    return this.#secret;
  }
}

class Documents {
  readonly hash = 'secret';
  toJSON(): object {
    return { id: 7 };
  }
}

function request(): IncomingMessage {
  const headers = { host: 'example.com', authorization: 'Bearer secret', cookie: 'secret' };
  return Object.assign(new IncomingMessage(new Socket()), { method: 'GET', url: '/orders', headers });
}

function response(): ServerResponse {
  const made = new ServerResponse(request());
  made.statusCode = 404;
  made.setHeader('set-cookie', 'secret');
  return made;
}

class ErrorEvent extends Event {
  readonly #error = withShortStacks(new Error('boom'));
  get error(): Error {
    return this.#error;
  }
}

function form(): FormData {
  const made = new FormData();
  made.append('file', new File(['hi'], 'a.txt'));
  return made;
}

function timer(): NodeJS.Timeout {
  const made = setTimeout(() => undefined);
  clearTimeout(made);
  return made;
}

/** What the examples of the document speak of. */
const SCOPE = {
  nested,
  cyclic: cyclic(),
  Order,
  Sealed,
  Document: Documents,
  refuse,
  request: request(),
  response: response(),
  form: form(),
  timer: timer(),
  shared: { id: 7 },
  Socket,
  PassThrough,
  Server,
  ErrorEvent,
};

function kind(label: string, code: string, stored: unknown, own?: Own): ValueKind {
  const make = (): unknown => withShortStacks(evaluated(`return (${code});`, SCOPE));
  return { label, code, make, stored: typeof stored === 'function' ? (stored as never) : () => stored, own };
}

interface Told {
  readonly type: string;
  readonly message: string;
  readonly stack: string;
}

/** How an error begins in a line. */
export function told(type: string, message: string, name = type): Told {
  return { type, message, stack: shortStack(message === '' ? name : `${name}: ${message}`) };
}

function nestedAt(depth: number): unknown {
  let value: unknown = '[nested too deeply]';
  for (let level = MAX_DEPTH; level > depth; level--) value = { object: value };
  return value;
}

const LONG = '68'.repeat(32);

/** All kinds of values that a log call may be given. */
export const valueKinds: readonly ValueKind[] = [
  kind('text', "'text'", 'text'),
  kind('empty text', "''", ''),
  kind('text with half a character', String.raw`'a\ud800'`, 'a\ud800'),
  kind('number', '1.5', 1.5),
  kind('negative zero', '-0', 0),
  kind('not a number', 'NaN', 'NaN'),
  kind('infinity', 'Infinity', 'Infinity'),
  kind('negative infinity', '-Infinity', '-Infinity'),
  kind('BigInt that is a safe number', '7n', 7),
  kind('any other BigInt', '2n ** 64n', '18446744073709551616'),
  kind('boolean', 'true', true),
  kind('null', 'null', null),
  kind('undefined', 'undefined', undefined),
  kind('symbol', "Symbol('id')", 'Symbol(id)'),
  kind('function', 'function load() {}', '[Function: load]'),
  kind('function without a name', '() => {}', '[Function]'),
  kind('async function', 'async function load() {}', '[Function: load]'),
  kind('class', 'class Order {}', '[class: Order]'),
  kind('Date', "new Date('2026-11-22')", '2026-11-22T00:00:00.000Z'),
  kind('invalid Date', "new Date('soon')", '[invalid Date]'),
  kind('RegExp', String.raw`/^\d+$/u`, String.raw`/^\d+$/u`),
  kind('URL', "new URL('https://example.com/a?b=1')", 'https://example.com/a?b=1'),
  kind('URL with credentials', "new URL('https://user:secret@example.com')", 'https://***@example.com/'),
  kind('URLSearchParams', "new URLSearchParams('page=1')", { page: '1' }),
  kind('URLSearchParams, a name repeated', "new URLSearchParams('id=1&id=2')", { id: ['1', '2'] }),
  kind('URLSearchParams, empty', 'new URLSearchParams()', '[empty URLSearchParams]'),
  kind('Headers', "new Headers({ Accept: '*/*' })", { accept: '*/*' }),
  kind('Headers, several cookies', "new Headers([['set-cookie', 'a=1'], ['set-cookie', 'b=2']])", {
    'set-cookie': '[redacted]',
  }),
  kind('Headers, empty', 'new Headers()', '[empty Headers]'),
  kind('FormData', 'form', { file: '[File(2): a.txt]' }),
  kind('Map whose keys are texts', "new Map([['k', 1]])", { k: 1 }),
  kind('Map with other keys', "new Map([[1, 'one'], ['two', 2]])", [
    [1, 'one'],
    ['two', 2],
  ]),
  kind('Map, empty', 'new Map()', '[empty Map]'),
  kind('Map in a Map', "new Map([['k', new Map([['n', new Set([1])]])]])", { k: { n: [1] } }),
  kind('Set', "new Set([1, 'two'])", [1, 'two']),
  kind('Set, empty', 'new Set()', []),
  kind('WeakMap', 'new WeakMap()', '[WeakMap]'),
  kind('WeakSet', 'new WeakSet()', '[WeakSet]'),
  kind('Promise', "Promise.resolve('done')", '[Promise]'),
  kind('generator', '(function* () {})()', '[Generator]'),
  kind('iterator', '[1].values()', '[Array Iterator]'),
  kind('boxed text', "new String('text')", 'text'),
  kind('boxed number', 'new Number(1.5)', 1.5),
  kind('boxed boolean', 'new Boolean(false)', false),
  kind('boxed BigInt', 'Object(7n)', 7),
  kind('boxed symbol', "Object(Symbol('id'))", 'Symbol(id)'),
  kind('Buffer', "Buffer.from('hello')", '[Buffer(5): 68656c6c6f]'),
  kind('Buffer, long', "Buffer.alloc(1_000, 'h')", `[Buffer(1000): ${LONG}…]`),
  kind('Buffer, empty', 'Buffer.alloc(0)', '[Buffer(0)]'),
  kind('Uint8Array', 'new Uint8Array([1, 255])', '[Uint8Array(2): 01ff]'),
  kind('Float64Array', 'new Float64Array([1.5, -2])', '[Float64Array(2): 1.5, -2]'),
  kind('BigInt64Array, long', 'new BigInt64Array(9)', '[BigInt64Array(9): 0, 0, 0, 0, 0, 0, 0, 0, …]'),
  kind('ArrayBuffer', 'new ArrayBuffer(2)', '[ArrayBuffer(2): 0000]'),
  kind('DataView', 'new DataView(new ArrayBuffer(2))', '[DataView(2): 0000]'),
  kind('Blob', "new Blob(['hello'], { type: 'text/plain' })", '[Blob(5): text/plain]'),
  kind('File', "new File(['hello'], 'a.txt')", '[File(5): a.txt]'),
  kind('error', "new Error('boom')", told('Error', 'boom'), 'error'),
  kind('error without a message', 'new TypeError()', told('TypeError', ''), 'error'),
  kind(
    'error with a cause',
    "new Error('boom', { cause: new RangeError('limit') })",
    { ...told('Error', 'boom'), cause: told('RangeError', 'limit') },
    'error',
  ),
  kind(
    'error with a cause that is none',
    "new Error('boom', { cause: 'no room' })",
    { ...told('Error', 'boom'), cause: 'no room' },
    'error',
  ),
  kind(
    'error with members of its own',
    "Object.assign(new Error('boom'), { code: 'E_CARD', type: 'card', orderId: 7 })",
    { ...told('Error', 'boom'), code: 'E_CARD', _type: 'card', orderId: 7 },
    'error',
  ),
  kind(
    'error in an error',
    "Object.assign(new Error('query failed'), { original: new Error('ECONNRESET') })",
    { ...told('Error', 'query failed'), original: told('Error', 'ECONNRESET') },
    'error',
  ),
  kind(
    'AggregateError',
    "new AggregateError([new Error('one'), 'two'], 'both')",
    { ...told('AggregateError', 'both'), errors: [told('Error', 'one'), 'two'] },
    'error',
  ),
  kind(
    'DOMException',
    "new DOMException('stopped', 'AbortError')",
    { ...told('DOMException', 'stopped', 'AbortError'), name: 'AbortError', code: 20 },
    'error',
  ),
  kind(
    'error of an HTTP client',
    "Object.assign(new Error('boom'), { config: { url: '/a', headers: { authorization: 'secret' } }, response: { status: 502, data: 'no', headers: {} } })",
    {
      ...told('Error', 'boom'),
      config: { url: '/a', headers: '[redacted]' },
      response: { status: 502, data: 'no', headers: '[redacted]' },
    },
    'error',
  ),
  kind(
    'results of `Promise.allSettled`',
    "[{ status: 'fulfilled', value: 1 }, { status: 'rejected', reason: new Error('no') }]",
    [
      { status: 'fulfilled', value: 1 },
      { status: 'rejected', reason: told('Error', 'no') },
    ],
  ),
  kind('list of errors', "[new Error('one'), new Error('two')]", [
    told('Error', 'one'),
    told('Error', 'two'),
  ]),
  kind('list', "[1, 'two', null, undefined]", [1, 'two', null, null]),
  kind('list with holes', '[1, , 3]', [1, null, 3]),
  kind('list that is mostly holes', "Object.assign([], { 9_000: 'far' })", { 9_000: 'far', length: 9_001 }),
  kind('object', '{ id: 7, gone: undefined }', { id: 7 }),
  kind('object without prototype', 'Object.assign(Object.create(null), { id: 7 })', { id: 7 }),
  kind('object with a member `__proto__`', 'JSON.parse(\'{"__proto__":7}\')', JSON.parse('{"__proto__":7}')),
  kind('object with a `toJSON`', '{ hash: 1, toJSON: () => ({ id: 7 }) }', { id: 7 }),
  kind('object whose `toJSON` is text', "{ toJSON: () => 'ord-7' }", 'ord-7'),
  kind('object whose `toJSON` throws', '{ toJSON: refuse }', '[unreadable: no]'),
  kind('object whose getter throws', '{ id: 7, get name() { return refuse(); } }', {
    id: 7,
    name: '[unreadable: no]',
  }),
  kind('instance of a class', 'new Order()', { id: 7 }),
  kind('instance with a `toJSON`', 'new Document()', { id: 7 }),
  kind('instance that shows nothing', 'new Sealed()', '[Sealed]'),
  kind('object that is in itself', 'cyclic', { order: { id: 7, items: [{ order: '[circular]' }] } }),
  kind('object that is there twice', '{ from: shared, to: shared }', { from: { id: 7 }, to: { id: 7 } }),
  kind(`more than ${MAX_DEPTH} levels`, 'nested(120)', nestedAt),
  kind('event', "new Event('open')", '[Event]'),
  kind('event that holds an error', "new ErrorEvent('error')", {
    type: 'ErrorEvent',
    error: told('Error', 'boom'),
  }),
  kind('stream', 'new PassThrough()', '[PassThrough]'),
  kind('socket', 'new Socket()', '[Socket]'),
  kind('server', 'new Server()', '[Server]'),
  kind('timer', 'timer', '[Timeout]'),
  kind('request', 'request', { method: 'GET', url: '/orders', headers: { host: 'example.com' } }, 'req'),
  kind('response', 'response', { statusCode: 404 }, 'res'),
  kind(
    'request of `fetch`',
    "new Request('https://example.com/', { headers: { authorization: 'secret' } })",
    { method: 'GET', url: 'https://example.com/' },
    'req',
  ),
  kind('response of `fetch`', "new Response('', { status: 404 })", { statusCode: 404 }, 'res'),
];
