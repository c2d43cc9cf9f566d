/** As app.cjs, for those who import. */
import { getLogger } from 'fapilog-cloudwatch';

export const logger = getLogger('app');

export function add(a, b) {
  logger.info('adding', { a, b });
  return a + b;
}
