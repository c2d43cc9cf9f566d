import { normalText } from './normal-text.js';
import type { Deeds } from './deeds.js';
import type { Synthesized } from './synthesize-blocks.js';

/** The file in `stored` that says what the programs of a page do. */
export function storyFile(page: string): string {
  return page.replace(/^docs\//, '').replace(/md$/, 'txt');
}

/** What a program stored and printed, in lines that are the same with each run. */
export function storyOf({ stored, stdout, stderr, by }: Deeds): string {
  return [
    ...stored.map(({ name, region, events }) => part(`${region} ${name}`, events.flatMap(linesOfEvent))),
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
  return part('defines', defined) + part('returns', returned.map(normalText));
}

function part(title: string, lines: readonly string[]): string {
  if (lines.length === 0) return '';
  return [normalText(title), ...lines.map((line) => `  ${line}`.trimEnd()), ''].join('\n');
}

/** An event in lines; a bar stands before those that go on with it. */
function linesOfEvent(event: string): string[] {
  return normalText(event)
    .split('\n')
    .map((line, index) => (index === 0 ? line : `| ${line}`));
}

function linesOf(text: string): string[] {
  return normalText(text)
    .split('\n')
    .filter((line) => line !== '');
}

/** The test runner of durable functions skips waits by moving the clock, which the sink sees or does not. */
function ofFakedTime(line: string): boolean {
  return /\[clock(?:Jump|Skew)\]$/.test(line);
}
