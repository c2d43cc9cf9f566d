/** Counts the unanswered calls of a client, because peers do not always wait for their own. */
export function countInFlight(client) {
  const calls = new Set();
  client.middlewareStack.add(
    (next) => (args) => {
      const call = next(args).finally(() => calls.delete(call));
      calls.add(call);
      return call;
    },
    { step: 'initialize', name: 'inFlight' },
  );
  return {
    async settled() {
      while (calls.size > 0) await Promise.allSettled(calls);
    },
  };
}
