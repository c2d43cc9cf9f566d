import { gzipSync } from 'node:zlib';
import { DAY_MS, HOUR_MS } from '../../local/harness.js';
import { type Outcome, type Room } from './room.js';
import { describeServers, eventually, isKnownMoto, type ServerName } from './servers.js';

/**
 * What moto is known to do otherwise than the documented service. Of the service, a text is asserted only where it is
 * known, else the error's name and status.
 */
interface Difference {
  /** Of the table of the strict local server in the service contract. */
  readonly row: number;
  readonly name: string;
  readonly before?: (room: Room) => Promise<unknown>;
  readonly ask: (room: Room) => Promise<unknown>;
  readonly documented: unknown;
  readonly moto: unknown;
}

const refusal = refusalNamed('InvalidParameterException');
/** moto's page about an error of its own. */
const crash = expect.stringMatching(/^SyntaxError 500: Unexpected token '<'/) as unknown;
const token = expect.any(String) as unknown;
const accepted = { nextSequenceToken: token };

const differences: readonly Difference[] = [
  {
    row: 1,
    name: 'a call without events is refused',
    ask: (room) => room.put(),
    documented: refusal,
    moto: {},
  },
  {
    row: 1,
    name: 'a call with 10,001 events is refused',
    ask: (room) => room.put(...Array<number>(10_001).fill(0)),
    documented: refusal,
    moto: {},
  },
  {
    row: 1,
    name: 'an empty message is refused',
    ask: (room) => room.put([0, '']),
    documented: refusal,
    moto: {},
  },
  {
    row: 2,
    name: 'a call of 1,048,577 counted bytes is refused',
    ask: (room) => room.put([0, 'x'.repeat(524_262)], [0, 'x'.repeat(524_263)]),
    documented: 'InvalidParameterException 400: Upload too large: 1048577 bytes exceeds limit of 1048576',
    moto: {},
  },
  {
    row: 3,
    name: 'an event of 1,048,577 counted bytes is refused',
    ask: (room) => room.put([0, 'x'.repeat(1_048_551)]),
    documented: 'InvalidParameterException 400: Log event too large: 1048577 bytes exceeds limit of 1048576',
    moto: {},
  },
  {
    row: 5,
    name: 'events of more than a day are refused',
    ask: (room) => room.put(-DAY_MS - 1, 0),
    documented:
      'InvalidParameterException 400: The batch of log events in a single PutLogEvents request cannot span more than 24 hours.',
    moto: {},
  },
  {
    row: 6,
    name: 'the index of the too old ends after the last of them',
    ask: (room) => room.put(-16 * DAY_MS, -15 * DAY_MS, 0),
    documented: { rejectedLogEventsInfo: { tooOldLogEventEndIndex: 2 } },
    moto: { rejectedLogEventsInfo: { tooOldLogEventEndIndex: 1 } },
  },
  {
    row: 7,
    name: 'the index of the too new starts with the first of them',
    ask: (room) => room.put(0, 3 * HOUR_MS, 4 * HOUR_MS),
    documented: { rejectedLogEventsInfo: { tooNewLogEventStartIndex: 1 } },
    moto: { rejectedLogEventsInfo: { tooNewLogEventStartIndex: 2 } },
  },
  {
    row: 8,
    name: 'events past retention are reported',
    before: (room) => room.call('PutRetentionPolicy', { logGroupName: room.group, retentionInDays: 1 }),
    ask: (room) => room.put(-25 * HOUR_MS, -2 * HOUR_MS),
    documented: { rejectedLogEventsInfo: { expiredLogEventEndIndex: 1 } },
    moto: {},
  },
  {
    row: 9,
    name: 'a sequence token is ignored, and the next one means nothing',
    ask: (room) =>
      room.call('PutLogEvents', { ...room.target, sequenceToken: 'garbage', logEvents: [eventOf(room)] }),
    documented: {},
    moto: accepted,
  },
  {
    row: 10,
    name: 'a bad entity is reported',
    ask: async (room) => {
      const entity = { keyAttributes: { Type: 'Nonsense', Name: 'api' } };
      const outcome = await room.call('PutLogEvents', {
        ...room.target,
        entity,
        logEvents: [eventOf(room)],
      });
      return (outcome as { rejectedEntityInfo?: unknown }).rejectedEntityInfo;
    },
    documented: { errorType: 'InvalidTypeValue' },
    moto: undefined,
  },
  {
    row: 12,
    name: 'a call needs its events',
    ask: (room) => room.call('PutLogEvents', room.target),
    documented: refusal,
    moto: crash,
  },
  {
    row: 12,
    name: 'a time is no text',
    ask: (room) => {
      const body = JSON.stringify({ ...room.target, logEvents: [{ timestamp: 'now', message: 'line' }] });
      return room.call('PutLogEvents', {}, { body });
    },
    documented: refusalNamed('SerializationException'),
    moto: crash,
  },
  {
    row: 12,
    name: 'a time before 1970 is refused',
    ask: async (room) => room.put(-room.nowMs - 1),
    documented: refusal,
    moto: { rejectedLogEventsInfo: { tooOldLogEventEndIndex: 0 } },
  },
  {
    row: 13,
    name: 'a group needs a name',
    ask: (room) => room.call('CreateLogGroup', {}),
    documented: refusal,
    moto: crash,
  },
  {
    row: 13,
    name: 'the name of a group has no space',
    ask: (room) => room.call('CreateLogGroup', { logGroupName: `${room.group} 2` }),
    documented: refusal,
    moto: {},
  },
  {
    row: 14,
    name: 'the name of a stream has no colon',
    ask: (room) => room.call('CreateLogStream', { ...room.target, logStreamName: 'a:b' }),
    documented: refusal,
    moto: {},
  },
  {
    row: 14,
    name: 'the name of a stream is not empty',
    ask: (room) => room.call('CreateLogStream', { ...room.target, logStreamName: '' }),
    documented: refusal,
    moto: {},
  },
  {
    row: 15,
    name: 'a stream is not created twice',
    ask: (room) => room.call('CreateLogStream', room.target),
    documented: 'ResourceAlreadyExistsException 400: The specified log stream already exists',
    moto: 'ResourceAlreadyExistsException 400: The specified log group already exists',
  },
  {
    row: 16,
    name: 'retention of two days is refused',
    ask: (room) => room.call('PutRetentionPolicy', { logGroupName: room.group, retentionInDays: 2 }),
    documented: refusal,
    moto: {},
  },
  {
    row: 17,
    name: 'an unknown class is refused',
    ask: (room) => room.call('CreateLogGroup', { logGroupName: `${room.group}-2`, logGroupClass: 'COLD' }),
    documented: refusal,
    moto: {},
  },
  {
    row: 17,
    name: 'the class of a group is described',
    ask: async (room) => {
      const found = await room.call('DescribeLogGroups', { logGroupNamePrefix: room.group });
      const { logGroups } = found as { logGroups: readonly { logGroupClass?: string }[] };
      return logGroups.map(({ logGroupClass }) => logGroupClass);
    },
    documented: ['STANDARD'],
    moto: [undefined],
  },
  {
    row: 17,
    name: 'a group of infrequent access is not read event by event',
    before: (room) =>
      room.call('CreateLogGroup', { logGroupName: `${room.group}-2`, logGroupClass: 'INFREQUENT_ACCESS' }),
    ask: (room) => room.read('FilterLogEvents', { logGroupName: `${room.group}-2` }),
    documented: refusal,
    moto: [],
  },
  {
    row: 18,
    name: 'a protected group is not deleted',
    before: (room) => protectedGroup(room),
    ask: (room) => room.call('DeleteLogGroup', { logGroupName: `${room.group}-2` }),
    documented: refusalNamed('ValidationException'),
    moto: {},
  },
  {
    row: 18,
    name: 'protection is described, and can be taken away',
    before: (room) => protectedGroup(room),
    ask: async (room) => {
      const logGroupIdentifier = `${room.group}-2`;
      const before = await protectionOf(room);
      const input = { logGroupIdentifier, deletionProtectionEnabled: false };
      const outcome = await room.call('PutLogGroupDeletionProtection', input);
      return [before, outcome, await protectionOf(room)];
    },
    documented: [true, {}, false],
    moto: [undefined, crash, undefined],
  },
  {
    row: 21,
    name: 'groups are selected by a part of the name',
    ask: (room) => room.names('DescribeLogGroups', { logGroupNamePattern: 'no-such-part' }),
    documented: [],
    moto: expect.arrayContaining(['GROUP']) as unknown,
  },
  {
    row: 21,
    name: 'groups are selected by class',
    ask: (room) =>
      room.names('DescribeLogGroups', {
        logGroupNamePrefix: room.group,
        logGroupClass: 'INFREQUENT_ACCESS',
      }),
    documented: [],
    moto: ['GROUP'],
  },
  {
    row: 22,
    name: 'the size of a stream is 0',
    before: (room) => room.put([0, 'line']),
    ask: async (room) => {
      const found = await room.call('DescribeLogStreams', { logGroupName: room.group });
      const { logStreams } = found as { logStreams: readonly { storedBytes?: number }[] };
      return logStreams.map(({ storedBytes }) => storedBytes);
    },
    documented: [0],
    moto: [4],
  },
  {
    row: 22,
    name: 'events are got up to the end, and not at it',
    before: (room) => room.put([-1000, 'a'], [0, 'b']),
    ask: (room) => room.read('GetLogEvents', { startFromHead: true, endTime: room.nowMs }),
    documented: ['a'],
    moto: ['a', 'b'],
  },
  {
    row: 11,
    name: 'a missing stream is not taken for a missing group by those who get events',
    ask: (room) => room.read('GetLogEvents', { logStreamName: 'missing' }),
    documented: 'ResourceNotFoundException 400: The specified log stream does not exist.',
    moto: 'ResourceNotFoundException 400: The specified log group does not exist.',
  },
  {
    row: 11,
    name: 'a missing stream is not taken for a missing group by those who delete it',
    ask: (room) => room.call('DeleteLogStream', { ...room.target, logStreamName: 'missing' }),
    documented: 'ResourceNotFoundException 400: The specified log stream does not exist.',
    moto: 'ResourceNotFoundException 400: The specified log group does not exist.',
  },
  {
    row: 11,
    name: 'a missing stream is not filtered',
    ask: (room) => room.read('FilterLogEvents', { logStreamNames: ['missing'] }),
    documented: 'ResourceNotFoundException 400: The specified log stream does not exist.',
    moto: [],
  },
  {
    row: 25,
    name: 'a compressed call is taken',
    ask: (room) => {
      const body = gzipSync(JSON.stringify({ ...room.target, logEvents: [eventOf(room)] }));
      return room.call('PutLogEvents', {}, { body, headers: { 'content-encoding': 'gzip' } });
    },
    documented: {},
    moto: crash,
  },
  {
    row: 25,
    name: 'a call that is compressed badly is refused',
    ask: (room) =>
      room.call('PutLogEvents', {}, { body: 'no gzip', headers: { 'content-encoding': 'gzip' } }),
    documented: expect.stringMatching(/^\w+ 400: /) as unknown,
    moto: crash,
  },
  {
    row: 25,
    name: 'a body that is no JSON is refused as such',
    ask: (room) => room.call('PutLogEvents', {}, { body: '{' }),
    documented: refusalNamed('SerializationException'),
    moto: 'ResourceNotFoundException 400: The specified log group does not exist.',
  },
  {
    row: 26,
    name: 'an unknown operation is refused',
    ask: (room) => room.call('PutLogEvents', {}, { headers: { 'x-amz-target': 'Logs_20140328.Nonsense' } }),
    documented: refusalNamed('UnknownOperationException'),
    moto: crash,
  },
  {
    row: 27,
    name: 'a wrong content type is refused',
    ask: (room) =>
      room.call(
        'CreateLogStream',
        { ...room.target, logStreamName: 'b' },
        { headers: { 'content-type': 'text/plain' } },
      ),
    documented: expect.stringMatching(/^\w+ 4\d\d: /) as unknown,
    moto: {},
  },
];

