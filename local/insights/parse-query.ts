import { misplacement } from './language/command-order.js';
import { commandReaders } from './language/commands.js';
import { missingCommands } from './language/missing-commands.js';
import { Reading } from './language/reading.js';
import type { Command, Query } from './query/query.js';

/** Commands of this server, as they are documented. */
const COMMANDS = 'fields, display, filter, filterIndex, parse, stats, sort, limit and dedup';

const COMMAND_NAME = /[A-Za-z_]\w*/y;

/**
 * Reads the text of a query.
 *
 * @throws ServiceError `MalformedQueryException` that names what is malformed, or what this server does not have
 */
export function parseQuery(text: string): Query {
  const reading = new Reading(text);
  const { reader } = reading;
  // That a query may begin with a pipe is assumed.
  reader.takes('|');
  if (reader.isAtEnd) throw reader.unexpected(`one of the commands ${COMMANDS}`);
  const commands = [readCommand(reading, [])];
  while (reader.takes('|')) commands.push(readCommand(reading, commands));
  if (reader.isAtEnd) return { commands };
  throw reader.unexpected('| before the next command, or the end of the query');
}

function readCommand(reading: Reading, before: readonly Command[]): Command {
  const { reader } = reading;
  const start = reader.start;
  const name = reader.take(COMMAND_NAME)?.[0];
  if (name === undefined) throw reader.unexpected(`one of the commands ${COMMANDS}`);
  const readRest = readerOf(name.toLowerCase()) ?? refuseCommand(reading, name, start);
  const complaint = misplacement(
    name.toLowerCase(),
    before.map(({ kind }) => kind),
  );
  if (complaint !== undefined) throw reader.refusalFrom(start, complaint);
  return readRest(reading);
}

function readerOf(name: string) {
  return Object.hasOwn(commandReaders, name) ? commandReaders[name] : undefined;
}

function refuseCommand({ reader }: Reading, name: string, start: number): never {
  const missing = missingCommands.get(name.toLowerCase());
  const complaint =
    missing === undefined
      ? 'no command of Logs Insights. This local server has'
      : `this local server does not have ${missing}. It has`;
  throw reader.refusalFrom(start, `${complaint} ${COMMANDS}.`);
}
