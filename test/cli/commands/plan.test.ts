import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { planCommand } from '../../../cli/commands/plan.js';
import { blocksOf } from '../../support/document-blocks.js';
import { type Ended, RunningCommand } from '../../support/command-line.js';
import { root } from '../../support/imports.js';

const PAGE = 'docs/commands/plan.md';
const page = readFileSync(join(root, PAGE), 'utf8');

const run = (args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> =>
  new RunningCommand(['plan', ...args], env).ended();

const FLEET = ['--writers', '3000', '--rate', '20', '--bytes', '400'];
const FUNCTIONS = ['--writers', '900', '--invocations', '6000', '--events', '5', '--bytes', '400'];

const OUTPUTS: [string, string][] = blocksOf(PAGE, page).flatMap((block, index, all) => {
  const before = all[index - 1];
  return block.language === '' && before !== undefined
    ? [[before.code.trim(), block.code] as [string, string]]
    : [];
});

test('the page shows two calls with what they print', () => {
  expect(OUTPUTS).toHaveLength(2);
});

test.each(OUTPUTS)('the page shows what is printed by %s', async (call, output) => {
  const args = call.replace('npx fapilog-cloudwatch plan ', '').split(' ');

  expect(await run(args)).toEqual({ by: 0, stdout: output, stderr: '' });
});

test('the table of options has those of the command, and no others', () => {
  const [, text = ''] = page.split('\n## Options\n');
  const named = text.split('\n## ')[0]!.match(/(?<=^\| `)--[a-z-]+/gm);

  expect(named).toEqual(planCommand().options.map(({ long }) => long));
});

test('the table of members has those of the JSON', async () => {
  const [, text = ''] = page.split('\n## JSON\n');
  const rows = text.split('\n## ')[0]!.match(/(?<=^\| )`[^|]*(?= \|)/gm) ?? [];
  const { stdout } = await run([...FLEET, '--json']);

  expect(rows.flatMap((row) => row.match(/\w+/g) ?? []).toSorted()).toEqual(
    Object.keys(JSON.parse(stdout) as object).toSorted(),
  );
});

test('what is left out is the setting of the sink, and the quota and the price of AWS', async () => {
  const left = await run([...FLEET, '--json']);
  const said = await run([
    ...FLEET,
    ...'--batch-timeout-seconds 2 --batch-size 10000 --arrivals random'.split(' '),
    ...'--quota 5000 --others 0 --stream-quota 50 --price-per-gb 0.5 --json'.split(' '),
  ]);

  expect(left).toMatchObject({ by: 0, stderr: '' });
  expect(said).toEqual(left);
});

test.each([
  ['--batch-timeout-seconds', '5s', { putCallsPerSecond: expect.closeTo(3_000 / 5.05, 3) }],
  ['--batch-size', '10', { eventsPerFullCall: 10 }],
  ['--arrivals', 'even', { putCallsPerSecond: 1_500 }],
  ['--quota', '3000', { quotaShare: expect.closeTo(3_000 / 2.05 / 3_000, 5) }],
  ['--others', '5000', { delay: { kind: 'endless' } }],
  ['--stream-quota', '100', { streamCreationSeconds: 30 }],
  ['--price-per-gb', '0.76', { dollarsPerMonth: expect.closeTo(66_251.52 * 0.76, 3) }],
])('%s %s counts', async (option, value, expected) => {
  const { by, stdout } = await run([...FLEET, option, value, '--json']);

  expect(by).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject(expected);
});

test('functions make a call for each invocation, and may let Lambda deliver', async () => {
  const { by, stdout } = await run(FUNCTIONS);

  expect(by).toBe(0);
  expect(stdout).toContain('6,000 calls a second: 120% of the quota');
  expect(stdout).toContain("delivery: 'stdout'");
  expect(stdout).not.toContain('batchTimeoutSeconds');
});

test('the command that it prints is one for a shell, and colours are for a terminal', async () => {
  const { stdout } = await run(FUNCTIONS);
  const coloured = await run(FUNCTIONS, { FORCE_COLOR: '1' });

  expect(stdout.replaceAll(/ \\\n +/g, ' ')).toMatch(
    /^ +aws service-quotas request-service-quota-increase --service-code logs --quota-code L-7E1FAE88 --desired-value 7500$/m,
  );
  expect(stdout).not.toContain('\u001b');
  expect(coloured.stdout).toContain('\u001b[31m');
});

test.each([
  [
    ['--writers', '0'],
    /--writers <count>' argument '0' is invalid\. Allowed: a whole number from 1 to 1,000,000,000, such as 3000; digits only\.\n$/,
  ],
  [
    ['--writers', '1.5'],
    /--writers <count>' argument '1\.5' is invalid\. Allowed: a whole number from 1 to 1,000,000,000, such as 3000; digits only\.\n$/,
  ],
  [['--rate', '-5'], /--rate <events>' argument '-5' is invalid\. Allowed: a number above 0, /],
  [['--rate', 'many'], /--rate <events>' argument 'many' is invalid\. Allowed: a number above 0, /],
  [['--rate', '1,000'], /argument '1,000' is invalid\. Allowed: a number .* digits and a point only\.\n$/],
  [['--rate', '1e-9'], /argument '1e-9' is invalid\. Allowed: a number .* digits and a point only\.\n$/],
  [
    ['--bytes', '2000000'],
    /argument '2000000' is invalid\. Allowed: a whole number of bytes from 1 to 1,048,550/,
  ],
  [
    ['--batch-timeout-seconds', '0'],
    /'0' is invalid\. Allowed: seconds from 0\.001 to 86400, such as 5, "5s" or "500ms"\.\n$/,
  ],
  [['--batch-size', '10001'], /'10001' is invalid\. Allowed: an integer from 1 to 10000\.\n$/],
  [['--arrivals', 'bursts'], /'bursts' is invalid\. Allowed choices are random, even\.\n$/],
  [['--others', '-1'], /'-1' is invalid\. Allowed: a number from 0 to 1,000,000,000/],
  [['--quota', '0'], /'0' is invalid\. Allowed: a number above 0/],
  [['--writer', '5'], /^error: unknown option '--writer'\n\(Did you mean --writers\?\)\n$/],
  [['3000'], /^error: too many arguments/],
  [['--events', '5'], /^error: --events is what one invocation logs, and needs --invocations/],
  [
    ['--invocations', '5'],
    /^error: --rate cannot be used with --invocations: the calls of a function are [^]*\. Leave out --rate, or for processes --invocations\.\n$/,
  ],
])('%j is refused in a line', async (args, stderr) => {
  const ended = await run([...FLEET, ...args]);

  expect(ended).toMatchObject({ by: 1, stdout: '' });
  expect(ended.stderr).toMatch(stderr);
});

test.each([
  [
    [],
    /^error: missing: --writers .*, --rate .*, --bytes .*\. For example: npx fapilog-cloudwatch plan .*\n$/,
  ],
  [['--writers', '5'], /^error: missing: --rate .*, --bytes .*\. For example: /],
  [
    ['--writers', '5', '--bytes', '400'],
    /^error: missing: --rate \(log events a second of one writer; or, for Lambda, /,
  ],
  [
    ['--writers', '5', '--bytes', '400', '--invocations', '9'],
    /^error: missing: --events \(log events of one invocation\)\. /,
  ],
  [
    [...FUNCTIONS, '--batch-timeout-seconds', '5'],
    /^error: --batch-timeout-seconds cannot be used with --invocations: .*\. Leave out --batch-timeout-seconds, /,
  ],
])('what is missing or does not belong together is named: %j', async (args, stderr) => {
  const ended = await run(args);

  expect(ended).toMatchObject({ by: 1, stdout: '' });
  expect(ended.stderr).toMatch(stderr);
});

test('no line of its help is wider than a terminal', async () => {
  const { by, stdout } = await run(['--help']);

  expect(by).toBe(0);
  expect(stdout.split('\n').filter(({ length }) => length > 80)).toEqual([]);
});

test('defaults that nobody gave are not refused beside --invocations', async () => {
  expect(await run([...FUNCTIONS, '--json'])).toMatchObject({ by: 0, stderr: '' });
});
