import * as fc from 'fast-check';
import { format } from 'node:util';
import { readPrinted } from '../../../../runtime/adapters/console/printed-call.js';
import { memoryLogger } from '../../../support/memory-sink.js';

const scalar = fc.oneof(
  fc.string(),
  fc.integer(),
  fc.double(),
  fc.bigInt(),
  fc.boolean(),
  fc.constantFrom(null, undefined, -0, Symbol('tag')),
);
const flat = fc.dictionary(fc.stringMatching(/^[a-z]{1,5}$/), fc.oneof(fc.integer(), fc.boolean()), {
  maxKeys: 4,
});
const plain = flat.map((members) => ({ ...members }));
const piece = fc.oneof(
  fc.constantFrom('%s', '%d', '%i', '%f', '%j', '%o', '%O', '%c', '%%', '%', '%x', '%%s', ' '),
  fc.string(),
);
const template = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(''));

function wantedBy(text: string): number {
  return (text.match(/%[sdifjoOc%]/g) ?? []).filter((each) => each !== '%%').length;
}

/** Node throws at a BigInt for `%j`. */
function throws(text: string, values: readonly unknown[]): boolean {
  try {
    return format(text, ...values) === undefined;
  } catch {
    return true;
  }
}

test('the message is what Node prints, for any template and values that are no objects', () => {
  fc.assert(
    fc.property(template, fc.array(scalar, { maxLength: 8 }), (text, values) => {
      fc.pre(!throws(text, values));
      expect(readPrinted([text, ...values], undefined).message).toBe(format(text, ...values));
    }),
  );
});

test('the message is what Node prints of plain objects that fill placeholders; those left over are fields', () => {
  fc.assert(
    fc.property(template, fc.array(plain, { maxLength: 8 }), (text, values) => {
      const filling = values.slice(0, wantedBy(text));
      const left = values.slice(filling.length);
      const printed = format(text, ...filling, ...(left.length > 0 ? [''] : []));
      const { message, fields = {} } = readPrinted([text, ...values], undefined);

      expect(message).toBe(left.length > 0 ? printed.slice(0, -1) : printed);
      for (const name of left.flatMap(Object.keys)) expect(fields).toHaveProperty(name);
    }),
  );
});

const cause = new Error('no card');
const error = Object.assign(new Error('declined', { cause }), { code: 'E42' });

describe('a call', () => {
  test.each<[string, unknown[], string, object | undefined]>([
    ['of a text', ['50 % off'], '50 % off', undefined],
    ['of an error', [error], 'declined', { error }],
    ['of a text and an error', ['failed', error], 'failed', { error }],
    ['with an error in a placeholder', ['failed: %s', error], 'failed: Error: declined', { error }],
    ['of an object', [{ id: 7 }], '', { id: 7 }],
    [
      'of an object before the text, which is then no template',
      [{ id: 7 }, 'a %s', 'b'],
      'a %s b',
      { id: 7 },
    ],
    ['of objects', ['done', { id: 7 }, { id: 8 }], 'done', { id: 7, _id: 8 }],
    ['of a list', ['ids', [1, 2]], 'ids [1,2]', undefined],
    ['of values that are none', [undefined, null, 5, 1n], 'undefined null 5 1n', undefined],
    ['with a BigInt at which Node throws', ['%j', 1n], '"1n"', undefined],
    ['with CSS', ['%cbold', 'font-weight: bold'], 'bold', undefined],
    [
      'with a class that has a text of its own',
      ['%s', new URL('https://example.com/a')],
      'https://example.com/a',
      undefined,
    ],
    ['with an object in place of a number', ['%d', { id: 7 }], 'NaN', { id: 7 }],
    ['with an object that Node cuts', ['%s', { a: { b: 1 } }], '{ a: [Object] }', { a: { b: 1 } }],
  ])('%s', (_, args, message, fields) => {
    expect(readPrinted(args, undefined)).toEqual({ message, fields });
  });

  test('shows what an object prints of itself, unless it says what it is in JSON', () => {
    class Secret {
      readonly value = 'hunter2';
      [Symbol.for('nodejs.util.inspect.custom')](): string {
        return 'Secret(***)';
      }
    }
    class Money extends Secret {
      toJSON(): object {
        return { cents: 5 };
      }
    }

    expect(readPrinted(['token', new Secret()], undefined)).toEqual({ message: 'token Secret(***)' });
    expect(readPrinted(['paid', new Money()], undefined).fields).toEqual({ cents: 5 });
  });

  test.each(['%s', '%o', '%O', '%j', ''])('shows no header of a request: %p', (placeholder) => {
    const request = new Request('http://127.0.0.1/a', { headers: { authorization: 'Bearer hunter2' } });
    const { logger, sink } = memoryLogger();
    const { message, fields } = readPrinted([`got ${placeholder}`, request], undefined);
    logger.info(message, fields);

    expect(sink.lines.join()).not.toContain('hunter2');
    expect(sink.lines.join()).toContain('127.0.0.1/a');
  });

  test.each(['%o', '%O', ''])('shows no header of a client that is a function: %p', (placeholder) => {
    const headers = { authorization: 'Bearer hunter2' };
    const client = Object.assign(function axios() {}, { timeout: 5, defaults: { headers } });
    const { logger, sink } = memoryLogger();
    const { message, fields } = readPrinted([`got ${placeholder}`, client], undefined);
    logger.info(message, fields);

    expect(message).toContain('[Function: axios]');
    expect(sink.lines.join()).not.toContain('hunter2');
    expect(sink.lines.join()).toContain('"timeout":5');
  });

  test('of a function shows what Node shows, in a template and without one', () => {
    class Order {
      readonly id = 1;
    }
    const all = [Order, (): number => 5];

    expect(readPrinted(all, undefined).message).toBe(format(...all));
    for (const each of ['%s', '%o', '%O', '%j', '%d'])
      expect(readPrinted([`a ${each}`, Order], undefined).message).toBe(format(`a ${each}`, Order));
  });

  test('whose values cannot be read says so', () => {
    const hostile = {
      get id(): never {
        throw new Error('no id');
      },
    };

    expect(readPrinted(['%j', hostile], undefined).message).toContain('[unreadable: no id]');
  });
});
