import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { localCommand } from '../../cli/commands/local.js';
import { announcementOf, HEADING, remarks, shellLines } from '../../cli/local/announcement.js';
import { callerIn } from '../../cli/local/caller.js';
import { SWITCHABLE_KINDS } from '../../local/faults/switchable-faults.js';

const page = readFileSync(join(__dirname, '../../docs/local.md'), 'utf8');

/** What stands between a heading and the next one. */
function section(heading: string): string {
  const [, text = ''] = page.split(`\n${heading}\n`);
  return text.split(/\n##+ /)[0]!;
}

test('the table of options has those of the command, and no others', () => {
  const named = section('## Options').match(/`--[a-z-]+(?=[ `])/g) ?? [];
  const options = localCommand().options.map(({ long }) => `\`${long}`);

  expect([...new Set(named)].toSorted()).toEqual(options.toSorted());
});

test('the table of faults has all that can be switched on', () => {
  expect(SWITCHABLE_KINDS.filter((kind) => !section('### Faults').includes(`\`${kind}\``))).toEqual([]);
});

test('the quick start shows what is printed', () => {
  const announcement = announcementOf('http://127.0.0.1:4588', callerIn({ HOME: '/nonexistent' }), {});

  expect(section('## Quick start')).toContain(
    `${HEADING}\n${shellLines(announcement, 'linux')}\n${remarks(announcement)}\n`,
  );
});
