import * as fc from 'fast-check';
import { nearest } from '../../contract/nearest.js';
import { cloudWatchSettings } from '../../contract/settings/cloudwatch.js';

const keys = Object.keys(cloudWatchSettings);

test('a word that is a candidate means itself, in any case', () => {
  fc.assert(
    fc.property(fc.constantFrom(...keys), (key) => {
      expect(nearest(key, keys)).toBe(key);
      expect(nearest(key.toUpperCase(), keys)).toBe(key);
    }),
  );
});

test('a setting with one slip is recognized', () => {
  const slips = keys.flatMap((key) =>
    key.split('').flatMap((_, at) => [
      [key.slice(0, at) + key.slice(at + 1), key],
      [`${key.slice(0, at)}x${key.slice(at)}`, key],
      [`${key.slice(0, at)}x${key.slice(at + 1)}`, key],
    ]),
  );

  expect(slips.map(([slip]) => nearest(slip!, keys))).toEqual(slips.map(([, key]) => key));
});

test.each([
  ['abcd', 'abcd'],
  ['abcx', 'abcd'],
  ['abxx', undefined],
  ['abcdxx', 'abcd'],
  ['name', undefined],
])('one slip is forgiven in a word of four letters, two in a longer one: %s means %p', (word, expected) => {
  expect(nearest(word, ['abcd', 'rate'])).toBe(expected);
});

test.each([
  ['logGroup', 'logGroupName'],
  ['LOGGROUP', 'logGroupName'],
  ['logStream', 'logStreamName'],
  ['retention', 'retentionInDays'],
  ['endpoint', 'endpointUrl'],
  ['spool', 'spoolDir'],
  ['log', undefined],
  ['create', undefined],
])('the beginning of a name means the shortest that begins so: %s means %p', (word, expected) => {
  expect(nearest(word, keys)).toBe(expected);
});

test.each([
  ['abcdefghijxx', 'abcdefghijkl'],
  ['abcdefghxxxx', 'abcdefghijkl'],
  ['abcdefgxxxxx', undefined],
])('a third of a long word is forgiven: %s means %p', (word, expected) => {
  expect(nearest(word, ['abcdefghijkl'])).toBe(expected);
});

test('the nearest of several is meant, whatever their order', () => {
  expect(nearest('batch_siz', ['batch_sizes', 'batch_size'])).toBe('batch_size');
  expect(nearest('batch_siz', ['batch_size', 'batch_sizes'])).toBe('batch_size');
});

test('nothing is meant where there is nothing, or nothing near', () => {
  expect(nearest('region', [])).toBeUndefined();
  expect(nearest('colour', keys)).toBeUndefined();
});
