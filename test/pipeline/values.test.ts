import type { Logger } from '../../runtime/logger/logger.js';
import { generatedPart } from '../support/generated-part.js';
import { SinkBench } from '../support/sink-against-server.js';
import { storedLines } from '../support/stored-lines.js';
import { told, valueKinds, type ValueKind } from '../support/values.js';
import { markdownTable } from '../../tools/docs/markdown-table.js';

type Members = Readonly<Record<string, unknown>>;

const MAX_SHOWN = 400;

/** A place where a log call has a value, and the line that is stored. */
interface Position {
  readonly log: (logger: Logger, value: unknown) => void;
  readonly line: (kind: ValueKind) => Members;
}

const where = { orderId: 7 };

/** Lists and objects around a value whose members are fields: less than none, since the line has them itself. */
const SPREAD = -1;

function below(levels: number, around: (value: unknown) => Members): Position['line'] {
  return (kind) => ({ message: 'm', ...around(kind.stored(levels)) });
}

/** The fields that a value is, if it is any. */
function fieldsOf({ own, stored }: ValueKind): Members | undefined {
  if (own) return { [own]: stored(0) };
  const value = stored(SPREAD);
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Members)
    : undefined;
}

/** What is stored of an argument behind the message and these fields: further fields, or text. */
function argument(kind: ValueKind, before: Members = {}): Members {
  const fields = fieldsOf(kind);
  if (fields) return { message: 'm', ...before, ...fields };
  const value = kind.stored(0);
  return { message: value === undefined ? 'm' : `m ${textOf(value)}`, ...before };
}

/** What is stored of all that a log call is given. An error lends its message. */
function alone(kind: ValueKind): Members {
  const fields = fieldsOf(kind);
  if (!fields) return { message: kind.stored(0) === undefined ? 'undefined' : textOf(kind.stored(0)) };
  const { message = '', type = '' } = (fields['error'] ?? {}) as { message?: string; type?: string };
  return { message: message || type, ...fields };
}

/** Fields that many lines carry: what has no members is one of them. */
function carried(kind: ValueKind): Members {
  const value = kind.stored(0);
  return { message: 'm', ...(fieldsOf(kind) ?? (value === null ? {} : { value })) };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** What is stored for a placeholder. An error is told in short there, and in full as a field. */
function placeholder(kind: ValueKind, text: (value: unknown) => string): Members {
  const value = kind.stored(0);
  if (kind.own === 'error') return { message: `m ${String(kind.make())}`, error: value };
  return { message: `m ${value === undefined ? 'undefined' : text(value)}` };
}

const jsonOf = (value: unknown): string => JSON.stringify(value);

const positions: Readonly<Record<string, Position>> = {
  'a field': { log: (logger, value) => logger.info('m', { value }), line: below(0, (value) => ({ value })) },
  'a field, before the message': {
    log: (logger, value) => logger.info({ value }, 'm'),
    line: below(0, (value) => ({ value })),
  },
  'in an object': {
    log: (logger, value) => logger.info('m', { in: { value } }),
    line: below(1, (value) => ({ in: { value } })),
  },
  'in a list': {
    log: (logger, value) => logger.info('m', { in: [value] }),
    line: below(1, (value) => ({ in: [value] })),
  },
  'in a Map': {
    log: (logger, value) => logger.info('m', { in: new Map([['value', value]]) }),
    line: below(1, (value) => ({ in: { value } })),
  },
  'in a Map with other keys': {
    log: (logger, value) => logger.info('m', { in: new Map([[1, value]]) }),
    line: below(2, (value) => ({ in: [[1, value]] })),
  },
  'in a Set': {
    log: (logger, value) => logger.info('m', { in: new Set([value]) }),
    line: below(1, (value) => ({ in: [value] })),
  },
  'in a toJSON': {
    log: (logger, value) => logger.info('m', { in: { toJSON: () => ({ value }) } }),
    line: below(2, (value) => ({ in: { value } })),
  },
  'a member of an error': {
    log: (logger, value) => {
      const error = Object.assign(new Error('e'), { value });
      logger.info('m', Object.assign(error, { stack: told('Error', 'e').stack }));
    },
    line: below(1, (value) => ({ error: { ...told('Error', 'e'), value } })),
  },
  'a cause': {
    log: (logger, cause) => {
      const error = new Error('e', { cause });
      logger.info('m', Object.assign(error, { stack: told('Error', 'e').stack }));
    },
    line: below(1, (cause) => ({ error: { ...told('Error', 'e'), cause } })),
  },
  'a field of a child logger': {
    log: (logger, value) => logger.child({ value }).info('m'),
    line: below(0, (value) => ({ value })),
  },
  'all fields of a child logger': {
    log: (logger, value) => logger.child(value as object).info('m'),
    line: carried,
  },
  'a field of the context': {
    log: (logger, value) => logger.withContext({ value }, () => logger.info('m')),
    line: below(0, (value) => ({ value })),
  },
  'all fields of the context': {
    log: (logger, value) => logger.withContext(value as object, () => logger.info('m')),
    line: carried,
  },
  alone: { log: (logger, value) => logger.info(value), line: alone },
  'behind the message': {
    log: (logger, value) => logger.info('m', value),
    line: (kind) => argument(kind),
  },
  'behind message and fields': {
    log: (logger, value) => logger.info('m', where, value),
    line: (kind) => argument(kind, where),
  },
  'for %s': {
    log: (logger, value) => logger.info('m %s', value),
    line: (kind) => placeholder(kind, textOf),
  },
  'for %j': { log: (logger, value) => logger.info('m %j', value), line: (kind) => placeholder(kind, jsonOf) },
  'for %o': { log: (logger, value) => logger.info('m %o', value), line: (kind) => placeholder(kind, jsonOf) },
};

let bench: SinkBench;

beforeAll(async () => {
  bench = await SinkBench.start();
});

afterAll(() => bench.stop());

/** Redaction that finds nothing here. */
const REDACTION = { enabled: true, keys: ['nothing'] };

describe.each([
  ['without redaction', {}],
  ['with redaction', REDACTION],
])('each kind of value is stored in the same way, %s', (_, redaction) => {
  test.each(Object.entries(positions))('%s', async (__, { log, line }) => {
    expect(named(await storedAt(log, redaction))).toEqual(
      named(valueKinds.map((kind) => JSON.stringify(line(kind)))),
    );
  });
});

function storedAt(log: Position['log'], redaction = {}): Promise<string[]> {
  return storedLines(
    bench,
    valueKinds.map(
      ({ make }) =>
        (logger) =>
          log(logger, make()),
    ),
    redaction,
  );
}

/** The field `value` as it stands in the line. */
function storedValue(line: string): string {
  const [, value] = /^\{"message":"m","value":(.*)\}$/u.exec(line) ?? [];
  return value === undefined ? 'nothing' : `\`${shown(value)}\``;
}

function shown(json: string): string {
  return json.length <= MAX_SHOWN ? json : `${json.slice(0, 30)} … ${json.slice(-130)}`;
}

function named(lines: readonly string[]): string[] {
  return lines.map((line, index) => `${valueKinds[index]?.label}: ${line}`);
}

test('docs/logger.md says what becomes of a value; if not, run this file with UPDATE_DOCS=1', async () => {
  const lines = await storedAt(positions['a field']!.log);
  const rows = valueKinds.map(({ label, code }, index) => [label, `\`${code}\``, storedValue(lines[index]!)]);

  const { found, fresh } = generatedPart(
    'docs/logger.md',
    'values',
    markdownTable(['value', 'for example', 'stored'], rows),
  );
  expect(found).toBe(fresh);
});
