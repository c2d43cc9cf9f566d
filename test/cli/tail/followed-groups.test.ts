import { followedGroups } from '../../../cli/tail/followed-groups.js';
import { startEmpty, stopAll } from '../../local/harness.js';

afterEach(stopAll);

async function followed(names: readonly string[]) {
  const { client, service } = await startEmpty();
  await client.createLogGroup({ logGroupName: '/app/api' });
  await client.createLogGroup({ logGroupName: '/app/rare', logGroupClass: 'INFREQUENT_ACCESS' });
  const connection = { client, region: 'us-east-1', endpointUrl: service.endpoint, now: Date.now };
  const notices: string[] = [];
  const groups = await followedGroups(connection, names, (line) => notices.push(line));
  return { names: groups.map(({ name }) => name), notices };
}

test('what the service does not tail is left out, and named', async () => {
  expect(await followed(['/app/*'])).toEqual({
    names: ['/app/api'],
    notices: [
      'not shown: /app/rare is of class INFREQUENT_ACCESS, which the service does not tail; fapilog-cloudwatch query can ask it',
    ],
  });
});

test('if nothing else is left, that is an error', async () => {
  await expect(followed(['/app/rare'])).rejects.toThrow(
    '/app/rare is of class INFREQUENT_ACCESS, which the service does not tail. Ask it by fapilog-cloudwatch query.',
  );
});

test('without a name, the error says how to name one', async () => {
  await expect(followed([])).rejects.toThrow('Name one, such as tail /myapp/production');
});
