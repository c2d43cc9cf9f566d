import {
  type Caller,
  callerIn,
  callerVariables,
  divertingVariables,
  sinkVariables,
} from '../../../cli/local/caller.js';
import { folderWith } from '../../support/folder.js';

const nowhere = { HOME: '/nonexistent' };

describe('where a caller is', () => {
  test('without anything set: as the AWS tools would not know', () => {
    expect(callerIn(nowhere)).toEqual({
      region: 'us-east-1',
      accountId: '123456789012',
      hasCredentials: false,
    });
  });

  test('the stack, AWS_REGION, AWS_DEFAULT_REGION, the profile, in this order', () => {
    const HOME = folderWith({ '.aws/config': '[default]\nregion = eu-west-3\n' });
    const env = { HOME, AWS_REGION: 'eu-west-1', AWS_DEFAULT_REGION: 'eu-west-2' };

    expect(callerIn(env, { region: 'eu-central-1' }).region).toBe('eu-central-1');
    expect(callerIn(env).region).toBe('eu-west-1');
    expect(callerIn({ ...env, AWS_REGION: '' }).region).toBe('eu-west-2');
    expect(callerIn({ HOME }).region).toBe('eu-west-3');
  });

  test.each(['x; touch y', '$(id)', 'a b', '-', 'eu_west_1', "'"])(
    'a Region is a part of a host’s name, which %j is not: it is pasted into a shell',
    (region) => {
      expect(() => callerIn(nowhere, { region })).toThrow(`"${region}" is no Region, such as us-east-1.`);
      expect(() => callerIn({ ...nowhere, AWS_REGION: region })).toThrow('is no Region');
    },
  );

  test.each([
    'AWS_ACCESS_KEY_ID',
    'AWS_PROFILE',
    'AWS_WEB_IDENTITY_TOKEN_FILE',
    'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
    'AWS_CONTAINER_CREDENTIALS_FULL_URI',
  ])('%s is where credentials come from; blank, it is not', (name) => {
    expect(callerIn({ ...nowhere, [name]: 'x' }).hasCredentials).toBe(true);
    expect(callerIn({ ...nowhere, [name]: '' }).hasCredentials).toBe(false);
  });

  test('a key of twelve digits is its account; any other belongs to one account, whatever the stack says', () => {
    const place = { accountId: '210987654321' };

    expect(callerIn(nowhere, place).accountId).toBe('210987654321');
    expect(callerIn({ ...nowhere, AWS_ACCESS_KEY_ID: 'AKIA' }, place).accountId).toBe('123456789012');
    expect(callerIn({ ...nowhere, AWS_ACCESS_KEY_ID: '999999999999' }, place).accountId).toBe('999999999999');
  });
});

describe('what a caller needs', () => {
  const caller: Caller = { region: 'eu-central-1', accountId: '123456789012', hasCredentials: false };
  const endpoint = 'http://127.0.0.1:4588';
  const always = {
    AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: endpoint,
    AWS_REGION: 'eu-central-1',
    AWS_DEFAULT_REGION: 'eu-central-1',
    AWS_DISABLE_HOST_PREFIX_INJECTION: 'true',
  };

  test('keys where none are set', () => {
    expect(callerVariables(endpoint, caller)).toEqual({
      ...always,
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
    });
  });

  test('no keys where some are set', () => {
    expect(callerVariables(endpoint, { ...caller, hasCredentials: true })).toEqual(always);
  });

  test('a key that names the account of the stack', () => {
    const variables = callerVariables(endpoint, { ...caller, accountId: '210987654321' });

    expect(variables['AWS_ACCESS_KEY_ID']).toBe('210987654321');
  });
});

test('both variables of a setting of the sink', () => {
  expect(sinkVariables('REGION')).toEqual([
    'FAPILOG_CLOUDWATCH__REGION',
    'FAPILOG_SINK_CONFIG__CLOUDWATCH__REGION',
  ]);
});

test.each([
  [{ FAPILOG_CLOUDWATCH__ENDPOINT_URL: 'https://vpce' }, ['FAPILOG_CLOUDWATCH__ENDPOINT_URL']],
  [{ FAPILOG_SINK_CONFIG__CLOUDWATCH__ROLE_ARN: 'arn' }, ['FAPILOG_SINK_CONFIG__CLOUDWATCH__ROLE_ARN']],
  [{ AWS_USE_FIPS_ENDPOINT: 'true', AWS_USE_DUALSTACK_ENDPOINT: 'false' }, ['AWS_USE_FIPS_ENDPOINT']],
  [{ AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true' }, ['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS']],
  [{ FAPILOG_CLOUDWATCH__ENDPOINT_URL: '', AWS_ENDPOINT_URL: 'http://127.0.0.1:4566' }, []],
])('%j leads calls to AWS by %j', (env, names) => {
  expect(divertingVariables(env)).toEqual(names);
});
