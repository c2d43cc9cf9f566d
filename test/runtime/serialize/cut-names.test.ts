import { cutNames } from '../../../runtime/serialize/cut-names.js';

const rows = [{ a: 1 }];
const members = { text: 'x', rows, user: { id: 7, note: 'n', deeper: { b: 1, rows } } };

test.each([
  [{ ...members }, []],
  [{ ...members, user: { id: 7, note: 'n', deeper: { b: 1, rows } } }, []],
  [{ ...members, text: '…', rows: [...rows] }, ['text', 'rows']],
  [{ ...members, user: { ...members.user, note: '…' } }, ['user.note']],
  [{ ...members, user: { ...members.user, deeper: { b: 1, rows: [] } } }, ['user.deeper']],
  [{ text: 'x', user: { id: 7, '[cut]': '2 more members' } }, ['rows', 'user.note', 'user.deeper']],
  [{ text: 'x', rows, user: '…' }, ['user']],
])('%#: what is not as it was is named at two levels', (cut, names) => {
  expect(cutNames(members, cut)).toEqual(names);
});
