/** As app.cjs, in TypeScript. */
import { getLogger, type Logger } from 'fapilog-cloudwatch';

export const logger: Logger = getLogger('app');

export function add(a: number, b: number): number {
  logger.info('adding', { a, b });
  return a + b;
}
