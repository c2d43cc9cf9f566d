import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { tailCommand } from '../../cli/commands/tail.js';

test('the page of tail has all of its options, and no others', () => {
  const page = readFileSync(join(__dirname, '../../docs/commands/tail.md'), 'utf8');
  const [, table = ''] = /\n## Options\n([^]*?)\n## /.exec(page) ?? [];

  const named = [...table.matchAll(/^\| ([^|]*) \|/gm)].flatMap(
    ([, cell]) => cell!.match(/--[a-z-]+/g) ?? [],
  );

  expect(new Set(named)).toEqual(new Set(tailCommand().options.map(({ long }) => long)));
});
