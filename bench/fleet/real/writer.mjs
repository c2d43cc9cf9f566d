// A process that logs: events at random moments, so many a second on average, from the moment to the moment that its parent names. Then
// it waits until everything is delivered, closes, and sends its account.
import { CloudWatchSink } from '../../../dist/esm/runtime/index.js';

const { name, logGroupName, endpointUrl, eventsPerSecond, bytes, tailSeconds, restraint } = JSON.parse(
  process.argv[2],
);
const LOOK_MS = 50;

process.once('disconnect', () => process.exit());
const sink = await newSink({ logGroupName, logStreamName: name, endpointUrl, region: 'us-east-1', env: {} });
const latenessMs = [];
const memory = { atStart: process.memoryUsage.rss(), most: 0 };
const [{ fromMs, untilMs }] = await messageAfter('ready');
const looks = setInterval(measure, 1_000);
const logged = await log();
for (let left = tailSeconds * 1_000; sink.stats().pending > 0 && left > 0; left -= LOOK_MS)
  await wait(LOOK_MS);
measure();
clearInterval(looks);
const account = await sink.close({ deadlineMs: 60_000 });
process.send({ name, logged, account, memory, latenessMs }, () => process.exit());

/** Users have no other restraint than the one that is built in. */
async function newSink(options) {
  if (!restraint) return new CloudWatchSink(options);
  const [{ CloudWatchSink: Sink }, { withEdges }] = await Promise.all([
    import('../../../dist/build/runtime/sink.js'),
    import('../../../dist/build/runtime/edges.js'),
  ]);
  return new Sink(withEdges(options, { restraint }));
}

function messageAfter(word) {
  const message = new Promise((resolve) => process.once('message', (...args) => resolve(args)));
  process.send(word);
  return message;
}

/** Catches up with what was due, however late the timer is. */
async function log() {
  let count = 0;
  for (let atMs = nextAfter(fromMs); atMs < untilMs; atMs = nextAfter(atMs)) {
    if (atMs > Date.now()) await wait(atMs - Date.now());
    latenessMs.push(Date.now() - Math.floor(atMs));
    const line = `${name} ${count++} `.padEnd(bytes, 'x');
    sink.writeLine({ timeMs: Date.now(), level: 'info', line });
  }
  await wait(untilMs - Date.now());
  return count;
}

function nextAfter(atMs) {
  return atMs + (-Math.log(1 - Math.random()) / eventsPerSecond) * 1_000;
}

function measure() {
  memory.most = Math.max(memory.most, process.memoryUsage.rss());
}

function wait(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
