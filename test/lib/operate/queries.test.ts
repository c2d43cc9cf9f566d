import * as logs from 'aws-cdk-lib/aws-logs';
import { SettingsError } from '../../../contract/problems.js';
import { lineQueries } from '../../../lib/operate/queries.js';
import { lossRecord } from '../../../runtime/ack/losses.js';
import type { LogRecord } from '../../../runtime/log-record.js';
import { formatLine } from '../../../runtime/serialize/line.js';
import { flagSets, newStack, resources } from '../stacks.js';
import { pythonLine, wrapped } from '../../support/python-lines.js';
import { deployedName, importedIn, logGroupRef, operatedIn } from './operated.js';

const level = 'coalesce(level, log.level)';
const service = 'coalesce(service, diagnostics.service, log.diagnostics.service)';
const message = 'coalesce(message, log.message)';
const requestId = 'coalesce(requestId, context.request_id, log.context.request_id)';
const traceId = 'coalesce(traceId, trace_id, context.trace_id, log.context.trace_id)';
const spanId = 'coalesce(spanId, span_id, context.span_id, log.context.span_id)';
const durationMs =
  'coalesce(durationMs, data.duration_ms, data.latency_ms, log.data.duration_ms, log.data.latency_ms)';
const error = (name: string) =>
  `coalesce(error.${name}, diagnostics.exception.error.${name}, log.diagnostics.exception.error.${name})`;

const queryStrings = {
  'Errors by service':
    `fields ${service} as serviceName, ${error('type')} as errorType, ${message} as text\n` +
    `| filter ${level} in ["error", "fatal", "ERROR", "CRITICAL"]\n` +
    '| stats count(*) as errors, latest(text) as lastMessage by serviceName, errorType\n' +
    '| sort errors desc\n' +
    '| limit 100',
  'Slowest requests':
    `fields @timestamp, ${durationMs} as milliseconds, ${service} as serviceName, ${message} as text, ` +
    `${requestId} as request, ${traceId} as trace, ${error('type')} as errorType\n` +
    '| filter ispresent(milliseconds)\n' +
    '| sort milliseconds desc\n' +
    '| limit 100',
  'One trace':
    `fields @timestamp, ${level} as severity, ${service} as serviceName, ${message} as text, ` +
    `${requestId} as request, ${spanId} as span, ${error('message')} as errorText, ${error('stack')} as errorStack\n` +
    `| filter ${traceId} = "put the trace id here"\n` +
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
  const node: LogRecord = {
    timeMs: 0,
    level: 'error',
    message: 'request failed',
    fields: [
      { service: 'api', requestId: 'r', traceId: 't', spanId: 's', durationMs: 1, error: new Error('no') },
    ],
  };
  const python = pythonLine({
    context: { request_id: 'r', trace_id: 't', span_id: 's' },
    data: { duration_ms: 1, latency_ms: 1 },
    exception: true,
  });
  const snake = { ...node, fields: [{ trace_id: 't', span_id: 's' }] };
  const loss = lossRecord({ reason: 'queue_full', count: 1, fromMs: 0, toMs: 1 }, 2);
  const lines = [formatLine(node), formatLine(loss), python, wrapped(python), formatLine(snake)].map(
    fieldsOf,
  );

  test.each(lineQueries.map(({ name, query }) => [name, new logs.QueryString(query).toString()]))(
    'of %s is one of a line of Node.js or Python',
    (_, text) => {
      const known = new Set(['@timestamp', '@logStream', ...lines.flat()]);
      const columns = [...text.matchAll(/ as (\w+)/g)].map(([, column]) => column!);
      const words = new Set([...WORDS, ...columns]);
      const withoutStrings = text.replaceAll(/"[^"]*"/g, '');
      const fields = (withoutStrings.match(/@?[a-zA-Z][\w.]*/g) ?? []).filter((word) => !words.has(word));

      expect(fields).not.toEqual([]);
      expect(fields.filter((field) => !known.has(field))).toEqual([]);
      // A column that is named as a field would hide it.
      expect(columns.filter((column) => known.has(column))).toEqual([]);
    },
  );

  const [ofNode, , ofPython, ofWrapped] = lines;
  const coalesced = lineQueries.flatMap(({ query }) =>
    [...new logs.QueryString(query).toString().matchAll(/coalesce\(([^)]*)\)/g)].map(([, names]) => names!),
  );

  test.each([...new Set(coalesced)])('%s finds one in a line of each kind', (names) => {
    const found = [ofNode, ofPython, ofWrapped].map((line) =>
      names.split(', ').filter((name) => line!.includes(name)),
    );

    expect(found).toEqual([[expect.any(String)], expect.any(Array), expect.any(Array)]);
    expect(found.map((each) => each.length > 0)).toEqual([true, true, true]);
  });

  /** Words of the language of Logs Insights. */
  const WORDS =
    'fields filter stats sort limit desc asc by as in ispresent count latest earliest sum coalesce'.split(
      ' ',
    );

  /** Names as Logs Insights finds them in a line. */
  function fieldsOf(line: string): string[] {
    const namesIn = (value: unknown, path: string): string[] =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? Object.entries(value).flatMap(([key, inner]) =>
            namesIn(inner, path === '' ? key : `${path}.${key}`),
          )
        : [path];
    return namesIn(JSON.parse(line), '');
  }
});