describeServers((server, room) => {
  const isKnown = server !== 'moto' || isKnownMoto();

  (isKnown ? test : test.skip).each(differences)('$row: $name', async ({ before, ask, ...answers }) => {
    await before?.(room());

    await eventually(server, async () => expect(await ask(room())).toEqual(expected(server, answers)));
  });
});

test.each(differences)('$row: $name: the two answers differ', ({ documented, moto }) => {
  expect(moto).not.toEqual(documented);
});

function expected(
  server: ServerName,
  { documented, moto }: Pick<Difference, 'documented' | 'moto'>,
): unknown {
  return server === 'moto' ? moto : documented;
}

function refusalNamed(error: string): unknown {
  return expect.stringMatching(new RegExp(`^${error} 400: `));
}

function eventOf({ nowMs }: Room): object {
  return { timestamp: nowMs, message: 'line' };
}

function protectedGroup(room: Room): Promise<Outcome> {
  return room.call('CreateLogGroup', { logGroupName: `${room.group}-2`, deletionProtectionEnabled: true });
}

async function protectionOf(room: Room): Promise<unknown> {
  const found = await room.call('DescribeLogGroups', { logGroupNamePrefix: `${room.group}-2` });
  const { logGroups } = found as { logGroups: readonly { deletionProtectionEnabled?: boolean }[] };
  return logGroups[0]?.deletionProtectionEnabled;
}
