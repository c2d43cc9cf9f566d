import { App, Stack } from 'aws-cdk-lib';
import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { CloudWatchSink, getLogger, Settings } from 'fapilog-cloudwatch';
import { CloudWatchLogging } from 'fapilog-cloudwatch/cdk';
import {
  type LocalCloudWatchLogs,
  provisionLogGroups,
  resolveTemplate,
  startLocalCloudWatchLogs,
} from 'fapilog-cloudwatch/testing';

const GROUP = '/myapp/production';
const REGION = 'eu-central-1';

let server: LocalCloudWatchLogs;
let client: CloudWatchLogs;
const original = { ...process.env };

beforeEach(async () => {
  server = await startLocalCloudWatchLogs();
  process.env = { ...original, AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' };
  client = new CloudWatchLogs({ endpoint: server.endpoint, region: REGION });
});

afterEach(async () => {
  process.env = original;
  client.destroy();
  await server.close();
});

/** What a stack with alarms deploys. */
function template(): unknown {
  const app = new App();
  const stack = new Stack(app, 'Shop', { env: { account: '123456789012', region: REGION } });
  new CloudWatchLogging(stack, 'Logging', { logGroupName: GROUP }).addAlarms('Alarms');
  return app.synth().getStackByName('Shop').template as unknown;
}

test('the metric filters that the construct deploys count the lines that the sink writes', async () => {
  await provisionLogGroups(client, resolveTemplate(template(), { region: REGION, stackName: 'Shop' }));
  const { metricFilters = [] } = await client.describeMetricFilters({ logGroupName: GROUP });
  expect(metricFilters.length).toBeGreaterThan(0);

  const options = {
    logGroupName: GROUP,
    logStreamName: 'api',
    region: REGION,
    endpointUrl: server.endpoint,
    createLogGroup: false,
  };
  const logger = getLogger({ settings: new Settings(), sinks: [new CloudWatchSink(options)] });
  logger.info('paid');
  logger.warn('"level":"error" is text here');
  logger.error('not paid', new Error('card'));
  logger.fatal('gone');
  await logger.close({ deadlineMs: 5_000 });

  const errors = server.filters.find(({ filterPattern }) => filterPattern.includes('"fatal"'));
  expect(errors).toMatchObject({ logGroupName: GROUP, region: REGION, kind: 'metric', matches: 2 });
  expect(server.filters).toHaveLength(metricFilters.length);
  const others = server.filters.filter(
    (filter) => filter !== errors && filter.filterName !== errors?.filterName,
  );
  expect(others.map(({ matches }) => matches)).toEqual(others.map(() => 0));
});
