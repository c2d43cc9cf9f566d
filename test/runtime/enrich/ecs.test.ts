import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { appSettings } from '../../../contract/settings/app.js';
import { complete } from '../../../contract/settings/setting.js';
import { makeEnrichment, type Enrichment } from '../../../runtime/enrich/enrichment.js';
import { systemClock, type Clock } from '../../../runtime/io/clock.js';
import { root } from '../../support/imports.js';
import { ManualClock } from '../../support/manual-clock.js';

const TASK = 'arn:aws:ecs:us-west-2:111122223333:task/shop/158d1c8083dd49d6b527399fd6414f5c';
const IMAGE = '111122223333.dkr.ecr.us-west-2.amazonaws.com/api:1.2.3';

/** As the endpoint answers for a container, shortened. */
const container = {
  DockerId: 'ea32192c8553',
  Name: 'api',
  DockerName: 'ecs-api-24-api-cca48e8dcadd97805600',
  Image: IMAGE,
  Labels: {
    'com.amazonaws.ecs.cluster': 'arn:aws:ecs:us-west-2:111122223333:cluster/shop',
    'com.amazonaws.ecs.container-name': 'api',
    'com.amazonaws.ecs.task-arn': TASK,
    'com.amazonaws.ecs.task-definition-family': 'api',
  },
  KnownStatus: 'RUNNING',
};

const fields = { taskArn: TASK, cluster: 'shop', containerName: 'api', image: IMAGE };

const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** An endpoint that answers like this; its address, and the paths it was asked for. */
async function endpoint(
  answer: RequestListener,
): Promise<{ readonly uri: string; readonly paths: string[] }> {
  const paths: string[] = [];
  const server = createServer((request, response) => {
    paths.push(request.url!);
    answer(request, response);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { uri: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v4/ea32192c8553`, paths };
}

function enriched(
  uri: string,
  clock: Clock = systemClock,
): { readonly enrichment: Enrichment; readonly reports: string[] } {
  const reports: string[] = [];
  const report = (code: string, message: string): void => void reports.push(`${code}: ${message}`);
  const app = complete(appSettings, { service: 'api' });
  return {
    enrichment: makeEnrichment(app, true, { ECS_CONTAINER_METADATA_URI_V4: uri }, report, clock),
    reports,
  };
}

test('task and container are known once the endpoint has answered, after one request', async () => {
  // GIVEN
  const { uri, paths } = await endpoint((_, response) => void response.end(JSON.stringify(container)));
  const clock = new ManualClock();
  const { enrichment, reports } = enriched(uri, clock);
  const atOnce = enrichment.fields;

  // WHEN
  await enrichment.complete;

  // THEN
  expect(Object.keys(atOnce)).toEqual(['service', 'host', 'pid']);
  expect(enrichment.fields).toEqual({ ...atOnce, ...fields });
  expect({ paths, reports, timers: clock.waiting }).toEqual({
    paths: ['/v4/ea32192c8553'],
    reports: [],
    timers: [],
  });
});

test.each<[string, unknown, object]>([
  [
    'a cluster by its short name',
    { ...container, Labels: { 'com.amazonaws.ecs.cluster': 'shop' } },
    { cluster: 'shop', containerName: 'api', image: IMAGE },
  ],
  ['no labels', { Name: 'api' }, { containerName: 'api' }],
  ['other types', { Name: 1, Image: {}, Labels: { 'com.amazonaws.ecs.task-arn': null } }, {}],
])('%s', async (_, answer, expected) => {
  const { uri } = await endpoint((__, response) => void response.end(JSON.stringify(answer)));
  const { enrichment, reports } = enriched(uri);
  const atOnce = enrichment.fields;

  await enrichment.complete;

  expect(enrichment.fields).toEqual({ ...atOnce, ...expected });
  expect(reports).toEqual([]);
});

describe('without metadata the fields stay, and that is reported once', () => {
  test.each<[string, RequestListener, RegExp]>([
    ['an error of the endpoint', (_, response) => void response.writeHead(500).end('no'), /status 500$/],
    ['no JSON', (_, response) => void response.end('<html>'), /JSON/],
    ['null', (_, response) => void response.end('null'), /null/],
    ['a connection that breaks', (request) => void request.socket.destroy(), /socket hang up$/],
    [
      'more than metadata',
      (_, response) => void response.end('x'.repeat(300_000)),
      /more than 262144 characters$/,
    ],
  ])('%s', async (_, answer, message) => {
    const { uri } = await endpoint(answer);
    const { enrichment, reports } = enriched(uri);
    const atOnce = enrichment.fields;

    await enrichment.complete;

    expect(enrichment.fields).toBe(atOnce);
    expect(reports).toEqual([expect.stringMatching(/^enrichment: no metadata of the ECS task: /)]);
    expect(reports[0]).toMatch(message);
  });

  test.each(['not a URL', 'https://127.0.0.1:1/', 'http://127.0.0.1:1/'])('the address %j', async (uri) => {
    const { enrichment, reports } = enriched(uri);

    await enrichment.complete;

    expect(reports).toEqual([expect.stringMatching(/^enrichment: no metadata of the ECS task: /)]);
  });

  test.each<[string, RequestListener]>([
    ['no answer', () => undefined],
    ['half an answer', (_, response) => void response.writeHead(200).write('{')],
  ])('%s within a second', async (_, answer) => {
    // GIVEN
    let asked: () => void = () => undefined;
    const wasAsked = new Promise<void>((resolve) => (asked = resolve));
    const { uri } = await endpoint((request, response) => {
      answer(request, response);
      setTimeout(asked, 50);
    });
    const clock = new ManualClock();
    const { enrichment, reports } = enriched(uri, clock);
    await wasAsked;

    // WHEN
    expect([clock.waiting.length, clock.holdsProcess]).toEqual([1, false]);
    clock.advance(1_000);
    await enrichment.complete;

    // THEN
    expect(reports).toEqual(['enrichment: no metadata of the ECS task: no answer within 1000 ms']);
    expect(clock.waiting).toEqual([]);
  });

  test('a reporter that throws changes nothing', async () => {
    const refuse = (): never => {
      throw new Error('no');
    };
    const env = { ECS_CONTAINER_METADATA_URI_V4: 'not a URL' };

    await expect(
      makeEnrichment(complete(appSettings, {}), true, env, refuse).complete,
    ).resolves.toBeUndefined();
  });
});

test('a process does not wait for the endpoint', async () => {
  // GIVEN an endpoint that never answers, and a program that asks it
  const folder = mkdtempSync(join(tmpdir(), 'enrich-'));
  const { uri } = await endpoint(() => undefined);
  await build({
    stdin: {
      contents: `import { makeEnrichment } from './runtime/enrich/enrichment.ts';
        const { fields } = makeEnrichment({}, true, process.env, console.log);
        setTimeout(() => console.log(Object.keys(fields).join()), 200);`,
      resolveDir: root,
    },
    bundle: true,
    platform: 'node',
    outfile: join(folder, 'program.cjs'),
    logLevel: 'error',
  });

  // WHEN
  const env = { PATH: process.env['PATH'], ECS_CONTAINER_METADATA_URI_V4: uri };
  const { stdout } = await promisify(execFile)(process.execPath, [join(folder, 'program.cjs')], { env });
  rmSync(folder, { recursive: true });

  // THEN it ended before the time limit, which would have been reported
  expect(stdout).toBe('host,pid\n');
}, 20_000);
