import { aws_logs as logs } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { assertNoProblems, type Problem } from '../../contract/problems.js';
import { unknownOptions, type OptionNames } from '../option-names.js';
import { isUnresolved } from '../tokens.js';
import { anyOf, ERROR_LEVELS, isOneOf, type LineField } from '../line-fields.js';
import { assertNotElsewhere, type OperatedLogGroup } from './log-group-features.js';
import { idInTree, type Call } from '../repeatable-call.js';
import { uniquePath } from './unique-path.js';

/** Options of {@link ICloudWatchLogging.addQueries}. */
export interface QueryOptions {
  /**
   * Folder of the saved queries, `/` between its levels: 1 to 200 characters, none of them `:` or `*`.
   *
   * @default - the name under which the stack is deployed, the construct's path in it, and the id of the call
   */
  readonly folder?: string | undefined;
}

const QUERY_OPTIONS: OptionNames<QueryOptions> = { folder: true };

/** A Logs Insights query on the lines of Node.js and of Python programs. */
export interface LineQuery {
  readonly id: string;
  readonly name: string;
  readonly query: logs.QueryStringProps;
}

export const errorsByService: LineQuery = {
  id: 'ErrorsByService',
  name: 'Errors by service',
  query: {
    fields: columns({ serviceName: 'service', errorType: 'errorType', text: 'message' }),
    filterStatements: [isOneOf('level', ERROR_LEVELS)],
    statsStatements: ['count(*) as errors, latest(text) as lastMessage by serviceName, errorType'],
    sort: 'errors desc',
    limit: 100,
  },
};

/** In order of definition. */
export const lineQueries: readonly LineQuery[] = [
  errorsByService,
  {
    id: 'SlowestRequests',
    name: 'Slowest requests',
    query: {
      fields: [
        '@timestamp',
        ...columns({
          milliseconds: 'durationMs',
          serviceName: 'service',
          text: 'message',
          request: 'requestId',
          trace: 'traceId',
          errorType: 'errorType',
        }),
      ],
      filterStatements: ['ispresent(milliseconds)'],
      sort: 'milliseconds desc',
      limit: 100,
    },
  },
  {
    id: 'OneTrace',
    name: 'One trace',
    query: {
      fields: [
        '@timestamp',
        ...columns({
          severity: 'level',
          serviceName: 'service',
          text: 'message',
          request: 'requestId',
          span: 'spanId',
          errorText: 'errorMessage',
          errorStack: 'errorStack',
        }),
      ],
      filterStatements: [`${anyOf('traceId')} = "put the trace id here"`],
      sort: '@timestamp asc',
      limit: 10_000,
    },
  },
  {
    id: 'DroppedEvents',
    name: 'Dropped events by reason',
    query: {
      filterStatements: ['droppedEvents > 0'],
      statsStatements: [
        'sum(droppedEvents) as dropped, earliest(from) as first, latest(to) as last by reason, @logStream',
      ],
      sort: 'dropped desc',
      limit: 100,
    },
  },
];

/** Columns of a query, which are named otherwise than any field of a line. */
function columns(fields: Readonly<Record<string, LineField>>): string[] {
  return Object.entries(fields).map(([column, field]) => `${anyOf(field)} as ${column}`);
}

/** Most characters of a folder that is given. Leaves room for a query's own name in {@link MAX_NAME_LENGTH}. */
const MAX_FOLDER_LENGTH = 200;

/** Most characters of a saved query's name, its folder included. API: `PutQueryDefinition`, `name`. */
const MAX_NAME_LENGTH = 255;

/** Every level has a name. API: `QueryDefinition`, `Name`. */
const FOLDER = /^[^:*/]+(\/[^:*/]+)*$/;

/**
 * @throws SettingsError if the folder is not legal
 * @throws Error if the log group is in another account or Region, or at a second call with the same id
 */
export function defineQueries(
  group: OperatedLogGroup,
  call: Call<readonly [options?: QueryOptions | undefined]>,
): logs.QueryDefinition[] {
  const { method, id: callId } = call;
  const [options = {}] = call.rest;
  const { folder } = options;
  const where = `${group.scope.node.path}: ${method}`;
  assertNoProblems([
    ...unknownOptions(options, QUERY_OPTIONS, where),
    ...folderProblems(folder, `${where}.folder`),
  ]);
  assertNotElsewhere(group, 'a saved query', method);
  const scope = new Construct(group.scope, idInTree(group.scope, 'Queries', call));
  const inFolder = folder ?? ownFolder(callId === undefined ? group.scope : scope);
  return lineQueries.map(
    ({ id, name, query }) =>
      new logs.QueryDefinition(scope, id, {
        queryDefinitionName: `${inFolder}/${name}`,
        queryString: new logs.QueryString(query),
        logGroups: [group.logGroup],
      }),
  );
}

function ownFolder(scope: Construct): string {
  const longestName = Math.max(...lineQueries.map(({ name }) => name.length));
  return uniquePath(scope, MAX_NAME_LENGTH - '/'.length - longestName);
}

function folderProblems(folder: string | undefined, where: string): Problem[] {
  if (folder === undefined || isUnresolved(folder)) return [];
  if (folder.length <= MAX_FOLDER_LENGTH && FOLDER.test(folder)) return [];
  const allowed = `1 to ${MAX_FOLDER_LENGTH} characters, no : or *, and a / only between two levels`;
  return [{ where, value: folder, allowed }];
}
