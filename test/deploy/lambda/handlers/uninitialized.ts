import { getLogger } from 'fapilog-cloudwatch';

getLogger().error('cannot begin');

export const handler = unconfigured();

function unconfigured(): never {
  throw new RangeError('no configuration');
}
