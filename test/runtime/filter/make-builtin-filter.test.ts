import { FILTERS, type FilterName } from '../../../contract/built-in.js';
import type { Fields, LogRecord } from '../../../runtime/log-record.js';
import { makeBuiltinFilter } from '../../../runtime/filter/make-builtin-filter.js';
import { formatLine } from '../../../runtime/serialize/line.js';
import { Settings } from '../../../runtime/settings/settings.js';
import { hostileValues } from '../../support/hostile.js';
import { FilterFixture } from './fixture.js';

const names = Object.keys(FILTERS) as FilterName[];
const filterConfig = {
  level: { minLevel: 'warn' },
  rateLimit: { capacity: 1, keyField: 'a.b' },
  sampling: { rate: 0, keyField: 'a.b', alwaysLevel: 'fatal' },
  firstOccurrence: { keyField: 'a.b' },
  sizeGuard: { maxBytes: 100, action: 'drop' },
} as const;
const settings = new Settings({ filterConfig }, { env: {} });

test('each has its name', () => {
  expect(names.map((name) => makeBuiltinFilter(name, settings, new FilterFixture()).name)).toEqual(names);
});

test('each has its own settings', () => {
  const fixture = new FilterFixture();
  const record = { ...fixture.record({ a: { b: 'x' } }), message: 'm'.repeat(100) };
  const outcomes = names.map((name) => {
    const filter = makeBuiltinFilter(name, settings, fixture);
    return [filter.apply(record), filter.apply(record)].map((each) => each === record);
  });

  expect(outcomes).toEqual([
    [false, false],
    [true, false],
    [false, false],
    [true, false],
    [false, false],
  ]);
});

describe.each(names)('%s takes whatever a record holds', (name) => {
  const marking = new Settings(
    {
      filterConfig: {
        ...filterConfig,
        rateLimit: { keyField: 'a.b', overflowAction: 'mark' },
        sizeGuard: { maxBytes: 100 },
      },
    },
    { env: {} },
  );

  test.each(hostileValues)('%s', (_name, make) => {
    const places: readonly ((value: unknown) => unknown)[] = [
      (value) => value,
      (value) => ({ a: value }),
      (value) => ({ a: { b: value } }),
      (value) => ({ a: { b: { c: value } }, error: value }),
    ];
    for (const each of [settings, marking]) {
      const fixture = new FilterFixture();
      const filter = makeBuiltinFilter(name, each, fixture);
      for (const place of places) {
        const fields = place(make());
        const isFields = typeof fields === 'object' && fields !== null;
        const record: LogRecord = { ...fixture.record(), fields: isFields ? [fields as Fields] : [] };
        for (let time = 0; time < 3; time++) {
          const outcome = filter.apply(record);
          if (outcome) expect(() => JSON.parse(formatLine(outcome)) as unknown).not.toThrow();
        }
      }
      expect(() => filter.close?.()).not.toThrow();
    }
  });
});
