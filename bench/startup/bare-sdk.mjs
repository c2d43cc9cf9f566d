import { CloudWatchLogsClient, PutLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { endpoint, mark, region, target, tellMarks } from './marks.mjs';

mark('imported');
const client = new CloudWatchLogsClient({ endpoint, region });
const message = JSON.stringify({ service: 'checkout', message: 'ready' });
mark('logged');
void deliver();

async function deliver() {
  const logEvents = [{ timestamp: Date.now(), message }];
  await client.send(new PutLogEventsCommand({ ...target, logEvents }));
  mark('delivered');
  tellMarks();
}
