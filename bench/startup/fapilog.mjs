import { getLogger } from '../../dist/esm/runtime/index.js';
import { mark, tellMarks } from './marks.mjs';

mark('imported');
const logger = getLogger();
logger.info({ service: 'checkout' }, 'ready');
mark('logged');
void deliver();

// A bundle of CommonJS cannot have a top-level await.
async function deliver() {
  const { delivered } = await logger.flush();
  if (delivered === 1) mark('delivered');
  tellMarks();
}
