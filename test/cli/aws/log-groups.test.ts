import { findLogGroups } from '../../../cli/aws/log-groups.js';
import type { Connection } from '../../../cli/aws/connection.js';
import { type Stage, startEmpty, stopAll } from '../../local/harness.js';

afterEach(stopAll);

async function stageWith(...names: readonly string[]): Promise<Stage & { connection: Connection }> {
  const stage = await startEmpty();
  for (const logGroupName of names) await stage.client.createLogGroup({ logGroupName });
  const { client, service } = stage;
  const connection = { client, region: 'us-east-1', endpointUrl: service.endpoint, now: Date.now };
  return Object.assign(stage, { connection });
}

async function namesFor(connection: Connection, ...names: readonly string[]): Promise<string[]> {
  return (await findLogGroups(connection, names)).map(({ name }) => name);
}

const ARN = 'arn:aws:logs:us-east-1:123456789012:log-group:/myapp/api';

test('a name is one log group, a prefix all that begin so, and none comes twice', async () => {
  const { connection } = await stageWith('/myapp/api', '/myapp/api-2', '/other');

  expect(await findLogGroups(connection, ['/myapp/api'])).toEqual([
    { name: '/myapp/api', arn: ARN, logGroupClass: 'STANDARD' },
  ]);
  expect(await namesFor(connection, '/myapp/*', '/myapp/api')).toEqual(['/myapp/api', '/myapp/api-2']);
  expect(await namesFor(connection, '*')).toEqual(['/myapp/api', '/myapp/api-2', '/other']);
});

test('a prefix has more log groups than a page', async () => {
  const names = Array.from({ length: 51 }, (_, index) => `/many/${String(index).padStart(2, '0')}`);
  const { connection } = await stageWith(...names);

  expect(await namesFor(connection, '/many/*')).toEqual(names);
});

test.each([
  ['/myapp/ap', 'There is no log group /myapp/ap in us-east-1 of HERE. There is /myapp/api.'],
  ['/myapp/prod', 'There is no log group /myapp/prod in us-east-1 of HERE. There is /myapp/api.'],
  [
    '/myap/*',
    'no log group whose name begins with /myap/ in us-east-1 of HERE. There is /myapp/api, /other.',
  ],
  ['my app', '"my app" cannot be the name of a log group. Allowed: letters, digits and . - _ / #'],
  ['', '"" cannot be the name of a log group.'],
  ['arn:aws:s3:::x', 'arn:aws:s3:::x is not the ARN of a log group, such as arn:aws:logs:'],
  [
    'arn:aws:logs:eu-west-1:123456789012:log-group:/myapp/api',
    '/myapp/api is in eu-west-1, but us-east-1 would be asked. Give --region eu-west-1.',
  ],
])('%s stands for none', async (name, message) => {
  const { connection, service } = await stageWith('/myapp/api', '/other');

  await expect(findLogGroups(connection, [name])).rejects.toThrow(message.replace('HERE', service.endpoint));
});

test('without any log group, the account or the Region may be another one', async () => {
  const { connection } = await stageWith();
  const ofService = { ...connection, endpointUrl: 'https://logs.us-east-1.amazonaws.com' };

  await expect(findLogGroups(ofService, ['/x'])).rejects.toThrow(
    'Is it in another Region (--region) or account (--profile)?',
  );
});

test('without any log group at a server on this machine, the program may have logged elsewhere', async () => {
  const { connection, service } = await stageWith();

  await expect(findLogGroups(connection, ['/x'])).rejects.toThrow(
    `There is no log group /x in us-east-1 of ${service.endpoint}. Nothing has been logged there yet; ` +
      'was the program started with the variables that fapilog-cloudwatch local prints?',
  );
});

test('who may not list log groups names the one that he may read', async () => {
  const { connection, service } = await stageWith('/myapp/api');
  service.inject({ kind: 'accessDenied', operation: 'DescribeLogGroups', times: 2 });

  expect(await findLogGroups(connection, ['/myapp/api'])).toEqual([{ name: '/myapp/api', arn: undefined }]);
  await expect(findLogGroups(connection, ['/myapp/*'])).rejects.toThrow(
    /^DescribeLogGroups in us-east-1: AccessDeniedException: .*"Action":"logs:DescribeLogGroups","Resource":"\*"/,
  );
});

test('an ARN needs no list, and may end as in policies', async () => {
  const { connection, service } = await stageWith();

  expect(await findLogGroups(connection, [ARN, `${ARN}:*`])).toEqual([{ name: '/myapp/api', arn: ARN }]);
  expect(service.calls).toEqual([]);
});
