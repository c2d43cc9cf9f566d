import {
  DAY_MS,
  GROUP,
  HOUR_MS,
  NOW_MS,
  refused,
  start,
  type Stage,
  stopAll,
  STREAM,
  TARGET,
} from './harness.js';

afterEach(stopAll);

const MIB = 1_048_576;
const INVALID = { __type: 'InvalidParameterException' };

function eventsOf(count: number, message = 'x'): { timestamp: number; message: string }[] {
  return Array.from({ length: count }, () => ({ timestamp: NOW_MS, message }));
}

/** Two events that count `bytes` together: their messages and 26 each. */
function pair(bytes: number): { timestamp: number; message: string }[] {
  return [...eventsOf(1, 'x'.repeat(500_000)), ...eventsOf(1, 'y'.repeat(bytes - 500_000 - 52))];
}

/** The time that many hours ago. */
function age(hours: number): number {
  return NOW_MS - hours * HOUR_MS;
}

function numbered(count: number): Record<string, string> {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, 'v']));
}

async function putEvents(stage: Stage, logEvents: unknown): Promise<[number, Record<string, unknown>]> {
  const { status, body } = await stage.raw('PutLogEvents', { ...TARGET, logEvents });
  return [status, body];
}

/** Status, name and text of a call with one event. */
function putEvent(stage: Stage, event: unknown): Promise<[number, Record<string, unknown>]> {
  return putEvents(stage, [event]);
}

function broken(value: string, member: string, rule: string): Record<string, unknown> {
  const text = `1 validation error detected: Value ${value} at '${member}' failed to satisfy constraint: ${rule}`;
  return { ...INVALID, message: text };
}

describe('events in a call', () => {
  it('takes 1 and 10,000', async () => {
    const stage = await start();
    expect(await putEvents(stage, eventsOf(1))).toEqual([200, {}]);
    expect(await putEvents(stage, eventsOf(9_999))).toEqual([200, {}]);
    expect(await putEvents(stage, eventsOf(10_000))).toEqual([200, {}]);
    expect(stage.service.calls.map(({ stored }) => stored).slice(2)).toEqual([1, 9_999, 10_000]);
  });

  it('refuses 0 and 10,001', async () => {
    const stage = await start();
    const length = 'Member must have length';
    expect(await putEvents(stage, [])).toEqual([
      400,
      broken("'[]'", 'logEvents', `${length} greater than or equal to 1`),
    ]);
    expect(await putEvents(stage, eventsOf(10_001))).toEqual([
      400,
      broken("'[10001 members]'", 'logEvents', `${length} less than or equal to 10000`),
    ]);
  });
});

describe('bytes in a call', () => {
  it('takes 1,048,576 and one under', async () => {
    const stage = await start();
    expect(await putEvents(stage, pair(MIB - 1))).toEqual([200, {}]);
    expect(await putEvents(stage, pair(MIB))).toEqual([200, {}]);
  });

  it('refuses one over', async () => {
    const stage = await start();
    const message = 'Upload too large: 1048577 bytes exceeds limit of 1048576';
    expect(await putEvents(stage, pair(MIB + 1))).toEqual([400, { ...INVALID, message }]);
    expect(stage.service.calls.at(-1)).toMatchObject({ countedBytes: MIB + 1, stored: 0, events: 2 });
  });

  it('counts UTF-8 and no JSON escapes', async () => {
    const stage = await start();
    const euros = '€'.repeat(Math.floor((MIB - 26) / 3)); // 3 bytes each, one JavaScript character
    const rest = MIB - 26 - Buffer.byteLength(euros);
    expect(await putEvent(stage, { timestamp: NOW_MS, message: `${euros}${'x'.repeat(rest)}` })).toEqual([
      200,
      {},
    ]);
    expect(
      (await putEvent(stage, { timestamp: NOW_MS, message: `${euros}${'x'.repeat(rest + 1)}` }))[0],
    ).toBe(400);
    expect(await putEvent(stage, { timestamp: NOW_MS, message: '\u0001'.repeat(MIB - 26) })).toEqual([
      200,
      {},
    ]);
    expect(stage.service.calls.at(-1)?.wireBytes).toBeGreaterThan(6 * (MIB - 26));
  });

  it('counts 26 for each of many events', async () => {
    const stage = await start();
    const full = eventsOf(8_192, 'x'.repeat(102)); // 8,192 × 128 = 1 MiB
    expect(await putEvents(stage, full)).toEqual([200, {}]);
    const message = 'Upload too large: 1048603 bytes exceeds limit of 1048576';
    expect(await putEvents(stage, [...full, ...eventsOf(1)])).toEqual([400, { ...INVALID, message }]);
  });
});

