/** The logger of a subject, with the calls of ours that the programs make. */
export async function adaptedLogger(subject, cloudwatch) {
  if (subject === undefined) return undefined;
  const { open } = await import(`../adapters/subjects/${subject}.mjs`);
  const { log, flush = async () => undefined, close, stats } = await open(cloudwatch);
  return { info: (message, fields) => log('info', message, fields), flush, close, stats };
}
