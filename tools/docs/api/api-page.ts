import { type ApiItem, ApiItemKind } from '@microsoft/api-extractor-model';
import { isInSettingsPage, pages, subjects } from './api-subjects.js';
import { defaultOf, firstSentence, isDeprecated, isInternal } from './doc-text.js';
import type { ExtractedApi } from './extracted-api.js';
import { headOf, signatureOf } from './signature.js';

const HEAD = `<!-- Written by \`npm run docs\` from the comments in the sources. Change those instead. -->
# API

What each entry point exports, in a sentence; the pages in this folder say how to use it, and an editor shows the whole comment. Members
are written as TypeScript has them, without \`readonly\`, and without \`| undefined\` where they may be left out.`;

/** Values come before types: those are what a program imports first. */
const GROUPS: readonly (readonly [title: string, kinds: readonly ApiItemKind[]])[] = [
  ['Functions', [ApiItemKind.Function]],
  ['Classes', [ApiItemKind.Class, ApiItemKind.Enum]],
  ['Values', [ApiItemKind.Variable]],
  ['Types', [ApiItemKind.Interface, ApiItemKind.TypeAlias]],
];

/** The entry point that explains each declaration, by where it is declared: the first one that exports it. */
type Homes = ReadonlyMap<string, ExtractedApi>;

/** `docs/api.md` */
export function apiPage(apis: readonly ExtractedApi[]): string {
  const homes = homesOf(apis);
  const contents = apis.map(
    ({ specifier }) => `- [\`${specifier}\`](#${anchorOf(specifier)}): ${subjectOf(specifier).purpose}`,
  );
  return [HEAD, contents.join('\n'), ...apis.map((api) => entryPointText(api, homes))].join('\n\n') + '\n';
}

function homesOf(apis: readonly ExtractedApi[]): Homes {
  const homes = new Map<string, ExtractedApi>();
  for (const api of apis)
    for (const item of api.model.members) if (!homes.has(keyOf(item))) homes.set(keyOf(item), api);
  return homes;
}

/** Two entry points may export different things by one name. */
function keyOf(item: ApiItem): string {
  return `${item.displayName} ${signatureOf(item)} ${membersOf(item).map(signatureOf).join(';')}`;
}

function entryPointText(api: ExtractedApi, homes: Homes): string {
  const { purpose, page } = subjectOf(api.specifier);
  const own = api.model.members.filter((item) => homes.get(keyOf(item)) === api);
  const others = api.model.members.filter((item) => homes.get(keyOf(item)) !== api);
  const from = others.map((item) => `\`${item.displayName}\` of \`${homes.get(keyOf(item))!.specifier}\``);
  return [
    `## ${api.specifier}`,
    `${purpose} See [${page.split('#')[0]}](${page}).`,
    ...(from.length === 0 ? [] : [`It exports ${[...new Set(from)].join(', ')}, too.`]),
    ...GROUPS.flatMap(([title, kinds]) =>
      groupText(
        title,
        own.filter(({ kind }) => kinds.includes(kind)),
      ),
    ),
  ].join('\n\n');
}

function groupText(title: string, items: readonly ApiItem[]): string[] {
  if (items.length === 0) return [];
  const [tables, others] = [true, false].map((isInTable) =>
    items.filter(({ displayName }) => isInSettingsPage(displayName) === isInTable),
  ) as [ApiItem[], ApiItem[]];
  return [`### ${title}`, ...overloadsJoined(others).map(exportText), ...tablesText(tables)];
}

function tablesText(items: readonly ApiItem[]): string[] {
  if (items.length === 0) return [];
  const names = items.map(({ displayName }) => `\`${displayName}\``).join(', ');
  return [
    `${names}<br>Settings in code: their members are those of the tables in [settings.md](settings.md#all-settings).`,
  ];
}

/** Each export once, with all its overloads, which stand side by side. */
function overloadsJoined(items: readonly ApiItem[]): ApiItem[][] {
  const names = [...new Set(items.map(({ displayName }) => displayName))];
  return names.map((name) => items.filter(({ displayName }) => displayName === name));
}

function exportText(overloads: readonly ApiItem[]): string {
  const [item] = overloads as [ApiItem];
  const name = item.displayName;
  const signatures = overloads.map((each) => `\`${headOf(each)}\``);
  const page = pages[name];
  const about = [firstSentence(item), page && `See [${page.split('#')[0]}](${page}).`]
    .filter(Boolean)
    .join(' ');
  const head = `**${signatures.join('**<br>**')}**`;
  return [about === '' ? head : `${head}<br>${about}`, ...membersText(item)].join('\n\n');
}

/** A line for each member, and one for all whose name says enough. */
function membersText(item: ApiItem): string[] {
  const members = [...new Map(membersOf(item).map((each) => [signatureOf(each), aboutMember(each)]))];
  const explained = members.filter(([, about]) => about !== '');
  const plain = members.filter(([, about]) => about === '').map(([signature]) => `\`${signature}\``);
  const lines = explained.map(([signature, about]) => `- \`${signature}\`: ${about}`);
  if (plain.length > 0) lines.push(`- ${plain.join(', ')}`);
  return lines.length === 0 ? [] : [lines.join('\n')];
}

/** Members that a program may use, constructors first. */
function membersOf(item: ApiItem): ApiItem[] {
  const members = item.members.filter(
    (each) => !isInternal(each) && !isDeprecated(each) && !each.displayName.startsWith('_'),
  );
  return members.toSorted(
    (a, b) => Number(b.kind === ApiItemKind.Constructor) - Number(a.kind === ApiItemKind.Constructor),
  );
}

function aboutMember(item: ApiItem): string {
  const preset = defaultOf(item);
  return [firstSentence(item), preset && `Default: ${preset}.`].filter(Boolean).join(' ');
}

function subjectOf(specifier: string): (typeof subjects)[string] {
  const subject = subjects[specifier];
  if (subject === undefined)
    throw new Error(`say in tools/docs/api/api-subjects.ts what ${specifier} is for`);
  return subject;
}

function anchorOf(specifier: string): string {
  return specifier.replaceAll('/', '');
}
