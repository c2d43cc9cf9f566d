import { join } from 'node:path';
import * as sdk from '@aws-sdk/client-cloudwatch-logs';
import { type LocalCloudWatchLogs, startLocalCloudWatchLogs } from '../../../local/index.js';
import { OPERATIONS } from '../../../local/operations/operation-table.js';
import { describeWith } from '../../support/tools.js';
import { awsCommand, follow, linesUpTo, pythonCommand, run, stop, variables } from './programs.js';

const PROGRAM = join(__dirname, 'every_operation.py');
const GROUP = '/myapp/every-operation';
const STREAM = 'api-1';
const ARN = `arn:aws:logs:us-east-1:123456789012:log-group:${GROUP}`;
const TARGET = { logGroupName: GROUP, logStreamName: STREAM };
/** Each call starts Python anew, which takes seconds on a busy machine. */
const CLI_DEADLINE_MS = 300_000;
/** A query over one event has ended before it can be stopped. */
const REFUSED: Readonly<Record<string, string>> = { StopQuery: 'InvalidParameterException' };
const NAMES = OPERATIONS.map(({ name }) => name);

type Inputs = Readonly<Record<string, Readonly<Record<string, unknown>>>>;
type Answers = Record<string, unknown>;

/** What each of these clients gets from a server of its own, in which there is one event. */
interface Room {
  readonly server: LocalCloudWatchLogs;
  readonly client: sdk.CloudWatchLogs;
  readonly names: Readonly<Record<string, unknown>>;
}

describeWith(pythonCommand)('each operation of the local server, called by', () => {
  let room: Room;
  let inputs: Inputs;

  beforeEach(async () => {
    room = await openRoom();
    inputs = JSON.parse(await plan('inputs')) as Inputs;
  });

  afterEach(async () => {
    room.client.destroy();
    await room.server.close();
  });

  function plan(task: string): Promise<string> {
    const given = JSON.stringify({ operations: NAMES, names: room.names });
    return run(pythonCommand, [PROGRAM, task, given], room.server.endpoint);
  }

  /** The server counts: a client that made no call has no row. */
  function expectEachCalled(): void {
    const { calls } = room.server;
    expect([...new Set(calls.map(({ operation }) => operation))].toSorted()).toEqual([...NAMES].toSorted());
    const refused = calls.filter(({ errorName }) => errorName !== undefined);
    expect(Object.fromEntries(refused.map(({ operation, errorName }) => [operation, errorName]))).toEqual(
      REFUSED,
    );
  }

  async function boto3Answers(): Promise<Answers> {
    const { answers, problems } = JSON.parse(await plan('calls')) as { answers: Answers; problems: string[] };
    expect(problems).toEqual([]);
    return answers;
  }

  test('boto3: the bytes of each answer are as the model of the service says', async () => {
    expect(Object.keys(await boto3Answers()).toSorted()).toEqual([...NAMES].toSorted());
    expectEachCalled();
  });

  test('the JavaScript SDK: it sees the members that boto3 sees', async () => {
    const answers: Answers = {};
    for (const [name, input] of Object.entries(inputs))
      answers[name] = await unlessRefused(name, sdkAnswer(room, name, input));
    expectEachCalled();
    expect(members(answers)).toEqual(members(await inNewRoom(boto3Answers)));
  });

  (awsCommand === undefined && !process.env['CI'] ? test.skip : test)(
    'the AWS CLI: it sees the members that boto3 sees',
    async () => {
      const answers: Answers = {};
      for (const [name, input] of Object.entries(inputs))
        answers[name] = await unlessRefused(name, cliAnswer(room, name, input));
      expectEachCalled();
      expect(members(answers)).toEqual(members(await inNewRoom(boto3Answers)));
    },
    CLI_DEADLINE_MS,
  );

  async function inNewRoom<Result>(work: () => Promise<Result>): Promise<Result> {
    room.client.destroy();
    await room.server.close();
    room = await openRoom();
    return work();
  }
});

