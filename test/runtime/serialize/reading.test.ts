import * as fc from 'fast-check';
import type { Fields } from '../../../runtime/log-record.js';
import { formatLine } from '../../../runtime/serialize/line.js';
import { Reading } from '../../../runtime/serialize/reading.js';
import { cycle, refuse } from '../../support/hostile.js';

function jsonOf(value: unknown): string {
  return JSON.stringify(new Reading().field('name', value));
}

test('what JSON.stringify can do is done in the same way', () => {
  fc.assert(fc.property(fc.jsonValue(), (value) => expect(jsonOf(value)).toBe(JSON.stringify(value))));
});

test('anything at all becomes JSON', () => {
  const anything = fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withNullPrototype: true,
    withObjectString: true,
    withSet: true,
    withSparseArray: true,
    withTypedArray: true,
  });

  fc.assert(fc.property(anything, (value) => expect(() => JSON.parse(jsonOf(value ?? 0))).not.toThrow()));
});

test('a cycle is a mark, and members keep their order', () => {
  expect(jsonOf({ z: 1n, a: [2n ** 64n] })).toBe('{"z":1,"a":["18446744073709551616"]}');
  expect(jsonOf(cycle())).toBe('{"a":1,"self":"[circular]","list":["[circular]",{"object":"[circular]"}]}');
});

test('fields that hold themselves are not written a second time', () => {
  const fields = cycle() as Fields;

  expect(formatLine({ timeMs: 0, level: 'info', message: 'm', fields: [fields] })).toBe(
    '{"timestamp":"1970-01-01T00:00:00.000Z","level":"info","message":"m","a":1,"self":"[circular]","list":["[circular]",{"object":"[circular]"}]}',
  );
});

test('the same object twice is no cycle', () => {
  const twice = { a: 1 };

  expect(jsonOf({ one: twice, two: [twice], big: 1n })).toBe('{"one":{"a":1},"two":[{"a":1}],"big":1}');
});

test('a member that throws costs itself and not its neighbours, at any depth', () => {
  const bad = Object.defineProperty({ a: 1, z: 2 }, 'bad', { enumerable: true, get: refuse });

  expect(jsonOf({ top: 1, deep: { bad }, list: [1, bad], end: 2 })).toBe(
    '{"top":1,"deep":{"bad":{"a":1,"z":2,"bad":"[unreadable: no]"}},"list":[1,{"a":1,"z":2,"bad":"[unreadable: no]"}],"end":2}',
  );
});

test('what is thrown may be anything', () => {
  const thrown = ['text', undefined, null, Object.create(null) as unknown].map((reason) =>
    jsonOf({
      get a() {
        throw reason;
      },
    }),
  );

  expect(thrown).toEqual([
    '{"a":"[unreadable: text]"}',
    '{"a":"[unreadable: undefined]"}',
    '{"a":"[unreadable: null]"}',
    '{"a":"[unreadable: no reason given]"}',
  ]);
});

describe('bounded work', () => {
  /** Each of them refers to all of them. */
  function everyoneKnowsEveryone(count: number): object[] {
    const all: Record<string, unknown>[] = Array.from({ length: count }, (_, id) => ({ id }));
    for (const each of all) for (const [index, other] of all.entries()) each[`r${index}`] = other;
    return all;
  }

  function doubled(levels: number): object {
    let node: object = { leaf: 'the leaf' };
    for (let level = 0; level < levels; level++) node = { left: node, right: node };
    return node;
  }

  test('objects that refer to each other are each written, and again as long as there is room', () => {
    const json = jsonOf(everyoneKnowsEveryone(10));

    for (let id = 0; id < 10; id++) expect(json).toContain(`"id":${id}`);
    expect(json).toContain('"[circular]"');
    expect(json).toContain('"[repeated]"');
    expect(json.length).toBeLessThan(200_000);
  });

  test('two ways to each of 22 levels are not four million ways', () => {
    const json = jsonOf(doubled(22));

    expect(json).toContain('the leaf');
    expect(json).toContain('"[repeated]"');
    expect(json.length).toBeLessThan(200_000);
  });

  test('what refers to the same small object a hundred times has it a hundred times', () => {
    const tenant = { id: 7 };

    expect(jsonOf(Array.from({ length: 100 }, () => ({ tenant })))).toBe(
      `[${Array.from({ length: 100 }, () => '{"tenant":{"id":7}}').join(',')}]`,
    );
  });

  test('an array with far apart items has these, and its length', () => {
    const sparse: string[] = [];
    sparse[4_000_000_000] = 'far';
    sparse[3] = 'near';

    expect(jsonOf(sparse)).toBe('{"3":"near","4000000000":"far","length":4000000001}');
  });

  test.each([
    ['a list', Array.from({ length: 400_000 }, (_, index) => index), /,"\[cut: \d+ more items\]"\]$/],
    ['a Set', new Set(Array.from({ length: 400_000 }, (_, index) => index)), /,"\[cut: \d+ more items\]"\]$/],
    [
      'a Map',
      new Map(Array.from({ length: 400_000 }, (_, index) => [`k${index}`, index])),
      /,"…":"\[cut: \d+ more members\]"\}$/,
    ],
    ['a text', 'x'.repeat(20_000_000), /x…\[cut: \d+ characters\]"$/],
  ])('%s that is too long says how much of it is missing', (_, value, end) => {
    expect(jsonOf(value)).toMatch(end);
  });

  test('a field that is too large leaves room for those behind it', () => {
    const reading = new Reading();
    const large = reading.field(
      'large',
      Array.from({ length: 1_000_000 }, () => 1),
    ) as unknown[];

    expect(reading.field('id', 7)).toBe(7);
    expect(large.at(-1)).toBe(`[cut: ${1_000_000 - large.length + 1} more items]`);
  });

  test.each([
    ['objects', () => unfolding()],
    ['items', () => new Proxy([], { has: () => true, get: (_, key) => (key === 'length' ? Infinity : 1) })],
  ])('%s without end come to one', (_, make) => {
    expect(jsonOf(make())).toContain('[cut: ');
  });

  function unfolding(): object {
    return { toJSON: () => ({ a: unfolding(), b: unfolding() }) };
  }
});

test('beside a text that is too long, names and short texts stay whole', () => {
  const read = new Reading().field('o', { body: 'b'.repeat(3_000_000), id: 'ord-7', status: 'failed' });

  expect(read).toEqual({
    body: expect.stringMatching(/^b+…\[cut: \d+ characters\]$/),
    id: 'ord-7',
    status: 'failed',
  });
});

test('an error has its code and the beginning of its stack, however long its message is', () => {
  const error = Object.assign(new Error('m'.repeat(3_000_000)), { code: 'EX', orderId: 7 });
  const read = new Reading().field('error', error) as Record<string, string>;

  expect(read).toMatchObject({ type: 'Error', code: 'EX', orderId: 7 });
  expect(read['stack']!.length).toBeGreaterThan(500);
});

test('a name that is given a hundred thousand times takes no longer than as many names', () => {
  const read = new Reading().field('o', new URLSearchParams('id=1&'.repeat(100_000))) as { id: string[] };

  expect(read.id).toHaveLength(100_000);
});

test('a text is not cut in the middle of a URL with credentials', () => {
  const reading = new Reading();
  const text = `${'x'.repeat(6_291_440)} https://user:secret@host/`;

  expect(reading.field('text', text)).toMatch(/^x+…\[cut: \d+ characters\]$/);
});
