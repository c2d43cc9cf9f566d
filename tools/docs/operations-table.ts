import { INPUTS, SHAPES } from '../../local/api/model.generated.js';
import { OPERATIONS } from '../../local/operations/operation-table.js';
import type { Operation } from '../../local/operations/operation.js';
import { markdownTable } from './markdown-table.js';

/** What the local server makes of each operation, from the operations' own words. */
export function operationsTable(): string {
  const rows = [...OPERATIONS]
    .toSorted((one, other) => (one.name < other.name ? -1 : 1))
    .map((operation) => [
      operation.name,
      operation.enforces,
      operation.storesOnly ?? '',
      operation.assumes ?? '',
      refusedMembers(operation)
        .map((name) => `\`${name}\``)
        .join(', '),
    ]);
  return markdownTable(['operation', 'enforced', 'stored only', 'assumed', 'refused by name'], rows);
}

/** Members that the API has and the operation does not. */
function refusedMembers({ name, honours, ignores = [] }: Operation): string[] {
  const { members } = SHAPES[INPUTS[name]];
  return Object.keys(members).filter((member) => !honours.includes(member) && !ignores.includes(member));
}
