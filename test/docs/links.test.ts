import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { root } from '../support/imports.js';

/** The documents that people read, by their paths from the root. */
function documents(): string[] {
  const pages = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' });
  const inDocs = pages.filter((page) => page.endsWith('.md')).map((page) => join('docs', page));
  return [
    'README.md',
    'CONTRIBUTING.md',
    'SECURITY.md',
    'CHANGELOG.md',
    'examples/plugin/README.md',
    ...inDocs,
  ];
}

/** A document without its blocks of code, in which nothing is a link or a heading. */
function prose(text: string): string {
  return text.replaceAll(/^(`{3,})[^\n]*\n.*?^\1$/gms, '');
}

/** Targets of the links and images of a document. Code in a line is no link. */
function linksOf(text: string): string[] {
  const withoutCode = prose(text).replaceAll(/(`+)(?!`)(.*?)(?<!`)\1(?!`)/gs, (code) =>
    code.replaceAll(/[[\]()]/g, ''),
  );
  return [...withoutCode.matchAll(/\]\(([^()\s]+)\)/g)].map(([, target]) => target!);
}

/** The anchors that a host of repositories gives to the headings of a document. */
function anchorsOf(text: string): string[] {
  const counts = new Map<string, number>();
  return [...prose(text).matchAll(/^#+ (.*)$/gm)].map(([, heading]) => {
    const anchor = anchorOf(heading!);
    const count = counts.get(anchor) ?? 0;
    counts.set(anchor, count + 1);
    return count === 0 ? anchor : `${anchor}-${count}`;
  });
}

function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-');
}

type Read = (path: string) => string | undefined;

const readFile: Read = (path) => {
  const absolute = join(root, path);
  if (!existsSync(absolute)) return undefined;
  return path.endsWith('.md') ? readFileSync(absolute, 'utf8') : '';
};

/** Relative links of a document that lead nowhere. */
function deadLinks(path: string, read: Read = readFile): string[] {
  const relativeLinks = linksOf(read(path)!).filter((link) => !/^[a-z]+:/.test(link));
  return relativeLinks
    .filter((link) => {
      const [file = '', anchor] = link.split('#');
      const target = read(file === '' ? path : relative('.', join(dirname(path), file)));
      return target === undefined || (anchor !== undefined && !anchorsOf(target).includes(anchor));
    })
    .map((link) => `${path}: ${link}`);
}

test.each(documents())('every relative link of %s leads somewhere', (path) => {
  expect(deadLinks(path)).toEqual([]);
});

test('links are found where they are', () => {
  const links = documents().flatMap((path) => linksOf(readFile(path)!));

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
