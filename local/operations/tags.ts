import { ServiceError } from '../service-error.js';
import type { LogGroup } from '../store/log-group.js';

const MAX_TAGS = 50;

/** A tag of the same key is replaced (documented). The limit is documented, the text is assumed. */
export function addTags(group: LogGroup, tags: Readonly<Record<string, string>>): void {
  const all = { ...group.settings.tags, ...tags };
  if (Object.keys(all).length > MAX_TAGS)
    throw new ServiceError('TooManyTagsException', `A resource can have at most ${MAX_TAGS} tags.`);
  group.change({ tags: all });
}

/** Keys that the log group does not have are ignored. */
export function removeTags(group: LogGroup, keys: readonly string[]): void {
  const tags = Object.entries(group.settings.tags ?? {}).filter(([key]) => !keys.includes(key));
  group.change({ tags: Object.fromEntries(tags) });
}
