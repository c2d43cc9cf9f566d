import * as fc from 'fast-check';
import { isRegion, regionHint, regionOfEnvironment } from '../../contract/region.js';

test.each([
  'us-east-1',
  'local',
  'eu-central-2',
  'ap-southeast-7',
  'us-gov-west-1',
  'us-isob-east-1',
  'eu-isoe-west-1',
  'cn-northwest-1',
  'eusc-de-east-1',
  'mx-central-1',
  'xx-north-12',
  'fips-us-east-1',
  'us-east-1-fips',
])('%s is a Region, or could become one', (name) => {
  expect(isRegion(name)).toBe(true);
});

test.each([
  // Availability Zones, local zones, wavelength zones, and groups of them.
  ['eu-west-1a', 'eu-west-1'],
  ['us-gov-west-1b', 'us-gov-west-1'],
  ['ap-southeast-2c', 'ap-southeast-2'],
  ['us-west-2-lax-1a', 'us-west-2'],
  ['us-west-2-lax-1', 'us-west-2'],
  ['us-east-1-wl1-bos-wlz-1', 'us-east-1'],
  ['us-east-1-wl1', 'us-east-1'],
  // IDs of zones.
  ['use1-az1', 'us-east-1'],
  ['euw1-az3', 'eu-west-1'],
  ['apne1-az4', 'ap-northeast-1'],
  ['aps1-az1', 'ap-south-1'],
  ['cac1-az2', 'ca-central-1'],
  ['cnnw1-az1', 'cn-northwest-1'],
  ['usgw1-az1', 'us-gov-west-1'],
  ['usw2-lax1-az1', 'us-west-2'],
  // Other ways to write it.
  ['EU-WEST-1', 'eu-west-1'],
  ['Eu-West-1A', 'eu-west-1'],
  [' eu-west-1', 'eu-west-1'],
  ['eu-west-1 ', 'eu-west-1'],
  ['eu-west-1\n', 'eu-west-1'],
  ['eu_west_1', 'eu-west-1'],
  ['EU_WEST_1', 'eu-west-1'],
  ['eu west 1', 'eu-west-1'],
  ['eu.west.1', 'eu-west-1'],
  ['eu-west1', 'eu-west-1'],
  ['euwest1', 'eu-west-1'],
  ['apsoutheast2', 'ap-southeast-2'],
  ['usgovwest1', 'us-gov-west-1'],
  ['eu--west-1', 'eu-west-1'],
  ['logs.eu-west-1.amazonaws.com', 'eu-west-1'],
])('%j is none; it means %s', (given, meant) => {
  expect(isRegion(given)).toBe(false);
  expect(regionHint(given)).toBe(`; did you mean ${meant}?`);
});

test.each([['Frankfurt'], ['europe'], ['1'], ['eu-west'], ['aws-global'], [''], [7], [undefined], [null]])(
  '%j is none, and nobody knows what it means',
  (given) => {
    expect(isRegion(String(given))).toBe(false);
    expect(regionHint(given)).toBe('');
  },
);

test('whatever is meant is a Region', () => {
  fc.assert(
    fc.property(
      fc.stringMatching(/^[a-z]{2}([gG-]?[nsew]{1,2}[_ -]?|-[a-z]{4,9}-)\d(a|-az\d|-[a-z]{3}-1a)?$/),
      (text) => {
        const [, meant] = /did you mean (.*)\?$/.exec(regionHint(text)) ?? [];
        expect(meant === undefined || isRegion(meant)).toBe(true);
      },
    ),
  );
});

test.each([
  [{ AWS_REGION: 'us-east-1', AWS_DEFAULT_REGION: 'us-east-2' }, 'AWS_REGION', 'us-east-1'],
  [{ AWS_REGION: '', AWS_DEFAULT_REGION: 'us-east-2' }, 'AWS_DEFAULT_REGION', 'us-east-2'],
  [{ AWS_REGION: '  ', AWS_DEFAULT_REGION: 'us-east-2' }, 'AWS_DEFAULT_REGION', 'us-east-2'],
  [{ AWS_DEFAULT_REGION: 'us-east-2' }, 'AWS_DEFAULT_REGION', 'us-east-2'],
])('%p has its Region in %s', (env, variable, region) => {
  expect(regionOfEnvironment(env)).toEqual({ variable, region });
});

test('without a variable there is none', () => {
  expect(regionOfEnvironment({ AWS_REGION: ' ' })).toBeUndefined();
});
