/** Lines that may wait; more are dropped, and counted. */
const MAX_WAITING = 10_000;
const LINGER_MS = 1_000;

/**
 * What `sink_config.http` may say, as a Standard Schema (https://standardschema.dev). With valibot or zod it would be
 * one line: `v.object({ url: v.pipe(v.string(), v.url()), batch_size: v.optional(v.number(), 100) })`.
 */
const schema = {
  '~standard': {
    version: 1,
    vendor: 'fapilog-http',
    validate({ url, batch_size: batchSize = 100, ...others }) {
      const issues = Object.keys(others).map((key) => ({ message: 'no such setting', path: [key] }));
      if (!URL.canParse(url)) issues.push({ message: 'a URL', path: ['url'] });
      if (!Number.isInteger(batchSize) || batchSize < 1) {
        issues.push({ message: 'an integer of at least 1', path: ['batch_size'] });
      }
      return issues.length > 0 ? { issues } : { value: { url, batchSize } };
    },
  },
};

/** Posts log lines to a URL, one JSON object a line. Every record that it takes is in its account, in one place. */
class HttpSink {
  name = 'http';
  #url;
  #batchSize;
  #report;
  #waiting = [];
  #inFlight = 0;
  #accepted = 0;
  #delivered = 0;
  #rejected = {};
  #dropped = {};
  #posting;
  #linger;
  #closing;
  #stop = new AbortController();

  constructor({ url, batchSize }, { report }) {
    this.#url = url;
    this.#batchSize = batchSize;
    this.#report = report;
  }

  /** Answers at once and never throws: what cannot be kept is dropped, and counted. */
  write(record) {
    this.#accepted++;
    if (this.#closing) return count(this.#dropped, 'closed', 1);
    if (this.#waiting.length >= MAX_WAITING) return count(this.#dropped, 'queueFull', 1);
    const line = lineOf(record);
    if (line === undefined) return count(this.#dropped, 'unserializable', 1);
    this.#waiting.push(line);
    if (this.#waiting.length >= this.#batchSize) void this.#post();
    // A timer must not keep the program alive.
    else this.#linger ??= setTimeout(() => void this.#post(), LINGER_MS).unref();
  }

  async flush({ deadlineMs } = {}) {
    await within(deadlineMs, this.#post());
    return this.stats();
  }

  close({ deadlineMs = 10_000 } = {}) {
    this.#closing ??= this.#close(deadlineMs);
    return this.#closing;
  }

  stats() {
    return {
      accepted: this.#accepted,
      delivered: this.#delivered,
      rejected: tally(this.#rejected),
      spooled: 0,
      diverted: tally({}),
      dropped: tally(this.#dropped),
      pending: this.#waiting.length + this.#inFlight,
    };
  }

  async #close(deadlineMs) {
    const posting = this.#post();
    await within(deadlineMs, posting);
    this.#stop.abort();
    await posting;
    return this.stats();
  }

  /** One call at a time; whoever asks meanwhile waits for the same. */
  async #post() {
    if (!this.#posting && this.#waiting.length > 0) this.#posting = this.#postAll();
    await this.#posting;
  }

  async #postAll() {
    clearTimeout(this.#linger);
    this.#linger = undefined;
    while (this.#waiting.length > 0) {
      const lines = this.#waiting.splice(0, this.#batchSize);
      this.#inFlight = lines.length;
      await this.#postLines(lines);
      this.#inFlight = 0;
    }
    this.#posting = undefined;
  }

  async #postLines(lines) {
    try {
      const body = lines.map((line) => `${line}\n`).join('');
      const headers = { 'content-type': 'application/x-ndjson' };
      const { ok, status } = await fetch(this.#url, {
        method: 'POST',
        headers,
        body,
        signal: this.#stop.signal,
      });
      if (ok) this.#delivered += lines.length;
      else count(this.#rejected, `status${status}`, lines.length);
    } catch (error) {
      // A sink for production would keep the lines and try again.
      count(this.#dropped, 'unreachable', lines.length);
      this.#report('http.unreachable', `${lines.length} log lines were dropped: ${String(error)}`);
    }
  }
}

/** One flat JSON object; `undefined` for what JSON cannot hold. */
function lineOf({ timeMs, level, message, fields }) {
  try {
    const timestamp = new Date(timeMs).toISOString();
    return JSON.stringify({ ...Object.assign({}, ...fields), timestamp, level, message });
  } catch {
    return undefined;
  }
}

function count(counts, reason, more) {
  counts[reason] = (counts[reason] ?? 0) + more;
}

function tally(counts) {
  return { total: Object.values(counts).reduce((sum, each) => sum + each, 0), byReason: { ...counts } };
}

/** Resolves when the work is done, or at the deadline. */
async function within(deadlineMs, work) {
  let timer;
  const deadline = new Promise((resolve) => {
    if (deadlineMs !== undefined) timer = setTimeout(resolve, deadlineMs);
  });
  await Promise.race([work, deadline]);
  clearTimeout(timer);
}

export default { schema, create: (config, context) => new HttpSink(config, context) };
