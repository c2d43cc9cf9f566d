import { loggerTo, logMany } from './settings.mjs';

const { sink, logger } = loggerTo('api-server');
logMany(logger, 10);
void logger.flush({ deadlineMs: 0 });
while (sink.health().state === 'healthy') await new Promise((resolve) => setTimeout(resolve, 10));
console.log(`ready: ${sink.health().state}, circuit breaker ${sink.stats().circuitBreaker}`);
