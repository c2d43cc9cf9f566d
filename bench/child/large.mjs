/**
 * Times log calls with a long message beside JSON.stringify of its line and of the request with that line, in turn:
 * `large.mjs <repetitions>`. The logger delivers.
 */
import { getLogger } from '../../dist/esm/runtime/index.js';

const KIB = 1_024;
const SIZES_KIB = [64, 128, 176, 256, 512, 900];
/** Not counted: the code is compiled meanwhile. */
const WARM_UP = 5;
const TEXTS = {
  plain: 'The order was handed to the warehouse at noon, and the stock was reserved. ',
  // As it is dumped: quotes, line breaks and some characters of several bytes.
  dump: '{"id": 4711, "city": "Zürich", "note": "handed to the warehouse at noon"}\n',
};

const repetitions = Number(process.argv[2]);
const logger = getLogger();
const samples = [];
for (const [text, piece] of Object.entries(TEXTS)) {
  for (const kib of SIZES_KIB) {
    const message = piece.repeat(Math.floor((kib * KIB) / Buffer.byteLength(piece)));
    const times = { callMs: [], jsonMs: [] };
    for (let turn = 0; turn < WARM_UP + repetitions; turn++) {
      times.callMs.push(timed(() => logger.info(message)));
      times.jsonMs.push(timed(() => stringifiedTwice(message)));
      await logger.flush({ deadlineMs: 10_000 });
    }
    const [callMs, jsonMs] = [times.callMs, times.jsonMs].map((all) => all.slice(WARM_UP));
    samples.push({ text, kib, callMs, jsonMs });
  }
}
const { accepted, delivered } = await logger.close({ deadlineMs: 10_000 });
if (delivered !== accepted) throw new Error(`${delivered} of ${accepted} long messages were delivered`);
process.send(samples, () => process.exit());

function stringifiedTwice(message) {
  const timestamp = Date.now();
  const line = JSON.stringify({ timestamp: new Date(timestamp).toISOString(), level: 'info', message });
  return JSON.stringify({ logEvents: [{ timestamp, message: line }] });
}

function timed(work) {
  const startMs = performance.now();
  work();
  return performance.now() - startMs;
}
