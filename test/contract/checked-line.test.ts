import * as fc from 'fast-check';
import { checkedLine, LINE_FEED, restOf } from '../../contract/checked-line.js';

const line = (rest: string): Buffer => checkedLine(Buffer.from(rest));
const withoutEnd = (whole: Buffer): Buffer => whole.subarray(0, -1);

test('a line is its checksum, its rest and a line feed', () => {
  expect(line('123456789').toString()).toBe('cbf43926 123456789\n');
});

test('what is written is read', () => {
  const rest = fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\n'));
  fc.assert(fc.property(rest, (text) => restOf(withoutEnd(line(text))) === text));
});

test('a line that is cut, or in which a byte is another one, has no rest', () => {
  const whole = withoutEnd(line('{"op":"deleteLogGroup"}'));
  for (let index = 0; index < whole.length; index++) {
    expect(restOf(whole.subarray(0, index))).toBeUndefined();
    const altered = Buffer.from(whole);
    altered[index]! ^= 0x20;
    expect(restOf(altered)).toBeUndefined();
  }
});

test('a line that is not UTF-8 has no rest', () => {
  expect(restOf(withoutEnd(checkedLine(Buffer.from([0xff, 0xfe]))))).toBeUndefined();
  expect(line('a').at(-1)).toBe(LINE_FEED);
});
