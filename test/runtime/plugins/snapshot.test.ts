import * as fc from 'fast-check';
import { LEVELS } from '../../../contract/levels.js';
import type { LogRecord } from '../../../runtime/log-record.js';
import { snapshot } from '../../../runtime/plugins/snapshot.js';
import { formatLine } from '../../../runtime/serialize/line.js';
import { hostileValues, refusing, revoked } from '../../support/hostile.js';
import { record } from './fixture.js';
import { codePoint } from '../../support/code-point.js';

const keys = fc.oneof(fc.string(), fc.constantFrom('__proto__', 'level', 'toJSON', 'err'));
const values = fc.oneof(
  fc.jsonValue(),
  fc.date(),
  fc.bigInt(),
  fc.string().map((message) => new Error(message)),
  fc.constantFrom(undefined, () => 1, Number.NaN),
);

const records: fc.Arbitrary<LogRecord> = fc.record({
  timeMs: fc.nat(),
  level: fc.constantFrom(...LEVELS),
  message: fc.string({ unit: codePoint }),
  fields: fc.array(fc.dictionary(keys, values), { maxLength: 3 }),
});

test('a snapshot has the line of its record', () => {
  fc.assert(
    fc.property(records, (logged) => {
      expect(formatLine(snapshot(logged).record)).toBe(formatLine(logged));
    }),
  );
});

test('what changes after the call is not in it', () => {
  const user = { name: 'a', roles: ['reader'] };
  const fields: Record<string, unknown> = { user, count: 1 };
  const held = snapshot({ ...record, fields: [fields] });

  user.name = 'b';
  user.roles.push('admin');
  fields['count'] = 2;

  expect(held.record.fields).toEqual([{ user: { name: 'a', roles: ['reader'] }, count: 1 }]);
});

test('an error is one of its class, as it was', () => {
  class Declined extends TypeError {
    readonly #reason = 'limit';
    readonly deep = { attempts: 1 };
    toJSON(): object {
      return { reason: this.#reason, deep: this.deep };
    }
  }
  const error = new Declined('no', { cause: new Error('root') });
  const line = formatLine({ ...record, fields: [{ error }] });
  const { record: held } = snapshot({ ...record, fields: [{ error }] });
  error.message = 'changed';
  error.deep.attempts = 2;

  expect(held.fields[0]?.['error']).toBeInstanceOf(Declined);
  expect(held.fields[0]?.['error']).toMatchObject({ message: 'no', deep: { attempts: 1 } });
  expect(formatLine(held)).toBe(line);
});

test('its characters are those of message, names and texts, and four for each value', () => {
  const { characters } = snapshot({ ...record, message: '12345', fields: [{ ab: 'xyz', c: [1, 2] }] });

  // Text, list and two numbers are values; each counts as four more.
  expect(characters).toBe('12345'.length + 'ab'.length + 'xyz'.length + 'c'.length + 4 * 4);
});

test.each(hostileValues)('%s is copied, and costs its neighbours nothing', (_, make) => {
  const { record: held } = snapshot({ ...record, fields: [{ a: make(), b: 1 }] });

  expect(held.fields[0]?.['b']).toBe(1);
  expect(JSON.parse(formatLine(held))).toMatchObject({ message: 'hi', b: 1 });
});

test.each([
  ['a proxy that throws', refusing, 'no'],
  ['a proxy that is revoked', revoked, "Cannot perform 'IsArray' on a proxy that has been revoked"],
])('%s is marked', (_, make, reason) => {
  const { fields } = snapshot({ ...record, fields: [make() as never, { b: 1 }] }).record;

  expect(fields).toEqual([{ value: `[unreadable: ${reason}]` }, { b: 1 }]);
});
