import { Account, accountText, type GroupAccount } from '../../../cli/local/account.js';
import type { CallRecord } from '../../../local/index.js';

const call = {
  operation: 'PutLogEvents',
  logGroupName: '/myapp',
  logStreamName: 'a',
  status: 200,
  settledAtMs: 1,
  stored: 0,
  rejected: 0,
} as CallRecord;

const calls: readonly CallRecord[] = [
  { ...call, stored: 3, rejected: 1 },
  { ...call, stored: 2 },
  { ...call, status: 400, errorName: 'ThrottlingException' },
  { ...call, status: 400, errorName: 'ThrottlingException' },
  // Stored, then the connection was reset.
  { ...call, logStreamName: 'b', status: 0, stored: 1 },
  { ...call, logStreamName: 'b', status: 0, settledAtMs: Infinity },
  { ...call, operation: 'DescribeLogStreams', logStreamName: '' },
  { ...call, operation: 'DescribeLogGroups', logGroupName: '', logStreamName: '' },
];

function accountOf(entered: readonly CallRecord[]): readonly GroupAccount[] {
  const account = new Account();
  for (const each of entered) account.enter(each);
  return account.groups;
}

test('what became of each stream, and why calls were refused', () => {
  const losses = [
    {
      logGroupName: '/myapp',
      logStreamName: 'b',
      message: '4 log events were dropped (queueFull), from … to …',
    },
  ];

  expect(accountText(accountOf(calls), losses, [])).toBe(
    [
      'As the server saw it: 8 calls, 6 events stored, 1 rejected',
      '(no log group)',
      '  1 call that names no stream',
      '/myapp',
      '  a: 5 events stored, 1 rejected, 4 calls',
      '  b: 1 event stored, 0 rejected, 2 calls',
      '  1 call that names no stream',
      '  failed: PutLogEvents ThrottlingException, 2 times',
      '  failed: PutLogEvents (connection closed), once',
      '  failed: PutLogEvents (no answer yet), once',
      '  lost on the way to b: 4 log events were dropped (queueFull), from … to …',
    ].join('\n'),
  );
});

describe('provisioning', () => {
  const missing = { ...call, status: 400, errorName: 'ResourceNotFoundException' };
  const created = { ...call, operation: 'CreateLogStream' };
  const failures = (entered: readonly CallRecord[]): readonly string[] =>
    accountOf(entered).flatMap((group) => [...group.failures.keys()]);

  test('is no failure: a stream that the sink found missing and created', () => {
    const groups = accountOf([missing, created, { ...call, stored: 5 }]);
    expect(accountText(groups, [], []).split('\n').slice(1)).toEqual([
      '/myapp',
      '  a: created, 5 events stored, 0 rejected, 3 calls',
    ]);
  });

  test('is no failure where another process created the stream first', () => {
    const taken = { ...created, status: 400, errorName: 'ResourceAlreadyExistsException' };
    expect(failures([missing, taken, call])).toEqual([]);
  });

  test('is a failure where nothing came of it', () => {
    expect(failures([missing, { ...created, logStreamName: 'b' }])).toEqual([
      'PutLogEvents ResourceNotFoundException',
    ]);
    expect(failures([missing, call, missing])).toEqual(['PutLogEvents ResourceNotFoundException']);
  });

  test('leaves no fault out that was asked for', () => {
    expect(failures([{ ...missing, fault: 'missing' }, call])).toEqual([
      'PutLogEvents ResourceNotFoundException',
    ]);
  });
});

test('how many events matched the filters of the log group', () => {
  const filter = {
    accountId: '123456789012',
    region: 'us-east-1',
    logGroupName: '/myapp',
    filterPattern: 'ERROR',
  };
  const text = accountText(
    accountOf([{ ...call, stored: 3 }]),
    [],
    [
      { ...filter, kind: 'metric', filterName: 'Errors', matches: 1 },
      { ...filter, kind: 'subscription', filterName: 'Archive', matches: 3 },
      { ...filter, kind: 'metric', filterName: 'Elsewhere', logGroupName: '/other', matches: 9 },
    ],
  );
  expect(text.split('\n').slice(3)).toEqual([
    '  metric filter Errors: 1 match',
    '  subscription filter Archive: 3 matches',
  ]);
});

test('no call at all', () => {
  expect(accountText(accountOf([]), [], [])).toBe(
    'As the server saw it: 0 calls, 0 events stored, 0 rejected',
  );
});

test('nothing is counted twice or left out', () => {
  const groups = accountOf(calls);
  const streams = groups.flatMap((group) => [...group.streams.values()]);
  const refused = groups.flatMap(({ failures }) => [...failures.values()]);
  const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

  expect(sum(streams.map((stream) => stream.calls))).toBe(calls.length);
  expect(sum(streams.map((stream) => stream.stored))).toBe(6);
  expect(sum(refused)).toBe(calls.filter(({ status }) => status !== 200).length);
});
