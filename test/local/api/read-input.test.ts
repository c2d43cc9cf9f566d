import { readInput } from '../../../local/api/read-input.js';

const USE = { honours: ['logGroupTags', 'limit'] };

test('leaves out null, and what the API does not have, at every depth', () => {
  const body = {
    logGroupTags: [{ key: 'a', values: null, other: 1 }, { key: 'b' }],
    limit: null,
    other: [1],
  };
  const before = structuredClone(body);

  expect(readInput('ListLogGroups', body, USE)).toStrictEqual({ logGroupTags: [{ key: 'a' }, { key: 'b' }] });
  expect(body).toEqual(before);
});

test('takes what it need not change as it is', () => {
  const [first, second] = [{ key: 'a' }, { key: 'b', other: 1 }];
  const { logGroupTags = [] } = readInput('ListLogGroups', { logGroupTags: [first, second] }, USE);

  expect(logGroupTags[0]).toBe(first);
  expect(logGroupTags[1]).toStrictEqual({ key: 'b' });
});

test('shows each of several violations with its place', () => {
  const tags = Array.from({ length: 5 }, (_, index) => (index < 2 ? { key: 'a' } : { key: '' }));
  expect(() => readInput('ListLogGroups', { logGroupTags: tags, limit: 0 }, USE)).toThrow(
    /^4 validation errors detected: .* at 'logGroupTags\.3\.member\.key' .* at 'logGroupTags\.5\.member\.key' /,
  );
});

test('refuses a number that is more than a double can be', () => {
  const body = JSON.parse('{"metricTransformations":[{"defaultValue":1e400}]}') as object;
  expect(() => readInput('PutMetricFilter', { ...body }, { honours: ['metricTransformations'] })).toThrow(
    'NUMBER_VALUE can not be converted to Double',
  );
});
