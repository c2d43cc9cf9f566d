import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { type Variables, variableText } from '../../../cli/env/variable-format.js';
import { Failure } from '../../../cli/failure.js';
import { folderWith } from '../../support/folder.js';

const AWKWARD: readonly string[] = [
  '',
  ' spaces at both ends ',
  '{"a":"b c","d":[1,"$HOME"]}',
  '# no comment',
  'a # b',
  "it's",
  'back\\slash \\n',
  '$(echo no) `echo no` ${HOME}',
  'größe 東京 🚀',
  '"quoted"',
  'a=b',
  '!history',
];

const prints = 'process.stdout.write(JSON.stringify(process.env))';

/** What a program of Node.js has of the variables when the shell has read the lines. */
function readByBash(text: string): Variables {
  const program = `. "$1"; exec "$2" -e '${prints}'`;
  const file = join(folderWith({ lines: text }), 'lines');
  return ours(execFileSync('bash', ['-c', program, 'bash', file, process.execPath], { encoding: 'utf8' }));
}

function readByNode(text: string): Variables {
  const file = join(folderWith({ '.env': text }), '.env');
  return ours(execFileSync(process.execPath, [`--env-file=${file}`, '-e', prints], { encoding: 'utf8' }));
}

function ours(json: string): Variables {
  const all = Object.entries(JSON.parse(json) as Record<string, string>);
  return Object.fromEntries(all.filter(([name]) => name.startsWith('V_')));
}

/** Many values in one process: a start for each would take minutes. */
const named = (values: readonly string[]): Variables =>
  Object.fromEntries(values.map((value, index) => [`V_${index}`, value]));

const oneLine = fc
  .oneof(fc.constantFrom(...AWKWARD), fc.string(), fc.json())
  .filter((text) => !/[\0\r\n]/.test(text));
const anyText = fc
  .oneof(oneLine, fc.constantFrom('two\nlines', '\n', 'a\r\nb', "'\n'"))
  .filter((text) => !text.includes('\0'));
const hasASpelling = (text: string): boolean => !(text.includes("'") && /["\\$`]/.test(text));

test('law: a shell reads every value from export lines as it was', () => {
  const [values] = fc.sample(fc.array(anyText, { minLength: 200, maxLength: 200 }), { numRuns: 1 });
  const variables = named([...AWKWARD, 'two\nlines', ...values!]);

  expect(readByBash(variableText(variables, 'export'))).toEqual(variables);
});

test('law: node --env-file and a shell read every value from a .env file as it was', () => {
  const [values] = fc.sample(fc.array(oneLine.filter(hasASpelling), { minLength: 200, maxLength: 200 }), {
    numRuns: 1,
  });
  const variables = named([...AWKWARD, ...values!]);
  const text = variableText(variables, 'env');

  expect(readByNode(text)).toEqual(variables);
  const exported = text.replaceAll(/^V_/gm, 'export V_');
  expect(readByBash(exported)).toEqual(variables);
});

test('law: a value for Docker is the rest of its line, and JSON is JSON', () => {
  fc.assert(
    fc.property(oneLine, (value) => {
      expect(variableText({ V_0: value }, 'docker')).toBe(`V_0=${value}\n`);
      expect(JSON.parse(variableText({ V_0: value }, 'json'))).toEqual({ V_0: value });
    }),
  );
});

test.each([
  ['env', 'two\nlines'],
  ['env', `it's "both"`],
  ['docker', 'two\nlines'],
] as const)('%s: a value that its readers would read differently is refused by name: %j', (format, value) => {
  const write = (): string => variableText({ GREETING: value }, format);

  expect(write).toThrow(Failure);
  expect(write).toThrow(/^GREETING .*Use --export or --json\.$/s);
});

test('a name that a shell would run is refused', () => {
  expect(() => variableText({ 'A;reboot': '1' }, 'export')).toThrow(
    '"A;reboot" is no name of a variable for a shell; allowed: letters, digits and _. --json prints it.',
  );
});

test('variables are in the order of their names', () => {
  expect(variableText({ B: '2', A: '1' }, 'export')).toBe("export A='1'\nexport B='2'\n");
});