describe('bytes in an event', () => {
  it.each([MIB - 27, MIB - 26])('takes a message of %d bytes', async (bytes) => {
    const stage = await start();
    expect(await putEvent(stage, { timestamp: NOW_MS, message: 'x'.repeat(bytes) })).toEqual([200, {}]);
  });

  it('refuses one byte over', async () => {
    const stage = await start();
    const message = 'Log event too large: 1048577 bytes exceeds limit of 1048576';
    const event = { timestamp: NOW_MS, message: 'x'.repeat(MIB - 25) };
    expect(await putEvent(stage, event)).toEqual([400, { ...INVALID, message }]);
  });
});

describe('order', () => {
  it('takes ascending times and ties', async () => {
    const stage = await start();
    expect(await stage.put([NOW_MS - 1, NOW_MS, NOW_MS, NOW_MS + 1])).toEqual({});
  });

  it('refuses a step back of one millisecond', async () => {
    const stage = await start();
    const message = 'Log events in a single PutLogEvents request must be in chronological order.';
    expect(await stage.put([NOW_MS, NOW_MS - 1])).toEqual({ ...INVALID, message });
  });

  it('does not compare separate calls', async () => {
    const stage = await start();
    expect(await stage.put([NOW_MS])).toEqual({});
    expect(await stage.put([NOW_MS - HOUR_MS])).toEqual({});
  });
});

describe('span', () => {
  const message = 'The batch of log events in a single PutLogEvents request cannot span more than 24 hours.';

  it.each([DAY_MS - 1, DAY_MS])('takes %d ms', async (spanMs) => {
    const stage = await start();
    expect(await stage.put([NOW_MS - spanMs, NOW_MS])).toEqual({});
  });

  it('refuses one millisecond more', async () => {
    const stage = await start();
    expect(await stage.put([NOW_MS - DAY_MS - 1, NOW_MS])).toEqual({ ...INVALID, message });
  });

  it('does not count events that are too old or too new', async () => {
    const stage = await start();
    const answer = await stage.put([NOW_MS - 15 * DAY_MS, NOW_MS, NOW_MS + 3 * HOUR_MS]);
    expect(answer).toEqual({
      rejectedLogEventsInfo: { tooOldLogEventEndIndex: 1, tooNewLogEventStartIndex: 2 },
    });
  });

  it('counts expired events', async () => {
    const stage = await start();
    await stage.client.putRetentionPolicy({ logGroupName: GROUP, retentionInDays: 1 });
    expect(await stage.put([NOW_MS - 2 * DAY_MS, NOW_MS])).toEqual({ ...INVALID, message });
  });
});

describe('members', () => {
  it('refuses an empty message', async () => {
    const stage = await start();
    const path = 'logEvents.1.member.message';
    const expected = broken("''", path, 'Member must have length greater than or equal to 1');
    expect(await putEvent(stage, { timestamp: NOW_MS, message: '' })).toEqual([400, expected]);
  });

  it.each(['timestamp', 'message'])('refuses an event without %s', async (member) => {
    const stage = await start();
    const expected = broken('null', `logEvents.2.member.${member}`, 'Member must not be null');
    const event = { timestamp: NOW_MS, message: 'x', [member]: null };
    expect(await putEvents(stage, [...eventsOf(1), event])).toEqual([400, expected]);
  });

  it('takes time 0, refuses -1', async () => {
    const stage = await start();
    const path = 'logEvents.1.member.timestamp';
    const expected = broken("'-1'", path, 'Member must have value greater than or equal to 0');
    expect((await putEvent(stage, { timestamp: 0, message: 'x' }))[0]).toBe(200);
    expect(await putEvent(stage, { timestamp: -1, message: 'x' })).toEqual([400, expected]);
  });

  it.each([
    [{ timestamp: '1768478400000', message: 'x' }, 'STRING_VALUE can not be converted to Long'],
    [{ timestamp: 1.5, message: 'x' }, 'NUMBER_VALUE can not be converted to Long'],
    [{ timestamp: NOW_MS, message: 7 }, 'NUMBER_VALUE can not be converted to String'],
    [['no', 'event'], 'LIST_VALUE can not be converted to Structure'],
  ])('refuses %j', async (event, message) => {
    const stage = await start();
    expect(await putEvent(stage, event)).toEqual([400, { __type: 'SerializationException', message }]);
  });

  it.each(['logGroupName', 'logStreamName', 'logEvents'])('refuses a call without %s', async (member) => {
    const stage = await start();
    const { status, body } = await stage.raw('PutLogEvents', {
      ...TARGET,
      logEvents: eventsOf(1),
      [member]: undefined,
    });
    expect([status, body]).toEqual([400, broken('null', member, 'Member must not be null')]);
  });
});

