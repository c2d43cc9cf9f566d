import { logGroupArn } from '../arns.js';
import type { InputOf } from '../api/shapes.js';
import type { LogGroup } from '../store/log-group.js';
import { listedGroup } from './described-group.js';
import { operation } from './operation.js';
import { listPage, MAX_DESCRIBED } from './pages.js';

type Input = InputOf<'ListLogGroups'>;
type TagFilter = NonNullable<Input['logGroupTags']>[number];

export const listLogGroups = operation('ListLogGroups', {
  honours: ['logGroupNamePattern', 'logGroupClass', 'fieldIndexNames', 'logGroupTags', 'limit', 'nextToken'],
  enforces:
    'up to five parts of names or prefixes (`^`), class, field indexes, tags with `*` and `!`; pages of 50, or as asked',
  assumes: 'of several tags and of several field indexes, a log group needs all',
  run(input, { store }) {
    const { items, ...next } = listPage({
      of: `ListLogGroups ${logGroupArn(store.place, '')}`,
      items: store.groups.filter((group) => isSelected(group, input)),
      keyOf: (group) => [0, group.identity.name],
      limit: input.limit ?? MAX_DESCRIBED,
      token: input.nextToken,
    });
    return { logGroups: items.map(listedGroup), ...next };
  },
});

function isSelected(group: LogGroup, input: Input): boolean {
  const { logGroupNamePattern, logGroupClass, fieldIndexNames = [], logGroupTags = [] } = input;
  const { identity, settings } = group;
  const { indexPolicy, tags = {} } = settings;
  return (
    hasPart(identity.name, logGroupNamePattern) &&
    identity.logGroupClass === (logGroupClass ?? identity.logGroupClass) &&
    fieldIndexNames.every((name) => indexPolicy?.fields.includes(name)) &&
    logGroupTags.every((filter) => hasTag(tags, filter))
  );
}

/** `^/aws/lambda|discovery`: any of these, a prefix or a part of the name, case-sensitive (documented). */
function hasPart(name: string, pattern: string | undefined): boolean {
  if (pattern === undefined) return true;
  return pattern
    .split('|')
    .some((part) => (part.startsWith('^') ? name.startsWith(part.slice(1)) : name.includes(part)));
}

function hasTag(tags: Readonly<Record<string, string>>, { key, values = [] }: TagFilter): boolean {
  if (!Object.hasOwn(tags, key)) return false;
  return values.length === 0 || values.some((value) => isTagValue(tags[key]!, value));
}

/** Exact values and negation are case-sensitive, wildcards are not (documented). */
function isTagValue(value: string, wanted: string): boolean {
  if (wanted.startsWith('!')) return !isTagValue(value, wanted.slice(1));
  if (!wanted.includes('*')) return value === wanted;
  const [tag, part] = [value.toLowerCase(), wanted.toLowerCase()];
  const text = part.replaceAll('*', '');
  if (part.startsWith('*') && part.endsWith('*')) return tag.includes(text);
  return part.startsWith('*') ? tag.endsWith(text) : tag.startsWith(text);
}