async function openRoom(): Promise<Room> {
  const server = await startLocalCloudWatchLogs();
  Object.assign(process.env, variables(server.endpoint));
  const credentials = { accessKeyId: 'testing', secretAccessKey: 'testing' };
  // The address is that of the variables, but for the prefix this SDK asks none.
  const client = new sdk.CloudWatchLogs({ region: 'us-east-1', credentials, disableHostPrefix: true });
  await client.createLogGroup({ logGroupName: GROUP });
  await client.createLogStream(TARGET);
  await log(client);
  const { events } = await client.filterLogEvents({ logGroupName: GROUP });
  const startTime = Math.floor(Date.now() / 1_000) - 600;
  const query = {
    logGroupName: GROUP,
    startTime,
    endTime: startTime + 1_200,
    queryString: 'fields @message',
  };
  const { queryId } = await client.startQuery(query);
  while ((await client.getQueryResults({ queryId })).status !== 'Complete');
  const { queryDefinitionId } = await client.putQueryDefinition({ name: 'one', queryString: 'limit 1' });
  const names = {
    ...TARGET,
    queryId,
    queryDefinitionId,
    logGroupIdentifier: GROUP,
    logGroupIdentifiers: [ARN],
    resourceArn: ARN,
    logRecordPointer: events?.[0]?.eventId,
  };
  return { server, client, names };
}

/** The server counts the refusal. */
function unlessRefused(name: string, answer: Promise<unknown>): Promise<unknown> {
  return name in REFUSED ? answer.catch(() => ({})) : answer;
}

async function log(client: sdk.CloudWatchLogs, message = '{"level":"info"}'): Promise<void> {
  await client.putLogEvents({ ...TARGET, logEvents: [{ timestamp: Date.now(), message }] });
}

async function sdkAnswer({ client }: Room, name: string, input: object): Promise<unknown> {
  const Command = (sdk as unknown as Record<string, new (input: object) => sdk.DescribeLogGroupsCommand>)[
    `${name}Command`
  ]!;
  const { $metadata: _, ...answer } = await client.send(new Command(input));
  const { responseStream } = answer as sdk.StartLiveTailCommandOutput;
  if (responseStream === undefined) return answer;
  await log(client);
  for await (const { sessionUpdate } of responseStream)
    if (sessionUpdate?.sessionResults?.length === 1) break;
  return {};
}

async function cliAnswer({ server, client }: Room, name: string, input: object): Promise<unknown> {
  const command = name.replaceAll(/(?<!^)[A-Z]/g, (letter) => `-${letter}`).toLowerCase();
  if (name === 'StartLiveTail') return tailByCli(server, client);
  const args = [
    'logs',
    command,
    '--cli-input-json',
    JSON.stringify(input),
    '--output',
    'json',
    '--no-paginate',
  ];
  const text = await run(awsCommand, args, server.endpoint);
  return text === '' ? {} : (JSON.parse(text) as unknown);
}

/** This command has arguments of its own, and prints the lines. */
async function tailByCli(server: LocalCloudWatchLogs, client: sdk.CloudWatchLogs): Promise<unknown> {
  const args = ['logs', 'start-live-tail', '--log-group-identifiers', ARN];
  const tail = follow(awsCommand, args, server.endpoint);
  const timer = setInterval(() => void log(client, 'seen by the command line'), 300);
  try {
    await linesUpTo(tail)('seen by the command line');
    return {};
  } finally {
    clearInterval(timer);
    await stop(tail);
  }
}

/** The paths of all members in the answers, without their values. */
function members(value: unknown, path = ''): string[] {
  if (Array.isArray(value)) return [...new Set(value.flatMap((item) => members(item, `${path}[]`)))];
  if (typeof value !== 'object' || value === null) return [path];
  const inside = Object.entries(value).flatMap(([name, part]) =>
    part === undefined ? [] : members(part, `${path}.${name}`),
  );
  return [path, ...inside].toSorted();
}
