import { root } from '../support/imports.js';
import { deadLinks, documentsIn, linksOf, readerOf } from '../support/links.js';

const inTree = readerOf(root);

test.each(documentsIn(root))('every relative link of %s leads somewhere', (path) => {
  expect(deadLinks(path, inTree)).toEqual([]);
});

/** Pages of many screens: whoever comes for one thing is led to it. */
const LONG = ['../delivery.md', '../lambda.md', '../logger.md', '../settings.md'];

test('a page of a logger leads to a section of a long page, not to its top', () => {
  const ofLoggers = documentsIn(root).filter((path) => path.startsWith('docs/loggers/'));
  const toTheTop = ofLoggers.flatMap((path) =>
    linksOf(inTree(path)!)
      .filter((link) => LONG.includes(link))
      .map((link) => `${path}: ${link}`),
  );

  expect(ofLoggers.length).toBeGreaterThan(5);
  expect(toTheTop).toEqual([]);
});

test('links are found where they are', () => {
  const links = documentsIn(root).flatMap((path) => linksOf(inTree(path)!));

  expect(links).toEqual(
    expect.arrayContaining(['docs/settings.md', '#the-ledger', '../delivery.md#worker-mode']),
  );
});

test.each([
  ['a file that is not there', '[x](gone.md)'],
  ['an anchor that is not there', '[x](#gone)'],
  ['an anchor of another page', '[x](other.md#here)'],
  ['an image that is not there', '![x](gone.svg)'],
])('%s is found', (_, text) => {
  const pages: Record<string, string> = {
    'docs/page.md': `# Here\n\n${text}\n`,
    'docs/other.md': '# There\n',
  };

  expect(deadLinks('docs/page.md', (path) => pages[path])).toHaveLength(1);
});

test.each([
  ['a heading of the page', '[x](#here-and-there)'],
  ['the second of its name', '[x](#again-1)'],
  ['a heading of another page', '[x](other.md#worker-mode)'],
  ['a link to another host', '[x](https://example.com/gone.md)'],
  ['code', '`[x](gone.md)`'],
])('%s is no dead link', (_, text) => {
  const pages: Record<string, string> = {
    'docs/page.md': `# Here \`and\` there\n\n## Again\n\n## Again\n\n${text}\n`,
    'docs/other.md': '# Worker mode\n',
  };

  expect(deadLinks('docs/page.md', (path) => pages[path])).toEqual([]);
});
