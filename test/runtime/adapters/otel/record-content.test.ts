import * as fc from 'fast-check';
import { linesOf, toldOf, type AnyValue } from '../../../support/otel-stage.js';

describe('the body', () => {
  test.each<[string, AnyValue, object]>([
    ['a text is the message, as it stands', 'paid %s at 100%', { message: 'paid %s at 100%' }],
    ['a map is fields', { id: 7, total: { eur: 3 } }, { message: '', id: 7, total: { eur: 3 } }],
    ['a map with a message has it', { message: 'paid', id: 7 }, { message: 'paid', id: 7 }],
    ['a list is text', ['a', { b: 1 }], { message: '["a",{"b":1}]' }],
    ['a number is text', 0, { message: '0' }],
    ['a truth value is text', false, { message: 'false' }],
    ['bytes are base64', new Uint8Array(40).fill(255), { message: Buffer.alloc(40, 255).toString('base64') }],
    ['null is none', null, { message: '' }],
    ['none is an empty message', undefined, { message: '' }],
  ])('%s', (_, body, expected) => {
    expect(toldOf({ body })).toEqual({ level: 'info', ...expected });
  });

  test('of an event that has none is its name', () => {
    expect(toldOf({ eventName: 'user.login', attributes: { id: 7 } })).toEqual({
      level: 'info',
      message: 'user.login',
      eventName: 'user.login',
      id: 7,
    });
  });
});

describe('attributes', () => {
  test('are fields by their names, nested ones and bytes in them as well', () => {
    const attributes = { 'http.route': '/orders', deep: { list: [1, null, { raw: Buffer.from('hi') }] } };

    expect(toldOf({ body: 'x', attributes })).toEqual({
      level: 'info',
      message: 'x',
      'http.route': '/orders',
      deep: { list: [1, null, { raw: 'aGk=' }] },
    });
  });

  test('keep their names where a member of the body has it, too; both are kept', () => {
    expect(toldOf({ body: { id: 'of the body' }, attributes: { id: 'of the attributes' } })).toMatchObject({
      id: 'of the attributes',
      _id: 'of the body',
    });
  });

  test('that the SDK has dropped are counted', () => {
    const provider = { logRecordLimits: { attributeCountLimit: 1 } };

    expect(toldOf({ body: 'x', attributes: { a: 1, b: 2, c: 3 } }, { provider })).toMatchObject({
      a: 1,
      droppedAttributesCount: 2,
    });
  });

  test('whatever they are, the line has each of them, and the text of the body', () => {
    const names = fc.string({ minLength: 1 }).map((name) => `of.${name}`);
    // The SDK itself loses members named so when it copies attributes.
    const values = fc.jsonValue().filter((value) => !JSON.stringify(value).includes('__proto__'));
    const attributesOf = fc.dictionary(names, values, { maxKeys: 8 });
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), attributesOf, (body, attributes) => {
        const [line] = linesOf([{ body, attributes }]);

        expect(line).toMatchObject({ message: body });
        expect(line).toEqual(expect.objectContaining(JSON.parse(JSON.stringify(attributes)) as object));
      }),
    );
  });
});

describe('an exception', () => {
  const error = new RangeError('no stock');

  test('is the field error, as our own lines have it', () => {
    const expected = { type: 'RangeError', message: 'no stock', stack: error.stack };

    expect(toldOf({ body: 'failed', exception: error })).toEqual({
      level: 'info',
      message: 'failed',
      error: expected,
    });
    expect(toldOf({ exception: error })).toMatchObject({ message: 'no stock', error: expected });
  });

  test('leaves its name to an attribute that is named so, too', () => {
    expect(toldOf({ body: 'failed', exception: error, attributes: { error: true } })).toMatchObject({
      error: { type: 'RangeError' },
      _error: true,
    });
  });
});

test('the time at which a record was observed is kept where it is another one', () => {
  const [same, other] = linesOf([
    { body: 'x', timestamp: 1_900_000_000_000, observedTimestamp: 1_900_000_000_000 },
    { body: 'x', timestamp: 1_900_000_000_000, observedTimestamp: 1_900_000_001_500 },
  ]);

  expect(same).not.toHaveProperty('observedTimestamp');
  expect(other).toMatchObject({
    timestamp: '2030-03-17T17:46:40.000Z',
    observedTimestamp: '2030-03-17T17:46:41.500Z',
  });
});

test('values of ours leave their names to attributes', () => {
  const attributes = { severity: 'mine', eventName: 'mine', 'otel.scope.name': 'mine' };
  const [line] = linesOf([{ body: 'x', severityText: 'NOTICE', eventName: 'paid', attributes }]);

  expect(line).toMatchObject({
    ...attributes,
    _severity: 'NOTICE',
    _eventName: 'paid',
    '_otel.scope.name': 'shop',
  });
});
