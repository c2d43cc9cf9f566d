import { type FollowingOptions, followedGroups } from '../../../cli/tail/followed-groups.js';
import { startEmpty, stopAll } from '../../local/harness.js';
import { ManualClock } from '../../support/manual-clock.js';
import { poll } from '../../support/poll.js';

afterEach(stopAll);

async function stage() {
  const { client, service } = await startEmpty();
  await client.createLogGroup({ logGroupName: '/app/api' });
  await client.createLogGroup({ logGroupName: '/app/rare', logGroupClass: 'INFREQUENT_ACCESS' });
  const connection = { client, region: 'us-east-1', endpointUrl: service.endpoint, now: Date.now };
  const notices: string[] = [];
  const notice = (line: string): void => void notices.push(line);
  const clock = new ManualClock();
  const { signal } = new AbortController();
  const options: FollowingOptions = { connection, clock, signal, isEndless: true, notice };
  return { client, clock, notices, options };
}

async function followed(names: readonly string[]) {
  const { notices, options } = await stage();
  const groups = await followedGroups(names, options);
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

describe('a log group that is not there', () => {
  test('is waited for at a server on this machine, which is said once', async () => {
    const { client, clock, notices, options } = await stage();
    const following = followedGroups(['/app/late'], options);
    const look = async (): Promise<void> => {
      await poll('a wait', () => clock.waiting[0]);
      clock.advance(1_000);
    };
    await look();
    await look();
    await client.createLogGroup({ logGroupName: '/app/late' });
    await look();

    expect((await following).map(({ name }) => name)).toEqual(['/app/late']);
    expect(notices).toEqual([
      `There is no log group /app/late in us-east-1 of ${options.connection.endpointUrl}. There is /app/api, /app/rare. Waiting for it; Ctrl-C ends.`,
    ]);
  });

  test.each([
    ['at the service', { endpointUrl: 'https://logs.us-east-1.amazonaws.com', isEndless: true }],
    ['by a command that ends', { endpointUrl: 'http://127.0.0.1:4588', isEndless: false }],
  ])('is an error %s', async (_, { endpointUrl, isEndless }) => {
    const { options } = await stage();
    const connection = { ...options.connection, endpointUrl };
    await expect(followedGroups(['/app/late'], { ...options, connection, isEndless })).rejects.toThrow(
      'There is no log group /app/late',
    );
  });
});
