import type { EncodedBatch } from '../batch/encoded-batch.js';
import type { Target } from '../batch/target.js';
import type { Compression } from './compression.js';
import type { FailureListener } from './failure-report.js';
import type { LogsPort } from './port.js';
import type { SequenceTokens } from './sequence-tokens.js';
import { verdictOfAnswer, verdictOfError, type Verdict } from './verdict.js';

export interface PutCallerParts {
  readonly port: LogsPort;
  readonly compression: Compression;
  readonly tokens: SequenceTokens;
  readonly isCustomEndpoint: boolean;
  readonly failures: FailureListener;
}

/** Makes one PutLogEvents call and judges the answer. */
export class PutCaller {
  readonly #parts: PutCallerParts;
  #calls = 0;

  constructor(parts: PutCallerParts) {
    this.#parts = parts;
  }

  get calls(): number {
    return this.#calls;
  }

  async put(batch: EncodedBatch, signal: AbortSignal): Promise<Verdict> {
    const { port, compression, tokens, isCustomEndpoint } = this.#parts;
    const token = tokens.next(batch.target);
    let isCompressed = false;
    try {
      const encoded = await compression.encode(token === undefined ? batch.body : batch.bodyWithToken(token));
      isCompressed = encoded.encoding === 'gzip';
      signal.throwIfAborted();
      this.#calls++;
      const answer = await port.putLogEvents(batch.target, { ...encoded, batch }, signal);
      return this.#noted(verdictOfAnswer(answer, batch.count), undefined, batch.target);
    } catch (error) {
      const verdict = verdictOfError(error, { isCompressed, isCustomEndpoint });
      // No report: we aborted the call ourselves.
      return signal.aborted ? verdict : this.#noted(verdict, error, batch.target);
    }
  }

  /** A missing target, a refused compression and a demanded token are put right without a word. */
  #noted(verdict: Verdict, error: unknown, target: Target): Verdict {
    if (verdict.kind === 'retry' || verdict.kind === 'divide')
      this.#parts.failures.failed('PutLogEvents', target, error, verdict.reason);
    return verdict;
  }
}
