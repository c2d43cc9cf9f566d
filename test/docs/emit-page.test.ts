import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { emitCommand } from '../../cli/commands/emit.js';

const page = readFileSync(join(__dirname, '../../docs/commands/emit.md'), 'utf8');

test('the table of options has those of the command, and no others', () => {
  const [, table = ''] = page.split('\n## Options\n');
  const named = [...table.split('\n## ')[0]!.matchAll(/^\| (`-[^|]*)\|/gm)].flatMap(
    ([, cell]) => cell!.match(/--[a-z-]+/g) ?? [],
  );
  const options = emitCommand().options.map(({ long }) => long);

  expect(new Set(named)).toEqual(new Set(options));
  expect(named).toHaveLength(options.length);
});
