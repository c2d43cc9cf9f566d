const MAX_EVENTS = 10_000;
const MAX_BYTES = 1_048_576;
const OVERHEAD_BYTES = 26;
const IN_FLIGHT = 2;

/** Packs lines into full calls and has `post` send them, two at a time. */
export function packer(post) {
  let lines = [];
  let bytes = 0;
  const inFlight = new Set();
  const seal = () => {
    const call = post(lines).finally(() => inFlight.delete(call));
    inFlight.add(call);
    lines = [];
    bytes = 0;
  };
  return {
    log(line) {
      const size = Buffer.byteLength(line.message) + OVERHEAD_BYTES;
      if (lines.length === MAX_EVENTS || bytes + size > MAX_BYTES) seal();
      lines.push(line);
      bytes += size;
    },
    get needsDrain() {
      return inFlight.size >= IN_FLIGHT;
    },
    ready: () => Promise.race(inFlight),
    async close() {
      if (lines.length > 0) seal();
      await Promise.all(inFlight);
    },
  };
}
