import type { GeneratedDocument } from '../generated-documents.js';
import { apiPage } from './api-page.js';
import { extractApis, type ExtractedApi } from './extracted-api.js';

/** A report of each entry point for those who review a change, and a page of all for those who use the package. */
export function apiDocuments(root: string): GeneratedDocument[] {
  const apis = extractApis(root);
  const exported = new Set(apis.flatMap(({ model }) => model.members.map(({ displayName }) => displayName)));
  const reports = apis.map((api) => ({
    path: `docs/api/${fileName(api)}`,
    content: reportOf(api, exported),
  }));
  return [...reports, { path: 'docs/api.md', content: apiPage(apis) }];
}

function fileName({ specifier }: ExtractedApi): string {
  return `${specifier.replaceAll('/', '-')}.api.md`;
}

function reportOf({ specifier, report, unexported }: ExtractedApi, exported: ReadonlySet<string>): string {
  const [others = [], nowhere = []] = [true, false].map((isExported) =>
    unexported.filter((name) => exported.has(name) === isExported),
  );
  const lists = [
    ...listOf('Named here and exported by another entry point', others),
    ...listOf('Named here and not exported', nowhere),
  ];
  return `${report.replace('"fapilog-cloudwatch"', `"${specifier}"`).trimEnd()}\n${lists.join('')}`;
}

function listOf(title: string, names: readonly string[]): string[] {
  return names.length === 0 ? [] : [`\n${title}: ${names.map((name) => `\`${name}\``).join(', ')}.\n`];
}
