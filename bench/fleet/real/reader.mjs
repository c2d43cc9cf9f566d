// Makes the log group, and the log stream of the neighbour; when it is asked, reads everything that is stored and sends it: of each event
// the log stream, its number there, and how long it took from the log call until the service had it.
import { CloudWatchLogs, paginateFilterLogEvents } from '@aws-sdk/client-cloudwatch-logs';

const { name, logGroupName, endpointUrl } = JSON.parse(process.argv[2]);

process.once('disconnect', () => process.exit());
// It shares no quota with the fleet, but it has one, too.
const client = new CloudWatchLogs({ endpoint: endpointUrl, region: 'us-east-1', maxAttempts: 20 });
await client.createLogGroup({ logGroupName });
await client.createLogStream({ logGroupName, logStreamName: name });
process.once('message', async () => {
  const stored = [];
  for await (const { events } of paginateFilterLogEvents({ client, pageSize: 10_000 }, { logGroupName }))
    for (const { logStreamName, message, timestamp, ingestionTime } of events)
      stored.push([logStreamName, Number(message.split(' ')[1]), ingestionTime - timestamp]);
  process.send(stored, () => process.exit());
});
process.send('ready');
