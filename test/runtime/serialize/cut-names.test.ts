import { cutNames } from '../../../runtime/serialize/cut-names.js';
import { Measured } from '../../../runtime/serialize/measured.js';
import { sharesOf } from '../../../runtime/serialize/shrunk-value.js';
import { nested } from '../../support/hostile.js';

function namesIn(members: object, room: number): string[] {
  const measured = new Measured(members);
  return cutNames(measured, sharesOf(measured, room));
}

const long = 'x'.repeat(500);

test('what fits has no names', () => {
  expect(namesIn({ a: long, b: { c: long } }, 2_000)).toEqual([]);
});

test('two levels are named, and what is deeper or in an array by the member that it is in', () => {
  const members = {
    text: long,
    small: 1,
    rows: [{ a: long }],
    user: { id: 7, note: long, deeper: { b: long } },
  };
  expect(namesIn(members, 600)).toEqual(['text', 'rows', 'user.note', 'user.deeper']);
});

test('members that leave are named', () => {
  const many = Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`key${index}`, index]));
  expect(namesIn(many, 72)).toEqual(['key8', 'key9']);
});

test('so is what is nested too deeply', () => {
  expect(namesIn({ a: nested(200), b: 1 }, 100_000)).toEqual(['a']);
});