describe('target', () => {
  it('tells a missing group from a missing stream', async () => {
    const { client } = await start();
    const logEvents = eventsOf(1);
    const group = client.putLogEvents({ logGroupName: '/other', logStreamName: STREAM, logEvents });
    const stream = client.putLogEvents({ logGroupName: GROUP, logStreamName: 'other', logEvents });
    expect(await refused(group)).toEqual({
      name: 'ResourceNotFoundException',
      message: 'The specified log group does not exist.',
      status: 400,
    });
    expect(await refused(stream)).toEqual({
      name: 'ResourceNotFoundException',
      message: 'The specified log stream does not exist.',
      status: 400,
    });
  });
});

describe('rejected events', () => {
  it('are those of the worked example', async () => {
    const stage = await start();
    const { client, service } = stage;
    await client.putRetentionPolicy({ logGroupName: GROUP, retentionInDays: 1 });
    const timestamps = [age(16 * 24), age(15 * 24), age(25), age(24.5), age(2), age(1.5), age(-3)];
    const logEvents = timestamps.map((timestamp, index) => ({ timestamp, message: `event ${index}` }));

    const { rejectedLogEventsInfo } = await client.putLogEvents({ ...TARGET, logEvents });

    expect(rejectedLogEventsInfo).toEqual({
      tooOldLogEventEndIndex: 2,
      expiredLogEventEndIndex: 4,
      tooNewLogEventStartIndex: 6,
    });
    expect(service.calls.at(-1)).toMatchObject({ status: 200, events: 7, stored: 2, rejected: 5 });
    const { events } = await client.getLogEvents(TARGET);
    expect(events?.map(({ message }) => message)).toEqual(['event 4', 'event 5']);
  });

  it.each([
    [14 * DAY_MS - 1, {}],
    [14 * DAY_MS, {}],
    [14 * DAY_MS + 1, { rejectedLogEventsInfo: { tooOldLogEventEndIndex: 1 } }],
    [1 - 2 * HOUR_MS, {}],
    [-2 * HOUR_MS, {}],
    [-2 * HOUR_MS - 1, { rejectedLogEventsInfo: { tooNewLogEventStartIndex: 0 } }],
  ])('at an age of %d ms', async (ageMs, answer) => {
    const stage = await start();
    expect(await stage.put([NOW_MS - ageMs])).toEqual(answer);
  });

  it.each([
    [3 * DAY_MS - 1, {}],
    [3 * DAY_MS, {}],
    [3 * DAY_MS + 1, { rejectedLogEventsInfo: { expiredLogEventEndIndex: 1 } }],
  ])('at an age of %d ms in a group that keeps three days', async (ageMs, answer) => {
    const stage = await start();
    await stage.client.putRetentionPolicy({ logGroupName: GROUP, retentionInDays: 3 });
    expect(await stage.put([NOW_MS - ageMs])).toEqual(answer);
  });

  it('follow the clock', async () => {
    let nowMs = NOW_MS;
    const stage = await start({ clock: () => nowMs });
    expect(await stage.put([NOW_MS])).toEqual({});
    nowMs += 15 * DAY_MS;
    expect(await stage.put([NOW_MS])).toEqual({ rejectedLogEventsInfo: { tooOldLogEventEndIndex: 1 } });
  });
});

