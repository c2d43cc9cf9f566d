import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Binding, bindings } from '../../tools/python-readers/bindings.js';
import { checkoutIn, versionIn } from '../../tools/python-readers/checkout.js';
import { deploy } from '../../tools/python-readers/deployed.js';
import { compare, type Compared, variants } from '../../tools/python-readers/comparison.js';
import { loggedEvents, secretNames } from '../../tools/python-readers/events.js';
import { type Program, see, type Seen } from '../../tools/python-readers/reader.js';
import { isDenied } from '../../tools/python-readers/room.js';
import { readersTables } from '../../tools/python-readers/table.js';
import { contradiction, differences } from '../../tools/python-readers/verdict.js';
import { root } from '../support/imports.js';

/** Of the built package. */
const node: Program = { command: [process.execPath, 'tools/python-readers/program.mjs'] };

const prefixed: Binding = { name: 'prefixed', streamPrefix: 'api/' };

/** A program that does nothing. */
const idle: Program = { command: [process.execPath, '-e', ''] };

const expected: Seen = {
  language: 'nodejs',
  stored: 30,
  traces: 0,
  hidden: ['password'],
  streams: ['host-1'],
  services: [],
  exitStatus: 0,
  stderr: '',
};

const python: Seen = { ...expected, language: 'python' };

const same: Compared = {
  binding: 'a binding',
  variant: variants[0],
  environment: {},
  expected,
  seen: [python],
  harms: [],
};

describe('what a program may do', () => {
  const call = { messages: [], encoding: 'identity', accessKeyId: 'AKIDPROGRAM' } as const;
  const { policies, environment } = deploy(prefixed);
  const logGroupName = environment['FAPILOG_CLOUDWATCH__LOG_GROUP_NAME']!;

  test.each([
    ['CreateLogStream', 'api/host', false],
    ['PutLogEvents', 'api/host', false],
    ['PutLogEvents', 'host', true],
    ['CreateLogStream', 'host', true],
    ['DeleteLogStream', 'api/host', true],
    ['CreateLogGroup', '', true],
    ['DescribeLogStreams', '', true],
  ])('%s on stream "%s": denied %p', (operation, logStreamName, isExpected) => {
    expect(isDenied({ ...call, operation, logGroupName, logStreamName }, policies)).toBe(isExpected);
  });

  test('on another log group, nothing', () => {
    const other = { ...call, operation: 'PutLogEvents', logGroupName: '/other', logStreamName: 'api/host' };

    expect(isDenied(other, policies)).toBe(true);
  });

  test('who provisions is not judged by them', () => {
    const owner = { ...call, accessKeyId: 'AKIDOWNER', logGroupName, logStreamName: '' };

    expect(isDenied({ ...owner, operation: 'CreateLogGroup' }, policies)).toBe(false);
  });
});

describe('a program in its room', () => {
  test('of Node.js stores what passes its level, under the prefix, and hides what the binding names', async () => {
    const deployed = deploy({
      ...prefixed,
      ...bindings.find(({ name }) => name.includes('Sensitive.EMAIL')),
    });
    const { stored, hidden, streams, exitStatus } = await see('nodejs', node, deployed);

    expect([stored, exitStatus]).toEqual([30, 0]);
    expect(hidden).toEqual(['password', 'e-mail address', 'password in a URL']);
    expect(streams).toEqual([expect.stringMatching(/^api\/./)]);
  });

  test('that does not know the prefix is denied its stream', async () => {
    const program = `
      const { CloudWatchLogs } = require('@aws-sdk/client-cloudwatch-logs');
      const { FAPILOG_CLOUDWATCH__LOG_GROUP_NAME: logGroupName, FAPILOG_CLOUDWATCH__ENDPOINT_URL: endpoint } = process.env;
      new CloudWatchLogs({ endpoint }).createLogStream({ logGroupName, logStreamName: 'host-1' })
        .catch((error) => { console.error(error.name); process.exitCode = 3; });`;
    const found = await see('python', { command: [process.execPath, '-e', program] }, deploy(prefixed));

    expect(found).toMatchObject({ stored: 0, exitStatus: 3, stderr: 'AccessDeniedException\n' });
  });

  test('that reads nothing is no failure of the runner', async () => {
    const found = await see('python', idle, deploy({ name: 'plain' }), { hasLargeEvent: true });

    expect(found).toMatchObject({ stored: 0, exitStatus: 0, hidden: secretNames });
  });
});

test('a binding is run with the variables of each variant, and compared with Node.js alone', async () => {
  const compared = await compare(
    { name: 'traces', props: { logLevel: 'trace' } },
    { nodejs: node, python: idle },
  );

  expect(compared.map(({ variant }) => variant)).toEqual(variants);
  expect(new Set(compared.map((each) => each.expected.stored))).toEqual(new Set([63]));
  expect(compared.map(({ seen }) => seen.map(({ language, stored }) => [language, stored]))).toEqual([
    [['python', 0]],
    [
      ['nodejs', 31],
      ['python', 0],
    ],
    [['python', 0]],
  ]);
});

