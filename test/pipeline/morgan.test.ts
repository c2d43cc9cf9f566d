import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import morgan from 'morgan';
import { CloudWatchStream } from '../../runtime/adapters/stream.js';
import { DeliveryStage, TARGET } from '../support/delivery-stage.js';

let stage: DeliveryStage;

beforeEach(async () => {
  stage = await DeliveryStage.open();
});

afterEach(() => stage.close());

/** The messages of the lines of one request, as morgan writes them in these formats. */
async function messagesOf(
  formats: readonly (string | morgan.FormatFn)[],
): Promise<Record<string, unknown>[]> {
  const stream = new CloudWatchStream({
    ...TARGET,
    region: 'us-east-1',
    endpointUrl: stage.service.endpoint,
    env: { FAPILOG_CORE__ENRICH: 'false' },
  });
  const loggers = formats.map((format) => morgan(format as string, { stream }));
  const server = createServer((req: IncomingMessage, res: ServerResponse) => {
    for (const log of loggers) log(req, res, () => undefined);
    res.end('ok');
  });
  await promisify((done: () => void) => server.listen(0, '127.0.0.1', done))();
  const { port } = server.address() as AddressInfo;
  const headers = {
    authorization: `Basic ${Buffer.from('jane:secret-1').toString('base64')}`,
    referer: 'https://jane:secret-2@shop.example/cart',
    'user-agent': 'unknown',
  };
  await (await fetch(`http://127.0.0.1:${port}/orders?page=2`, { headers })).text();
  await promisify((done: () => void) => server.close(done))();
  await promisify((done: () => void) => stream.end(done))();
  expect(stream.stats()).toMatchObject({ accepted: formats.length, delivered: formats.length });
  return (await stage.stored()).map(({ message }) => JSON.parse(message) as Record<string, unknown>);
}

test('each format of morgan is a line with what it shows, and without credentials', async () => {
  const lines = await messagesOf(['combined', 'common', 'short', 'tiny', 'dev']);

  for (const { level, message } of lines) {
    expect(level).toBe('info');
    expect(message).toContain('/orders?page=2');
  }
  expect(lines[0]!['message']).toMatch(
    / - jane \[.*\] "GET \/orders\?page=2 HTTP\/1\.1" 200 - "https:\/\/\S+shop\.example\/cart" "unknown"$/,
  );
  expect(JSON.stringify(lines)).not.toContain('secret-');
});

test('a format that writes JSON keeps its level', async () => {
  const format: morgan.FormatFn = (tokens, req, res) =>
    JSON.stringify({ level: 'warn', status: Number(tokens['status']!(req, res)) });

  expect(await messagesOf([format])).toEqual([{ level: 'warn', status: 200 }]);
});
