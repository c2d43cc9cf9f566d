import type { ClientOptions } from '../send/client-options.js';
import type { LogsPort } from '../send/port.js';
import type { DirectWay } from './direct-way.js';

/** The four calls, signed here and sent by Node.js itself. */
export function directPort(_way: DirectWay, _options: ClientOptions): LogsPort {
  throw new Error('not yet');
}
