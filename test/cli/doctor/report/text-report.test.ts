import { fault, finding } from '../../../../cli/doctor/finding.js';
import { marksFor, sectionText, summaryText } from '../../../../cli/doctor/report/text-report.js';
import { paintFor } from '../../../../cli/terminal/colours.js';

const plain = paintFor({}, {});
const marks = marksFor({ LANG: 'C.UTF-8' }, 'linux');
const statement = { Effect: 'Allow', Action: ['logs:PutLogEvents'], Resource: '*' } as const;

const write = {
  name: 'Write',
  findings: [
    finding('write', 'it is there'),
    fault('write-refused', 'it is denied', 'allow it', statement),
    finding('write-skipped', 'nothing more'),
  ],
};

test('a line for each finding, and below it what mends it', () => {
  expect(sectionText(write, plain, marks).split('\n')).toEqual([
    'Write',
    '  ✓ it is there',
    '  ✗ it is denied',
    '      fix: allow it',
    '      IAM: {"Effect":"Allow","Action":["logs:PutLogEvents"],"Resource":"*"}',
    '  - nothing more',
    '',
    '',
  ]);
});

test('one line for what was not looked for', () => {
  const spool = { name: 'Spool', findings: [finding('spool-off', 'the settings name none')] };
  expect(sectionText(spool, plain, marks)).toBe('Spool: the settings name none\n\n');
});

test.each([
  [{}, 'linux', '+'],
  [{ LANG: 'POSIX' }, 'linux', '+'],
  [{ LANG: 'de_DE.utf8' }, 'linux', '✓'],
  [{ LANG: 'de_DE.UTF-8', LC_ALL: 'C' }, 'linux', '+'],
  [{}, 'darwin', '✓'],
] as const)('%j on %s: marks that can be shown', (env, platform, ok) => {
  expect(marksFor(env, platform).ok).toBe(ok);
});

test('a terminal shows problems in red', () => {
  const text = sectionText(write, paintFor({ isTTY: true }, {}), marks);
  expect(text).toContain('\u001b[31m✗\u001b[0m it is denied');
});

test.each([
  [[], 'no problems, no notes\n'],
  [[write], '1 problem, no notes\n'],
  [[write, write], '2 problems, no notes\n'],
])('the summary counts', (sections, text) => {
  expect(summaryText(sections, plain)).toBe(text);
});
