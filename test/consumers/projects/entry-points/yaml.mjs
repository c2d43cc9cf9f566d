// oxlint-disable-next-line import/no-unassigned-import -- as an application does that is bundled
import 'fapilog-cloudwatch/yaml';
import { getLogger } from 'fapilog-cloudwatch';

// It has the level of the file: the first line is not written.
const logger = getLogger();
logger.info('order seen', { id: 1 });
logger.warn('order placed', { id: 0 });
void logger.close().then(({ accepted, delivered }) => console.log(JSON.stringify({ accepted, delivered })));
