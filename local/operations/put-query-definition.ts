import { randomUUID } from 'node:crypto';
import type { InputOf } from '../api/shapes.js';
import { invalidParameter, limitExceeded } from '../service-error.js';
import type { QueryDefinition } from '../store/query-definitions.js';
import type { Store } from '../store/store.js';
import { missingDefinition } from './delete-query-definition.js';
import { operation } from './operation.js';
import { checkQueryLanguage } from './query-language.js';

type Input = InputOf<'PutQueryDefinition'>;

/** Saved queries in an account's Region (documented). */
const MAX_DEFINITIONS = 1_000;

/** Folders with `/` between them, and neither `:` nor `*`. Documented for CloudFormation, assumed for the API. */
const NAME = /^[^:*/]+(\/[^:*/]+)*$/;

export const putQueryDefinition = operation('PutQueryDefinition', {
  honours: [
    'queryLanguage',
    'name',
    'queryDefinitionId',
    'logGroupNames',
    'queryString',
    'clientToken',
    'parameters',
  ],
  enforces:
    'a name of folders and no `:` or `*`; an id that exists: what the call does not say is gone then; a repeated `clientToken`; 1,000 definitions',
  storesOnly: 'the query, which is read when it runs; log groups; parameters',
  assumes:
    'names may be the same; log groups need not exist; a name that ends with `/` is refused; text of the refusal',
  run({ queryLanguage, queryDefinitionId, ...input }, { store, nowMs }) {
    checkQueryLanguage(queryLanguage);
    checkName(input.name);
    const id = queryDefinitionId ?? idOfToken(store, input);
    const isRepeated = queryDefinitionId === undefined && id !== undefined;
    if (!isRepeated) return put(store, { ...input, lastModified: nowMs }, queryDefinitionId);
    return { queryDefinitionId: id };
  },
});

function put(
  store: Store,
  given: Omit<QueryDefinition, 'queryDefinitionId'>,
  id: string | undefined,
): { queryDefinitionId: string } {
  const { queryDefinitions } = store;
  if (id !== undefined && !queryDefinitions.has(id)) throw missingDefinition();
  if (id === undefined && queryDefinitions.size >= MAX_DEFINITIONS) throw limitExceeded();
  const queryDefinitionId = id ?? randomUUID();
  store.putQueryDefinition({ ...given, queryDefinitionId });
  return { queryDefinitionId };
}

/** A call that is repeated with its token makes no second definition (documented). */
function idOfToken({ queryDefinitions }: Store, { clientToken }: Input): string | undefined {
  if (clientToken === undefined) return undefined;
  return [...queryDefinitions.values()].find((each) => each.clientToken === clientToken)?.queryDefinitionId;
}

function checkName(name: string): void {
  if (!NAME.test(name))
    throw invalidParameter(
      `The name of a query definition has no ':' or '*', and a '/' only between two folders: got '${name}'.`,
    );
}
