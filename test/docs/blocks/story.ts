import { normalText } from './normal-text.js';
import type { Deeds } from './run-block.js';
import type { Synthesized } from './synthesize-blocks.js';

/** The file in `stored` that says what the programs of a page do. */
export function storyFile(page: string): string {
  return page.replace(/^docs\//, '').replace(/md$/, 'txt');
}

/** What a program stored and printed, in lines that are the same with each run. */
export function storyOf({ stored, stdout, stderr, by }: Deeds): string {
  return [
    ...stored.map(({ name, region, lines }) => part(`${region} ${name}`, lines)),
    part('stdout', linesOf(stdout)),
    part(
      'stderr',
      linesOf(stderr).filter((line) => !ofFakedTime(line)),
    ),
    by === 0 ? '' : `ended by ${by}\n`,
  ].join('');
}

/** What stacks define, and functions return. */
export function inventoryOf({ defined, returned }: Synthesized): string {
  return part('defines', defined) + part('returns', returned);
}

function part(title: string, lines: readonly string[]): string {
  if (lines.length === 0) return '';
  const normal = normalText(lines.join('\n')).split('\n');
  return [normalText(title), ...normal.map((line) => `  ${line}`.trimEnd()), ''].join('\n');
}

function linesOf(text: string): string[] {
  return text.split('\n').filter((line) => line !== '');
}

/** The test runner of durable functions skips waits by moving the clock, which the sink sees or does not. */
function ofFakedTime(line: string): boolean {
  return /\[clock(?:Jump|Skew)\]$/.test(line);
}
