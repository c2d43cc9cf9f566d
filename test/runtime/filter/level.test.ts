import { LEVELS } from '../../../contract/levels.js';
import { levelFilter } from '../../../runtime/filter/level.js';
import { FilterFixture, filterSettings } from './fixture.js';

test('lets its level and those above through, unchanged', () => {
  const filter = levelFilter(filterSettings('level', { minLevel: 'warn' }));
  const records = LEVELS.map((level) => new FilterFixture().record({}, level));

  expect(records.map((record) => filter.apply(record))).toEqual([
    undefined,
    undefined,
    undefined,
    ...records.slice(3),
  ]);
  expect(filter.apply(records[3]!)).toBe(records[3]);
});

test('lets everything through by default', () => {
  const filter = levelFilter(filterSettings('level', {}));

  expect(LEVELS.filter((level) => filter.apply(new FilterFixture().record({}, level)))).toEqual(LEVELS);
});

test('lets nothing through that is to be silent', () => {
  const filter = levelFilter(filterSettings('level', { minLevel: 'silent' }));

  expect(LEVELS.filter((level) => filter.apply(new FilterFixture().record({}, level)))).toEqual([]);
});
