import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { QueryDefinition } from '@aws-sdk/client-cloudwatch-logs';
import type { OperationContext } from '../../local/operations/operation.js';
import { putQueryDefinition } from '../../local/operations/put-query-definition.js';
import { Stores } from '../../local/store/stores.js';
import { GROUP, NOW_MS, refused, type Stage, startEmpty, stopAll } from './harness.js';

afterEach(stopAll);

const DEFINITION = { name: 'shop/Errors', queryString: 'filter level = "error"', logGroupNames: [GROUP] };
const TOKEN = 'f'.repeat(36);

async function shown({ client }: Stage, input = {}): Promise<QueryDefinition[]> {
  return (await client.describeQueryDefinitions(input)).queryDefinitions ?? [];
}

async function names(stage: Stage, input = {}): Promise<unknown> {
  return (await shown(stage, input)).map(({ name }) => name);
}

it('is put, shown, updated as a whole, and deleted', async () => {
  let nowMs = NOW_MS;
  const stage = await startEmpty({ clock: () => nowMs });
  const { client } = stage;
  const parameters = [{ name: 'level', defaultValue: 'error' }];
  const { queryDefinitionId } = await client.putQueryDefinition({ ...DEFINITION, parameters });
  expect(await shown(stage)).toEqual([
    { ...DEFINITION, parameters, queryDefinitionId, queryLanguage: 'CWLI', lastModified: NOW_MS },
  ]);

  nowMs += 1_000;
  const update = { queryDefinitionId, name: 'Errors', queryString: 'limit 1' };
  expect((await client.putQueryDefinition(update)).queryDefinitionId).toBe(queryDefinitionId);
  expect(await shown(stage)).toEqual([{ ...update, queryLanguage: 'CWLI', lastModified: nowMs }]);

  expect((await client.deleteQueryDefinition({ queryDefinitionId })).success).toBe(true);
  expect(await shown(stage)).toEqual([]);
});

it('that does not exist is neither updated nor deleted', async () => {
  const { client } = await startEmpty();
  const missing = {
    name: 'ResourceNotFoundException',
    message: 'The specified query definition does not exist.',
    status: 400,
  };
  expect(await refused(client.putQueryDefinition({ ...DEFINITION, queryDefinitionId: 'x' }))).toEqual(
    missing,
  );
  expect(await refused(client.deleteQueryDefinition({ queryDefinitionId: 'x' }))).toEqual(missing);
});

it('is made once by a call that is repeated with its token', async () => {
  const stage = await startEmpty();
  const first = await stage.client.putQueryDefinition({ ...DEFINITION, clientToken: TOKEN });
  const again = await stage.client.putQueryDefinition({ ...DEFINITION, clientToken: TOKEN });
  expect(again.queryDefinitionId).toBe(first.queryDefinitionId);
  await stage.client.putQueryDefinition(DEFINITION);

  expect(await names(stage)).toEqual(['shop/Errors', 'shop/Errors']);
});

it.each(['a:b', 'a*', '/a', 'a/', 'a//b'])('named %s is refused', async (name) => {
  const { client } = await startEmpty();
  expect(await refused(client.putQueryDefinition({ ...DEFINITION, name }))).toMatchObject({
    name: 'InvalidParameterException',
    message: expect.stringContaining(`got '${name}'`),
  });
});

it.each(['SQL', 'PPL'] as const)('in the language %s is refused by its name', async (queryLanguage) => {
  const stage = await startEmpty();
  expect(await refused(stage.client.putQueryDefinition({ ...DEFINITION, queryLanguage }))).toMatchObject({
    message: `This local server does not implement the queryLanguage ${queryLanguage}. It has: CWLI.`,
  });
  await stage.client.putQueryDefinition({ ...DEFINITION, queryLanguage: 'CWLI' });
  expect(await names(stage, { queryLanguage })).toEqual([]);
  expect(await names(stage, { queryLanguage: 'CWLI' })).toEqual(['shop/Errors']);
});

it('is found by the beginning of its name, a page at a time, in its Region', async () => {
  const stage = await startEmpty();
  for (const name of ['b/2', 'a/1', 'b/1']) await stage.client.putQueryDefinition({ ...DEFINITION, name });

  expect(await names(stage)).toEqual(['a/1', 'b/1', 'b/2']);
  expect(await names(stage, { queryDefinitionNamePrefix: 'b/' })).toEqual(['b/1', 'b/2']);
  const first = await stage.client.describeQueryDefinitions({ maxResults: 2 });
  expect(first.queryDefinitions).toHaveLength(2);
  expect(await names(stage, { nextToken: first.nextToken })).toEqual(['b/2']);
  const elsewhere = await stage.raw(
    'DescribeQueryDefinitions',
    {},
    { headers: { Authorization: authorizationIn('eu-central-1') } },
  );
  expect(elsewhere.body).toEqual({ queryDefinitions: [] });
});

function authorizationIn(region: string): string {
  const day = new Date().toISOString().slice(0, 10).replaceAll('-', '');
  return `AWS4-HMAC-SHA256 Credential=AKIDRAW/${day}/${region}/logs/aws4_request, SignedHeaders=host;x-amz-date, Signature=${'0'.repeat(64)}`;
}

it('comes a thousand times', () => {
  const store = new Stores().at({ accountId: '123456789012', region: 'us-east-1' });
  const put = (more = {}): object =>
    putQueryDefinition.answer({ ...DEFINITION, ...more }, { store, nowMs: NOW_MS } as OperationContext);
  let last = {};
  for (let count = 0; count < 1_000; count += 1) last = put();

  expect(() => put()).toThrow('Resource limit exceeded.');
  expect(put(last)).toEqual(last);
});

it('outlives a restart with the data directory, and so does its deletion', async () => {
  const root = mkdtempSync(join(tmpdir(), 'query-definitions-'));
  const dataDirectory = join(root, 'data');
  const first = await startEmpty({ dataDirectory });
  const { queryDefinitionId } = await first.client.putQueryDefinition({ ...DEFINITION, name: 'gone' });
  await first.client.putQueryDefinition({ ...DEFINITION, clientToken: TOKEN });
  await first.client.deleteQueryDefinition({ queryDefinitionId });
  const before = await shown(first);
  await first.service.close();

  const second = await startEmpty({ dataDirectory });
  expect(await shown(second)).toEqual(before);
  await second.client.putQueryDefinition({ ...DEFINITION, clientToken: TOKEN });
  expect(await names(second)).toEqual(['shop/Errors']);
  await stopAll();
  rmSync(root, { recursive: true });
});
