/**
 * Times single log calls with records that are larger, deeper or more entangled than a logger should ever get. The
 * logger delivers. Each kind of record is logged several times, and the first time counts.
 */
import { getLogger } from '../../dist/esm/runtime/index.js';
import { heavyRecords } from '../../dist/build/bench/heavy-records.js';

const CALLS = 3;

const logger = getLogger();
const samples = [];
for (const { name, fields, isEndless } of heavyRecords()) {
  const jsonMs = isEndless ? undefined : slowest(() => JSON.stringify(fields));
  samples.push({ name, callMs: slowest(() => logger.info('heavy', fields)), jsonMs });
  await logger.flush({ deadlineMs: 10_000 });
}
await logger.close({ deadlineMs: 10_000 });
process.send(samples, () => process.exit());

function slowest(call) {
  const times = Array.from({ length: CALLS }, () => {
    const startMs = performance.now();
    call();
    return performance.now() - startMs;
  });
  return Math.max(...times);
}
