// Logs what lines may hold, at each level.
import { getLogger } from 'fapilog-cloudwatch';

const logger = getLogger();
logger.debug('not logged');
logger.info('paid', {
  id: 7,
  customer: { name: 'Ann', iban: 'DE02' },
  list: [1, 'two'],
  text: '"quoted" \u2028 ünï 🙂',
});
logger.warn({ first: true }, 'as pino has it');
logger.child({ order: 17 }).error('failed', new TypeError('no card', { cause: new Error('expired') }));
logger.fatal('gone', { url: 'https://ann:secret@example.com/' });
const { delivered, accepted } = await logger.close();
if (delivered !== accepted) process.exitCode = 1;
