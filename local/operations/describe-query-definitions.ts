import type { QueryDefinition } from '../store/query-definitions.js';
import { operation } from './operation.js';
import { listPage } from './pages.js';
import { QUERY_LANGUAGE } from './query-language.js';

/** API: `maxResults`. */
const MAX_DEFINITIONS = 1_000;

export const describeQueryDefinitions = operation('DescribeQueryDefinitions', {
  honours: ['queryLanguage', 'queryDefinitionNamePrefix', 'maxResults', 'nextToken'],
  enforces: 'a prefix of the name; pages of 1,000, or as asked',
  assumes: 'order by name',
  run({ queryLanguage, queryDefinitionNamePrefix: prefix = '', maxResults, nextToken }, { store }) {
    const isLanguage = queryLanguage === undefined || queryLanguage === QUERY_LANGUAGE;
    const found = [...store.queryDefinitions.values()].filter(
      ({ name }) => isLanguage && name.startsWith(prefix),
    );
    const { items, ...next } = listPage({
      of: `DescribeQueryDefinitions ${store.place.region} ${prefix}`,
      items: found,
      keyOf: ({ name, queryDefinitionId }) => [0, `${name}:${queryDefinitionId}`],
      limit: maxResults ?? MAX_DEFINITIONS,
      token: nextToken,
    });
    return { queryDefinitions: items.map(describe), ...next };
  },
});

/** Without the token of the call that made it. */
function describe({ clientToken: _clientToken, ...definition }: QueryDefinition): object {
  return { queryLanguage: QUERY_LANGUAGE, ...definition };
}
