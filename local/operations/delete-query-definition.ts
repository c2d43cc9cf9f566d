import { ServiceError } from '../service-error.js';
import { operation } from './operation.js';

export const deleteQueryDefinition = operation('DeleteQueryDefinition', {
  honours: ['queryDefinitionId'],
  enforces: 'an existing definition',
  run({ queryDefinitionId }, { store }) {
    if (!store.queryDefinitions.has(queryDefinitionId)) throw missingDefinition();
    store.deleteQueryDefinition(queryDefinitionId);
    return { success: true };
  },
});

/** The name is documented, the text assumed. */
export function missingDefinition(): ServiceError {
  return new ServiceError('ResourceNotFoundException', 'The specified query definition does not exist.');
}
