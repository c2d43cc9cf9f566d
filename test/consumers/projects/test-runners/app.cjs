/** A module as tests import it: it logs, and nobody closes its logger. */
const { getLogger } = require('fapilog-cloudwatch');

const logger = getLogger('app');

exports.logger = logger;
exports.add = (a, b) => {
  logger.info('adding', { a, b });
  return a + b;
};
