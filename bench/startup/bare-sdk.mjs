import { CloudWatchLogsClient, PutLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { endpoint, mark, region, target, tellMarks } from './marks.mjs';

mark('imported');
const client = new CloudWatchLogsClient({ endpoint, region });
const message = JSON.stringify({ service: 'checkout', message: 'ready' });
mark('logged');
// No top-level await, which a bundle of CommonJS cannot have.
void client
  .send(new PutLogEventsCommand({ ...target, logEvents: [{ timestamp: Date.now(), message }] }))
  .then(() => mark('delivered'))
  .then(tellMarks);
