/** The logger of a subject, with the calls of ours that the programs make. */
export async function adaptedLogger(subject, cloudwatch) {
  if (subject === undefined) return undefined;
  const { open } = await import(`../adapters/subjects/${subject}.mjs`);
  const { log, flush = async () => undefined, close, stats } = await open(cloudwatch);
  return {
    info: (message, fields) => log('info', message, fields),
    flush: () => whileWaiting(flush),
    close: () => whileWaiting(close),
    stats,
  };
}

/** A worker thread of a logger does not keep the process alive, so that waiting for it would end the process. */
async function whileWaiting(work) {
  const waiting = setInterval(() => undefined, 1_000_000);
  try {
    return await work();
  } finally {
    clearInterval(waiting);
  }
}
