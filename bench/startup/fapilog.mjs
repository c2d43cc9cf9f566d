import { getLogger } from '../../dist/esm/runtime/index.js';
import { mark, tellMarks } from './marks.mjs';

mark('imported');
const logger = getLogger();
logger.info({ service: 'checkout' }, 'ready');
mark('logged');
const { delivered } = await logger.flush();
if (delivered === 1) mark('delivered');
tellMarks();