describe('what is known beforehand', () => {
  const [forNode, forBoth, forPython] = variants.map(({ readers }) => readers);

  test('is the mark of the contract for variables of Node.js', () => {
    expect(deploy({ name: 'fatal', props: { logLevel: 'fatal' } }, forNode).harms).toEqual([
      "Python's fapilog refuses the level and does not start",
    ]);
  });

  test('is the warning of the construct for variables that Python reads', () => {
    const traces = { name: 'traces', props: { logLevel: 'trace' } };

    expect(deploy(traces, forBoth).harms).toEqual([
      expect.stringMatching(/^logLevel is "trace", .*readers: \["python"\]$/),
    ]);
    expect(deploy(traces, forPython).harms).toEqual([]);
  });

  test('is what no setting does, unless variables for Python prevent it', () => {
    const lost = { name: 'lost', harm: 'loses lines' };

    expect(variants.map(({ readers }) => deploy(lost, readers).harms.length)).toEqual([1, 1, 1]);
    expect(
      variants.map(({ readers }) => deploy({ ...lost, isPrevented: true }, readers).harms.length),
    ).toEqual([1, 0, 0]);
  });
});

describe('the verdict', () => {
  test.each<[string, Partial<Seen>, Record<string, string>, string[]]>([
    ['nothing', {}, {}, []],
    ['a loss', { stored: 0 }, {}, ['python stores 0 events, not 30']],
    ['one event more', { stored: 31 }, {}, ['python stores 31 events, not 30']],
    ['a secret in clear', { hidden: [] }, {}, ['python shows password']],
    ['nothing where more is hidden', { hidden: ['password', 'AWS key'] }, {}, []],
    ['a status', { exitStatus: 1 }, {}, ['python ends with status 1']],
    ['another stream', {}, { FAPILOG_CLOUDWATCH__LOG_STREAM_NAME: 'api-1' }, ['python writes host-1']],
    ['another service', { services: ['fapilog'] }, { FAPILOG_SERVICE: 'api' }, ['python is fapilog']],
  ])('finds %s', (_, changes, environment, found) => {
    const compared = { ...same, environment, seen: [expected, { ...python, ...changes }] };
    const others = environment['FAPILOG_CLOUDWATCH__LOG_STREAM_NAME'] ? ['nodejs writes host-1'] : [];

    expect(differences(compared)).toEqual([...others, ...found]);
    expect(contradiction(compared) === undefined).toBe(found.length === 0);
    expect(contradiction({ ...compared, harms: ['does harm'] }) === undefined).toBe(found.length > 0);
  });

  test('does not ask Python for the level that it lacks', () => {
    const traced = { ...expected, stored: 63, traces: 32 };
    const seen = [traced, { ...python, stored: 31 }];

    expect(differences({ ...same, expected: traced, seen })).toEqual([]);
    expect(differences({ ...same, expected: traced, seen: [{ ...expected, stored: 31 }] })).toEqual([
      'nodejs stores 31 events, not 63',
    ]);
  });

  test('is none if Node.js fails by itself', () => {
    const failed = { ...expected, exitStatus: 1, stderr: 'SettingsError' };

    expect(contradiction({ ...same, expected: failed, seen: [failed] })).toBe(
      'a binding: Node.js ends with status 1: SettingsError',
    );
  });
});

test('the events of each level are so many that no other levels have the same sum', () => {
  const counts = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'].map(
    (level) => loggedEvents(false).filter((event) => event.level === level).length,
  );
  const sums = Array.from({ length: 64 }, (_, chosen) =>
    counts.reduce((sum, count, at) => sum + (chosen & (1 << at) ? count : 0), 0),
  );

  expect(new Set(sums).size).toBe(64);
});

describe('a checkout', () => {
  test('has the version of its latest release', () => {
    expect(versionIn('# Changelog\n\n## [Unreleased]\n\n## [0.18.1] - 2026-02-19\n\n## [0.18.0]')).toBe(
      '0.18.1',
    );
  });

  test('is not in an empty folder', () => {
    expect(checkoutIn(join(root, 'docs'))).toMatch('docs is no checkout of the Python library');
  });

  test('that Python cannot import says so in one line, with the remedy', () => {
    const folder = mkdtempSync(join(tmpdir(), 'fapilog-cloudwatch-python-'));
    try {
      mkdirSync(join(folder, 'src/fapilog'), { recursive: true });
      writeFileSync(join(folder, 'CHANGELOG.md'), '');
      writeFileSync(join(folder, 'src/fapilog/__init__.py'), 'import none_of_this_name');

      expect(checkoutIn(folder)).toMatch(
        /^\S+ cannot import the library: [^\n]+; name the folder of a missing module in PYTHONPATH, or another interpreter in PYTHON$/,
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('the page', () => {
  const page = readFileSync(join(root, 'docs/evidence/python-readers.md'), 'utf8');
  const tables = page.split('\n## ').slice(1).map(rowsOf);

  /** Names and last cells of the rows of a table. */
  function rowsOf(text: string): string[][] {
    const rows = text.split('\n').filter((line) => line.startsWith('| '));
    return rows.slice(1).map((line) => line.slice(2, -2).split(' | '));
  }

  test.each(variants.map(({ readers }, at) => [readers.join(), readers, tables[at]!] as const))(
    'has a row for each binding with variables for %s, and says harm where it is known',
    (_, readers, rows) => {
      expect(rows.map(([name, ...cells]) => [name, cells.at(-1)!.trim() !== ''])).toEqual(
        bindings.map((binding) => [binding.name, deploy(binding, readers).harms.length > 0]),
      );
    },
  );

  test('has a table for each variant', () => {
    const failed = { ...python, stored: 0, exitStatus: 1 };
    const compared = variants.map((variant) => ({ ...same, variant, seen: [failed], harms: ['one', 'two'] }));

    expect(readersTables('1.2', compared).split('\n## ')).toHaveLength(4);
    expect(readersTables('1.2', compared)).toContain('| a binding | 30 | 0, exit status 1 |  | one; two |');
  });
});
