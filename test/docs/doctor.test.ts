import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { doctorCommand } from '../../cli/commands/doctor.js';
import { CODES } from '../../cli/doctor/codes.js';
import { generatedPart } from '../support/generated-part.js';

const PAGE = 'docs/commands/doctor.md';

const SIGNS = { ok: '✓', note: '!', problem: '✗', skipped: '-' } as const;

test('the table has every finding that there can be', () => {
  const rows = Object.entries(CODES).map(
    ([code, { kind, meaning }]) => `| ${SIGNS[kind]} | \`${code}\` | ${meaning} |`,
  );
  const table = ['| | code | meaning |', '|---|---|---|', ...rows].join('\n');

  const { found, fresh } = generatedPart(PAGE, 'findings', table);
  expect(found).toBe(fresh);
});

test('the table of options has those of the command, and no others', () => {
  const page = readFileSync(join(__dirname, '../..', PAGE), 'utf8');
  const [, text = ''] = page.split('\n## Options\n');
  const named = text.split('\n## ')[0]!.match(/(?<=^\| `)--[a-z]+/gm);

  expect(named).toEqual(doctorCommand().options.map(({ long }) => long));
});
