/** A version of the changelog, by its heading. */
export interface ChangelogEntry {
  readonly version: string;
  /** As it stands there: `2026-12-01`; `undefined` without one. */
  readonly date: string | undefined;
  readonly text: string;
}

const HEADING = /^## (\S+)(?: - (.*))?$/gm;

/** The versions of a changelog, newest first, as they stand there: `Unreleased` is one. */
export function changelogEntries(changelog: string): ChangelogEntry[] {
  const headings = [...changelog.matchAll(HEADING)];
  return headings.map((heading, index) => {
    const text = changelog.slice(heading.index + heading[0].length, headings[index + 1]?.index);
    return { version: heading[1]!, date: heading[2], text: text.trim() };
  });
}
