import type { AccountRegion } from '../arns.js';
import type { QueryDefinition } from '../store/query-definitions.js';
import type { Stores } from '../store/stores.js';
import type { SavedQuery } from './answers.js';
import { groupIdOf } from './source.js';

/** The queries that PutQueryDefinition keeps in all accounts and Regions, by name. */
export function savedQueries({ all }: Stores): SavedQuery[] {
  const found = all.flatMap(({ place, queryDefinitions }) =>
    [...queryDefinitions.values()].map((definition) => savedQuery(place, definition)),
  );
  return found.toSorted((one, other) => one.name.localeCompare(other.name, 'en'));
}

function savedQuery(place: AccountRegion, definition: QueryDefinition): SavedQuery {
  const { queryDefinitionId: id, name, queryString: query, logGroupNames = [] } = definition;
  return { id, name, query, groups: logGroupNames.map((group) => groupIdOf(place, group)) };
}
