import * as logs from 'aws-cdk-lib/aws-logs';
import { SettingsError } from '../../../contract/problems.js';
import { lineQueries } from '../../../lib/operate/queries.js';
import { lossRecord } from '../../../runtime/ack/losses.js';
import type { LogRecord } from '../../../runtime/log-record.js';
import { formatLine } from '../../../runtime/serialize/line.js';
import { flagSets, newStack, resources } from '../stacks.js';
import { deployedName, importedIn, logGroupRef, operatedIn } from './operated.js';

const queryStrings = {
  'Errors by service':
    'filter level in ["error", "fatal"]\n' +
    '| stats count(*) as errors, latest(message) as lastMessage by service, error.type\n' +
    '| sort errors desc\n' +
    '| limit 100',
  'Slowest requests':
    'fields @timestamp, durationMs, service, message, requestId, traceId, error.type\n' +
    '| filter ispresent(durationMs)\n' +
    '| sort durationMs desc\n' +
    '| limit 100',
  'One trace':
    'fields @timestamp, level, service, message, requestId, spanId, error.message, error.stack\n' +
    '| filter traceId = "put the trace id here"\n' +
    '| sort @timestamp asc\n' +
    '| limit 10000',
  'Dropped events by reason':
    'filter droppedEvents > 0\n' +
    '| stats sum(droppedEvents) as dropped, earliest(from) as first, latest(to) as last by reason, @logStream\n' +
    '| sort dropped desc\n' +
    '| limit 100',
};

describe.each(flagSets)('addQueries %s', (_, context) => {
  test.each([
    ['the path of the construct', {}, (name: string) => deployedName('', `/Logging/${name}`)],
    ['a folder that is given', { folder: 'shop/api' }, (name: string) => `shop/api/${name}`],
  ])('saves queries of the log group in %s', (__, options, inFolder) => {
    const stack = newStack(context);
    const operated = operatedIn(stack);
    const definitions = operated.logging.addQueries(options);

    const saved = resources(stack, 'AWS::Logs::QueryDefinition').map(({ Properties }) => Properties);
    expect(saved).toEqual(
      Object.entries(queryStrings).map(([name, QueryString]) => ({
        Name: inFolder(name),
        QueryString,
        LogGroupNames: [logGroupRef(operated)],
      })),
    );
    expect(definitions).toHaveLength(4);
  });

  test.each(['', '/shop', 'shop/', 'a//b', 'a:b', 'a*b', 'x'.repeat(201)])(
    'refuses the folder %j',
    (folder) => {
      const stack = newStack(context);
      const { logging } = operatedIn(stack);

      expect(() => logging.addQueries({ folder })).toThrow(
        new SettingsError([
          {
            where: 'Stack/Logging: addQueries.folder',
            value: folder,
            allowed: '1 to 200 characters, no : or *, and a / only between two levels',
          },
        ]),
      );
    },
  );

  test('takes a folder of 200 characters', () => {
    const { logging } = operatedIn(newStack(context));

    expect(logging.addQueries({ folder: 'x'.repeat(200) })).toHaveLength(4);
  });

  test('are saved for class INFREQUENT_ACCESS', () => {
    const { logging } = operatedIn(newStack(context), {
      logGroupClass: logs.LogGroupClass.INFREQUENT_ACCESS,
    });

    expect(logging.addQueries()).toHaveLength(4);
  });

  test('are refused in another environment', () => {
    const arn = 'arn:aws:logs:us-east-1:210987654321:log-group:/theirs:*';
    const { logging } = importedIn(newStack(context), arn);

    expect(() => logging.addQueries()).toThrow(
      "addQueries needs a saved query, which must be in the log group's own account and Region",
    );
  });
});

describe('every field of the queries', () => {
  /** What the functions and clauses of the queries are made of, and the columns that they make. */
  const words = new Set(
    'fields filter stats sort limit desc asc by as in ispresent count latest earliest sum errors lastMessage dropped first last'.split(
      ' ',
    ),
  );

  const request: LogRecord = {
    timeMs: 0,
    level: 'error',
    message: 'request failed',
    fields: [
      { service: 'api', requestId: 'r', traceId: 't', spanId: 's', durationMs: 1, error: new Error('no') },
    ],
  };
  const loss = lossRecord({ reason: 'queue_full', count: 1, fromMs: 0, toMs: 1 }, 2);
  const known = new Set(['@timestamp', '@logStream', ...[request, loss].flatMap(fieldsOf)]);

  test.each(lineQueries.map(({ name, query }) => [name, new logs.QueryString(query).toString()]))(
    'of %s is one of the sink',
    (_, text) => {
      const withoutStrings = text.replaceAll(/"[^"]*"/g, '');
      const fields = (withoutStrings.match(/@?[a-zA-Z][\w.]*/g) ?? []).filter((word) => !words.has(word));

      expect(fields).not.toEqual([]);
      expect(fields.filter((field) => !known.has(field))).toEqual([]);
    },
  );

  /** Names as Logs Insights finds them in a line. */
  function fieldsOf(record: LogRecord): string[] {
    return Object.entries(JSON.parse(formatLine(record)) as object).flatMap(([key, value]) =>
      typeof value === 'object' ? Object.keys(value as object).map((inner) => `${key}.${inner}`) : [key],
    );
  }
});
