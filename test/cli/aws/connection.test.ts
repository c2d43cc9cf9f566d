import { Command, CommanderError } from 'commander';
import { connect, type ConnectionOptions, withConnectionOptions } from '../../../cli/aws/connection.js';
import { Failure } from '../../../cli/failure.js';
import { folderWith } from '../../support/folder.js';
import { withCleanEnvironment } from '../../support/environment.js';

withCleanEnvironment();

/** What the options of a command line mean. */
function options(...args: readonly string[]): ConnectionOptions {
  const command = withConnectionOptions(new Command('x'))
    .exitOverride()
    .configureOutput({ writeErr() {} });
  return command.parse(args, { from: 'user' }).opts<ConnectionOptions>();
}

const NOWHERE = { HOME: '/nonexistent' };

const files = {
  '.aws/config': '[default]\nregion = eu-west-1\n[profile work]\nregion = eu-central-1\n[sso-session corp]\n',
  '.aws/credentials': '[old]\naws_access_key_id = AKIA\n',
};

test.each([
  [[], { AWS_REGION: 'us-west-2' }, 'us-west-2'],
  [['--region', 'sa-east-1'], { AWS_REGION: 'us-west-2' }, 'sa-east-1'],
  [[], {}, 'eu-west-1'],
  [['--profile', 'work'], {}, 'eu-central-1'],
] as const)('the Region of %j and %j', async (args, env, expected) => {
  const { client, region } = await connect(options(...args), { HOME: folderWith(files), ...env });

  expect([region, await client.config.region()]).toEqual([expected, expected]);
});

test.each([
  [{}, 'There is no Region. Give --region us-east-1, or set AWS_REGION.'],
  [{ AWS_REGION: 'us-east-1a' }, /^The Region "us-east-1a" of the environment .*did you mean us-east-1\?$/],
])('no usable Region in %j', async (env, message) => {
  await expect(connect({}, { ...NOWHERE, ...env })).rejects.toThrow(message);
});

test('a profile that does not exist is named, with those that do', async () => {
  const failed = connect(options('--profile', 'wrok', '--region', 'us-east-1'), { HOME: folderWith(files) });

  await expect(failed).rejects.toThrow(Failure);
  await expect(failed).rejects.toThrow(
    'There is no profile wrok in the files of the AWS tools. There is old, default, work.',
  );
});

test('a profile counts before keys in variables', async () => {
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'AKIA', AWS_SECRET_ACCESS_KEY: 'x' });

  await connect(options('--profile', 'work'), { HOME: folderWith(files) });

  const { AWS_PROFILE, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY } = process.env;
  expect([AWS_PROFILE, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY]).toEqual(['work', undefined, undefined]);
});

test.each([
  [['--endpoint-url', 'http://127.0.0.1:1'], {}, 'http://127.0.0.1:1'],
  [
    ['--endpoint-url', 'http://127.0.0.1:1'],
    { AWS_ENDPOINT_URL: 'http://127.0.0.1:2' },
    'http://127.0.0.1:1',
  ],
  [
    [],
    { AWS_ENDPOINT_URL: 'http://127.0.0.1:2', AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: 'http://127.0.0.1:3' },
    'http://127.0.0.1:3',
  ],
  [[], { AWS_ENDPOINT_URL: 'http://127.0.0.1:2' }, 'http://127.0.0.1:2'],
  [[], { AWS_ENDPOINT_URL: 'http://127.0.0.1:2', AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true' }, undefined],
  [[], {}, undefined],
] as const)('the endpoint of %j and %j', async (args, env, expected) => {
  const { endpointUrl, client } = await connect(options(...args), { AWS_REGION: 'us-east-1', ...env });

  expect(endpointUrl).toBe(expected);
  expect(client.config.disableHostPrefix).toBe(expected !== undefined);
});

test.each([
  ['--region', 'us_east_1', /the name of an AWS Region, such as us-west-2; did you mean us-east-1\?/],
  ['--endpoint-url', 'localhost:4588', /Allowed: a URL such as http:\/\/127\.0\.0\.1:4588\./],
])('%s %s is refused', (option, value, message) => {
  expect(() => options(option, value)).toThrow(CommanderError);
  expect(() => options(option, value)).toThrow(message);
});

test('a variable that is no URL is named, without a login', async () => {
  const env = { AWS_REGION: 'us-east-1', AWS_ENDPOINT_URL: 'http://user:sesame@[bad/', HOME: '/nonexistent' };

  await expect(connect({}, env)).rejects.toThrow(
    new Failure('AWS_ENDPOINT_URL is "http://***@[bad/"; allowed: a URL such as http://127.0.0.1:4588.'),
  );
});
