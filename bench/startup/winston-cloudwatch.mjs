import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import winston from 'winston';
import WinstonCloudWatch from 'winston-cloudwatch';
import { endpoint, mark, region, target, tellMarks } from './marks.mjs';

mark('imported');
const cloudWatchLogs = new CloudWatchLogs({ endpoint, region });
const transport = new WinstonCloudWatch({ cloudWatchLogs, ...target, uploadRate: 1 });
const logger = winston.createLogger({ transports: [transport] });
logger.info('ready', { service: 'checkout' });
mark('logged');
transport.kthxbye(() => {
  mark('delivered');
  tellMarks();
});
