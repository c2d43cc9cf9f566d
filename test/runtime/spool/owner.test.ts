import { thisOwner, type Owner } from '../../../contract/owner.js';
import { ownerText, parseOwner } from '../../../runtime/spool/owner.js';

const here = thisOwner();

test('an owner reads as it was written', () => {
  expect(parseOwner(ownerText(here))).toEqual(here);
  expect(parseOwner('{"format":"fapilog-spool","version":1,"host":"api-1","pid":7,"startedAt":7}')).toEqual({
    host: 'api-1',
    pid: 7,
  });
});

test('an owner may be a thread, and what is no thread is left out', () => {
  const owner = { ...here, thread: { id: 8, startedAt: '9' } };
  const broken = { ...here, thread: { id: '8', startedAt: '9' } } as unknown as Owner;

  expect(parseOwner(ownerText(owner))).toEqual(owner);
  expect(parseOwner(ownerText(broken))).toEqual(here);
});

const format = 'fapilog-spool';

test.each([
  ['', 'it does not say that it is of a spool'],
  ['{', 'it does not say that it is of a spool'],
  ['null', 'it does not say that it is of a spool'],
  ['[]', 'it does not say that it is of a spool'],
  ['{"host":"api-1","pid":7}', 'it does not say that it is of a spool'],
  [JSON.stringify({ format, host: 'a', pid: 7 }), 'it is of version undefined, and this one knows 1 only'],
  [
    JSON.stringify({ format, version: 2, host: 'a', pid: 7 }),
    'it is of version 2, and this one knows 1 only',
  ],
  [JSON.stringify({ format, version: 1, pid: 7 }), 'it names no owner'],
  [JSON.stringify({ format, version: 1, host: 'a', pid: '7' }), 'it names no owner'],
])('%p is no owner', (mark, why) => {
  expect(parseOwner(mark)).toBe(why);
});
