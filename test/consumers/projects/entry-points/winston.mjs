import winston from 'winston';
import { CloudWatchTransport } from 'fapilog-cloudwatch/winston';

const transport = new CloudWatchTransport();
const logger = winston.createLogger({ transports: [transport] });
logger.info('order placed', { id: 0 });
logger.on('finish', () => {
  const { accepted, delivered } = transport.stats();
  console.log(JSON.stringify({ accepted, delivered }));
});
logger.end();
