import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../support/imports.js';

/** What WCAG asks of texts at level AA, and of what is no text but has a meaning. */
const LEAST = 4.5;
const LEAST_OF_MARKS = 3;

const css = readFileSync(join(root, 'local/viewer/client/app.css'), 'utf8');

/** Colours of the stylesheet by name, for a light and a dark page. */
const colours = new Map(
  [...css.matchAll(/--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)/g)].map(([, name, light, dark]) => [
    name!,
    { light: light!, dark: dark! },
  ]),
);

type Theme = 'light' | 'dark';

function contrast(one: string, other: string, theme: Theme): number {
  const [high, low] = [one, other]
    .map((name) => luminance(colours.get(name)![theme]))
    .toSorted((a, b) => b - a);
  return (high! + 0.05) / (low! + 0.05);
}

/** By WCAG 2. */
function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5]
    .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.040_45 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

const GROUNDS = ['ground', 'raised', 'hover', 'selected'];
const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'];
const ANSI = Array.from({ length: 16 }, (_, index) => `ansi-${index}`);
const SOURCES = Array.from({ length: 8 }, (_, index) => `source-${index}`);

const texts: readonly (readonly [string, readonly string[]])[] = [
  ...['text', 'text-2', 'text-3', ...LEVELS].map((name) => [name, GROUNDS] as const),
  ...['text', 'text-2', 'error'].map((name) => [name, ['error-soft', 'sunken']] as const),
  ...['text', 'fatal'].map((name) => [name, ['fatal-soft']] as const),
  ...['loss', 'warn'].map((name) => [name, ['loss-1', 'loss-2']] as const),
  ...['accent', 'json-name', 'json-string', 'json-number', 'json-word'].map(
    (name) => [name, ['ground']] as const,
  ),
  ...ANSI.map((name) => [name, ['ground', 'selected']] as const),
  ...['text', 'text-3', ...LEVELS].map((name) => [name, ['facet']] as const),
  ['accent', ['accent-soft']],
  ['on-accent', ['accent']],
  ['ground', ['loss']],
];

describe.each<Theme>(['light', 'dark'])('on a %s page', (theme) => {
  test.each(texts)('%s can be read on %j', (name, grounds) => {
    const poor = grounds.filter((ground) => contrast(name, ground, theme) < LEAST);

    expect(poor.map((ground) => `${ground} ${contrast(name, ground, theme).toFixed(2)}`)).toEqual([]);
  });

  test.each([...SOURCES, 'accent', 'line-strong'])('the mark %s can be seen', (name) => {
    expect(contrast(name, 'ground', theme)).toBeGreaterThanOrEqual(LEAST_OF_MARKS);
  });
});
