const PER_LINE_MS = 50;

/** A sink of the application's that takes 50 ms for each record, one after another. */
export function slowSink() {
  let taken = 0;
  let done = 0;
  let work = Promise.resolve();
  const account = () => ({
    accepted: taken,
    delivered: done,
    rejected: { total: 0 },
    spooled: 0,
    diverted: { total: 0 },
    dropped: { total: 0 },
    pending: taken - done,
  });
  const settled = async () => {
    await work;
    return account();
  };
  const sink = {
    name: 'slow',
    write() {
      taken++;
      work = work
        .then(() => new Promise((resolve) => setTimeout(resolve, PER_LINE_MS)))
        .then(() => void done++);
    },
    flush: settled,
    close: settled,
    stats: account,
  };
  return { sink, lines: () => done };
}
