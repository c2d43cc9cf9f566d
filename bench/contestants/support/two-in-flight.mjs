const IN_FLIGHT = 2;

/** Has `post` send ready-made calls, two at a time. */
export function twoInFlight(post) {
  const inFlight = new Set();
  return {
    log(lines) {
      const call = post(lines).finally(() => inFlight.delete(call));
      inFlight.add(call);
    },
    get needsDrain() {
      return inFlight.size >= IN_FLIGHT;
    },
    ready: () => Promise.race(inFlight),
    close: () => Promise.all(inFlight),
  };
}