describe('sequence tokens and duplicates', () => {
  it('ignores a token, sends none, and stores twice what comes twice', async () => {
    const { client } = await start();
    const call = { ...TARGET, logEvents: eventsOf(2), sequenceToken: 'garbage' };
    const answers = [await client.putLogEvents(call), await client.putLogEvents(call)];
    expect(answers.map(({ nextSequenceToken }) => nextSequenceToken)).toEqual([undefined, undefined]);
    expect((await client.getLogEvents(TARGET)).events).toHaveLength(4);
  });

  it('takes parallel calls to one stream', async () => {
    const { client } = await start();
    const calls = Array.from({ length: 20 }, () =>
      client.putLogEvents({ ...TARGET, logEvents: eventsOf(50) }),
    );
    await Promise.all(calls);
    expect((await client.getLogEvents(TARGET)).events).toHaveLength(1_000);
  });
});

describe('entity', () => {
  const service = { Type: 'Service', Name: 'api', Environment: 'production' };

  it.each([
    [{ keyAttributes: service, attributes: { PlatformType: 'AWS::Lambda' } }, undefined],
    [{ keyAttributes: { Type: 'Service', Name: 'x'.repeat(512) } }, undefined],
    [{ keyAttributes: { Type: 'Service', Name: 'x'.repeat(513) } }, 'InvalidKeyAttributes'],
    [{ keyAttributes: { Type: 'Service', Name: '' } }, 'InvalidKeyAttributes'],
    [{ keyAttributes: { Type: 'Service' } }, 'InvalidKeyAttributes'],
    [{ keyAttributes: { ...service, Colour: 'red' } }, 'InvalidKeyAttributes'],
    [{ keyAttributes: { ...service, Identifier: 'i', AwsAccountId: '1' } }, 'InvalidKeyAttributes'],
    [{ keyAttributes: { ...service, Type: 'Thing' } }, 'InvalidTypeValue'],
    [{ keyAttributes: { Name: 'api', Environment: 'production' } }, 'MissingRequiredFields'],
    [{ attributes: {} }, 'MissingRequiredFields'],
    [{ keyAttributes: service, attributes: { ['k'.repeat(256)]: 'v'.repeat(512) } }, undefined],
    [{ keyAttributes: service, attributes: { ['k'.repeat(257)]: 'v' } }, 'InvalidAttributes'],
    [{ keyAttributes: service, attributes: { k: 'v'.repeat(513) } }, 'InvalidAttributes'],
    [{ keyAttributes: service, attributes: numbered(10) }, undefined],
    [{ keyAttributes: service, attributes: numbered(11) }, 'InvalidAttributes'],
    [{ keyAttributes: 'Service' }, 'InvalidEntity'],
    [
      {
        keyAttributes: service,
        attributes: Object.fromEntries(Array.from({ length: 9 }, (_, n) => [n, 'v'.repeat(512)])),
      },
      'EntitySizeTooLarge',
    ],
  ])('%j never fails the call', async (entity, errorType) => {
    const stage = await start();
    const { status, body } = await stage.raw('PutLogEvents', { ...TARGET, logEvents: eventsOf(1), entity });
    const expected = errorType === undefined ? {} : { rejectedEntityInfo: { errorType } };
    expect([status, body, stage.service.calls.at(-1)?.stored]).toEqual([200, expected, 1]);
    expect(stage.service.calls.at(-1)?.entity).toEqual(errorType === undefined ? entity : undefined);
  });

  it('belongs to no log group but one of the standard class', async () => {
    const { client } = await start();
    const logGroupName = '/myapp/rare';
    await client.createLogGroup({ logGroupName, logGroupClass: 'INFREQUENT_ACCESS' });
    await client.createLogStream({ logGroupName, logStreamName: 'a' });
    const call = {
      logGroupName,
      logStreamName: 'a',
      logEvents: eventsOf(1),
      entity: { keyAttributes: service },
    };
    expect((await client.putLogEvents(call)).rejectedEntityInfo).toEqual({
      errorType: 'UnsupportedLogGroupType',
    });
  });
});
