/** A task of a Piscina pool, and the program that ends the pool. ATOMICS says how its threads wait for tasks. */
import { fileURLToPath } from 'node:url';
import { isMainThread } from 'node:worker_threads';

let logger;

/** Logs, and flushes if it is told to. */
export default async function task({ firstId, flushes }) {
  const { loggerTo, logMany } = await import('./settings.mjs');
  logger ??= loggerTo(`pool-${firstId}`, { tellsAccount: false });
  logMany(logger, 100, firstId);
  if (flushes) await logger.flush();
}

if (isMainThread) {
  const { Piscina } = await import('piscina');
  const { flushWorkers } = await import('../../../dist/esm/runtime/index.js');
  const { ATOMICS: atomics, FLUSHES } = process.env;
  const filename = fileURLToPath(import.meta.url);
  const pool = new Piscina({ filename, minThreads: 1, maxThreads: 2, idleTimeout: Infinity, atomics });
  await Promise.all([0, 1_000].map((firstId) => pool.run({ firstId, flushes: FLUSHES === 'yes' })));
  const flushed = await flushWorkers(pool.threads, { deadlineMs: atomics === 'sync' ? 1_000 : 30_000 });
  console.log(JSON.stringify(flushed.map(({ state }) => state)));
  await pool.destroy();
}
