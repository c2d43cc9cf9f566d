import {
  CloudWatchLogs,
  paginateDescribeLogGroups,
  paginateDescribeLogStreams,
  paginateFilterLogEvents,
  paginateGetLogEvents,
} from '@aws-sdk/client-cloudwatch-logs';
import { startLocalCloudWatchLogs } from '../../../local/index.js';

const GROUP = '/myapp/production';
const TARGET = { logGroupName: GROUP, logStreamName: 'api-1' };

test('the JavaScript SDK reads, page by page, what it wrote', async () => {
  const server = await startLocalCloudWatchLogs();
  const credentials = { accessKeyId: 'testing', secretAccessKey: 'testing' };
  const client = new CloudWatchLogs({ endpoint: server.endpoint, region: 'us-east-1', credentials });
  const messages = Array.from({ length: 25 }, (_, index) => `line ${index}`);

  await client.createLogGroup({ logGroupName: GROUP });
  await client.createLogGroup({ logGroupName: `${GROUP}-2` });
  for (const logStreamName of ['api-1', 'api-2']) await client.createLogStream({ ...TARGET, logStreamName });
  const now = Date.now();
  const logEvents = messages.map((message, index) => ({ timestamp: now + index, message }));
  await client.putLogEvents({ ...TARGET, logEvents });

  const pages = { client, pageSize: 10 };
  const groups = paginateDescribeLogGroups({ client, pageSize: 1 }, { logGroupNamePrefix: GROUP });
  const streams = paginateDescribeLogStreams({ client, pageSize: 1 }, { logGroupName: GROUP });
  const found = paginateFilterLogEvents(pages, { logGroupName: GROUP });
  const got = paginateGetLogEvents({ ...pages, stopOnSameToken: true }, { ...TARGET, startFromHead: true });
  expect({
    groups: await all(groups, ({ logGroups = [] }) => logGroups.map(({ logGroupName }) => logGroupName)),
    streams: await all(streams, ({ logStreams = [] }) =>
      logStreams.map(({ logStreamName }) => logStreamName),
    ),
    found: await all(found, ({ events = [] }) => events.map(({ message }) => message)),
    got: await all(got, ({ events = [] }) => events.map(({ message }) => message)),
  }).toEqual({
    groups: [GROUP, `${GROUP}-2`],
    streams: ['api-1', 'api-2'],
    found: messages,
    got: messages,
  });
  client.destroy();
  await server.close();
});

async function all<Page, Item>(pages: AsyncIterable<Page>, itemsOf: (page: Page) => Item[]): Promise<Item[]> {
  const items: Item[] = [];
  for await (const page of pages) items.push(...itemsOf(page));
  return items;
}
