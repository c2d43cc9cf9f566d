import type { InputOf } from '../../contract/sections.js';
import { isBalanced } from '../../runtime/ack/ledger.js';
import { getLogger } from '../../runtime/logger/get-logger.js';
import type { Logger } from '../../runtime/logger/logger.js';
import { Settings } from '../../runtime/settings/settings.js';
import type { SinkBench } from './sink-against-server.js';

/** What is stored of one log call: its line, without time and level where they are as they should be. */
export async function storedLines(
  bench: SinkBench,
  calls: readonly ((logger: Logger) => void)[],
  redaction: InputOf<'redaction'> = {},
): Promise<string[]> {
  const target = bench.newTarget();
  const settings = new Settings({ core: { enrich: false }, redaction }, { env: {} });
  const logger = getLogger({ settings, sinks: [bench.sink(target)] });
  for (const call of calls) call(logger);
  const account = await logger.close();
  expect({ ...account, isBalanced: isBalanced(account) }).toMatchObject({
    accepted: calls.length,
    delivered: calls.length,
    isBalanced: true,
  });
  const events = await bench.stored(target);
  return events.map(({ message = '', timestamp = 0 }) => withoutHead(message, timestamp));
}

function withoutHead(line: string, timestamp: number): string {
  const time = `"timestamp":"${new Date(timestamp).toISOString()}",`;
  return line.replace(time, '').replace(/"level":"(info|error)",/, '');
}
