import { getLogger } from '../../dist/esm/runtime/index.js';
import { mark, tellMarks } from './marks.mjs';

mark('imported');
const logger = getLogger();
logger.info({ service: 'checkout' }, 'ready');
mark('logged');
void logger.flush().then(({ delivered }) => {
  if (delivered === 1) mark('delivered');
  tellMarks();
});
