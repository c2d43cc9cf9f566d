import { App, Stack } from 'aws-cdk-lib';
import type { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { CloudWatchSink, getLogger, Settings } from 'fapilog-cloudwatch';
import { CloudWatchLogging } from 'fapilog-cloudwatch/cdk';
import { provisionLogGroups, resolveTemplate } from '../../../local/index.js';
import { GROUP, type Stage, startEmpty, stopAll } from '../harness.js';

const REGION = 'us-east-1';
const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';

type Row = Readonly<Record<string, string | undefined>>;

let stage: Stage;
let widgetQuery: string;
const original = { ...process.env };

beforeAll(async () => {
  process.env = { ...original, AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' };
  stage = await startEmpty({ clock: Date.now });
  const app = new App();
  const stack = new Stack(app, 'Shop', { env: { account: '123456789012', region: REGION } });
  const logging = new CloudWatchLogging(stack, 'Logging', { logGroupName: GROUP });
  logging.addQueries({ folder: 'shop' });
  widgetQuery = queryOf(logging.createWidgets().flatMap((widget) => widget.toJson() as Widget[]));
  const template = app.synth().getStackByName('Shop').template as unknown;
  await provisionLogGroups(stage.client, resolveTemplate(template, { region: REGION, stackName: 'Shop' }));
  await log();
});
afterAll(async () => {
  process.env = original;
  await stopAll();
});

interface Widget {
  readonly properties: { readonly query?: string };
}

/** As a dashboard has it, without the log group that it asks. */
function queryOf(widgets: readonly Widget[]): string {
  const query = widgets.find(({ properties }) => properties.query !== undefined)!.properties.query!;
  const [, behind] = /^SOURCE '[^']+' \| (.*)$/s.exec(query)!;
  return behind!;
}

/** Lines of a shop: errors of two kinds, requests of some duration, a trace, and an event that was too long. */
async function log(): Promise<void> {
  const { endpoint } = stage.service;
  const sink = new CloudWatchSink({
    logGroupName: GROUP,
    logStreamName: 'api',
    region: REGION,
    endpointUrl: endpoint,
    createLogGroup: false,
    oversizeAction: 'drop',
    env: {},
  });
  const logger = getLogger({ settings: new Settings(), sinks: [sink] });
  const shop = { service: 'shop' };
  logger.info('ready', shop);
  logger.error('not paid', { ...shop, traceId: TRACE, requestId: 'r-1' }, new TypeError('no card'));
  logger.fatal('not paid either', shop, new TypeError('no card at all'));
  logger.error('not sent', { service: 'mail' }, new RangeError('too far'));
  for (const durationMs of [5, 100, 30]) logger.info(`request of ${durationMs} ms`, { ...shop, durationMs });
  logger.info('in the trace', { ...shop, traceId: TRACE });
  logger.info('x'.repeat(1_100_000));
  await logger.close({ deadlineMs: 5_000 });
}

async function saved(client: CloudWatchLogs, name: string): Promise<string> {
  const { queryDefinitions = [] } = await client.describeQueryDefinitions({
    queryDefinitionNamePrefix: name,
  });
  expect(queryDefinitions).toEqual([expect.objectContaining({ name, logGroupNames: [GROUP] })]);
  return queryDefinitions[0]!.queryString!;
}

/** The rows, without the pointers to their events. */
async function rowsOf(queryString: string): Promise<Row[]> {
  const { client } = stage;
  const nowS = Date.now() / 1_000;
  const span = { startTime: Math.floor(nowS) - 600, endTime: Math.ceil(nowS) };
  const { queryId } = await client.startQuery({ logGroupName: GROUP, queryString, ...span });
  for (;;) {
    const { status, results = [] } = await client.getQueryResults({ queryId });
    if (status !== 'Scheduled' && status !== 'Running') {
      expect(status).toBe('Complete');
      return results.map((row) =>
        Object.fromEntries(
          row.filter(({ field }) => field !== '@ptr').map(({ field, value }) => [field!, value]),
        ),
      );
    }
  }
}

const ERRORS = [
  { serviceName: 'shop', errorType: 'TypeError', errors: '2', lastMessage: 'not paid either' },
  { serviceName: 'mail', errorType: 'RangeError', errors: '1', lastMessage: 'not sent' },
];

test('errors by service', async () => {
  expect(await rowsOf(await saved(stage.client, 'shop/Errors by service'))).toEqual(ERRORS);
});

test('the widget of a dashboard shows the same', async () => {
  expect(await rowsOf(widgetQuery)).toEqual(ERRORS);
});

test('slowest requests', async () => {
  const rows = await rowsOf(await saved(stage.client, 'shop/Slowest requests'));
  expect(rows.map(({ milliseconds, serviceName, text }) => [milliseconds, serviceName, text])).toEqual([
    ['100', 'shop', 'request of 100 ms'],
    ['30', 'shop', 'request of 30 ms'],
    ['5', 'shop', 'request of 5 ms'],
  ]);
});

test('one trace, once its id is put in', async () => {
  const query = await saved(stage.client, 'shop/One trace');
  expect(await rowsOf(query)).toEqual([]);
  const rows = await rowsOf(query.replace('put the trace id here', TRACE));
  expect(rows.map(({ severity, text, request, errorText }) => [severity, text, request, errorText])).toEqual([
    ['error', 'not paid', 'r-1', 'no card'],
    ['info', 'in the trace', undefined, undefined],
  ]);
  expect(rows[0]!['errorStack']).toContain('TypeError: no card');
});

test('dropped events by reason', async () => {
  const [row, ...others] = await rowsOf(await saved(stage.client, 'shop/Dropped events by reason'));
  expect(others).toEqual([]);
  expect(row).toMatchObject({ reason: 'tooLarge', '@logStream': 'api', dropped: '1' });
  expect(row!['first']).toMatch(/^\d{4}-\d\d-\d\d/);
});
