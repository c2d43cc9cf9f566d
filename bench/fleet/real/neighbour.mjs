// Another logger of the account: calls by the official SDK as it comes, at random moments, so many a second on average. Sends how many of
// them were granted.
import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';

const { name, logGroupName, endpointUrl, callsPerSecond } = JSON.parse(process.argv[2]);

process.once('disconnect', () => process.exit());
const client = new CloudWatchLogs({ endpoint: endpointUrl, region: 'us-east-1' });
const [{ fromMs, untilMs }] = await messageAfter('ready');
const counts = { calls: 0, atOnce: 0, granted: 0, refusals: {} };
const underWay = new Set();
for (let atMs = nextAfter(fromMs); atMs < untilMs; atMs = nextAfter(atMs)) {
  if (atMs > Date.now()) await new Promise((resolve) => setTimeout(resolve, atMs - Date.now()));
  const call = put().finally(() => underWay.delete(call));
  underWay.add(call);
}
await Promise.all(underWay);
process.send(counts, () => process.exit());

async function put() {
  const message = `${name} ${counts.calls++}`;
  const logEvents = [{ timestamp: Date.now(), message }];
  try {
    const { $metadata } = await client.putLogEvents({ logGroupName, logStreamName: name, logEvents });
    counts.granted++;
    if ($metadata.attempts === 1) counts.atOnce++;
  } catch (error) {
    const refusal = `${error.name} after ${error.$metadata?.attempts ?? 0} attempts`;
    counts.refusals[refusal] = (counts.refusals[refusal] ?? 0) + 1;
  }
}

function messageAfter(word) {
  const message = new Promise((resolve) => process.once('message', (...args) => resolve(args)));
  process.send(word);
  return message;
}

function nextAfter(atMs) {
  return callsPerSecond === 0 ? Infinity : atMs + (-Math.log(1 - Math.random()) / callsPerSecond) * 1_000;
}
