import { invalidParameter } from '../service-error.js';
import { operation } from './operation.js';

/** That a query which has ended is refused is documented, name and text of the refusal are assumed. */
export const stopQuery = operation('StopQuery', {
  honours: ['queryId'],
  enforces: 'a query that has not ended',
  assumes: 'name and text of the refusal of another; the result so far stays',
  run({ queryId }, { store, queries }) {
    const query = queries.find(store.place, queryId);
    if (query.hasEnded) throw invalidParameter('The specified query is not running.');
    query.cancel();
    return { success: true };
  },
});
