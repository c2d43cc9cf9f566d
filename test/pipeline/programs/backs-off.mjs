import { loggerTo, logMany } from './settings.mjs';

const logger = loggerTo('api-server');
logMany(logger, 10);
void logger.flush({ deadlineMs: 0 });
while (logger.health().state === 'healthy') await new Promise((resolve) => setTimeout(resolve, 10));
console.log(`ready: ${logger.health().state}, circuit breaker ${logger.stats().circuitBreaker}`);
