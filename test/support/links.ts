import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

/** The documents that people read, by their paths in a folder. */
export function documentsIn(folder: string): string[] {
  const inside = (part: string): string[] =>
    readdirSync(join(folder, part), { recursive: true, encoding: 'utf8' }).map((page) => join(part, page));
  const pages = [...readdirSync(folder), ...inside('docs'), ...inside('examples')];
  return pages.filter((page) => page.endsWith('.md') && !page.includes('node_modules'));
}

/** A document without its blocks of code, in which nothing is a link or a heading. */
function prose(text: string): string {
  return text.replaceAll(/^(`{3,})[^\n]*\n.*?^\1$/gms, '');
}

/** Targets of the links and images of a document. Code in a line is no link. */
export function linksOf(text: string): string[] {
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

/** The text of a document, or of any other file, which has no headings; nothing if there is none. */
export type Read = (path: string) => string | undefined;

export function readerOf(folder: string): Read {
  return (path) => {
    const absolute = join(folder, path);
    if (!existsSync(absolute)) return undefined;
    return path.endsWith('.md') ? readFileSync(absolute, 'utf8') : '';
  };
}

/** Relative links of a document that lead nowhere. */
export function deadLinks(path: string, read: Read): string[] {
  const relativeLinks = linksOf(read(path)!).filter((link) => !/^[a-z]+:/.test(link));
  return relativeLinks
    .filter((link) => {
      const [file = '', anchor] = link.split('#');
      const target = read(file === '' ? path : relative('.', join(dirname(path), file)));
      return target === undefined || (anchor !== undefined && !anchorsOf(target).includes(anchor));
    })
    .map((link) => `${path}: ${link}`);
}
