import type { EncodedBatch } from '../batch/encoded-batch.js';
import type { Target } from '../batch/target.js';
import type { Compression } from './compression.js';
import type { EntityUse } from './entity-use.js';
import type { FailureListener } from './failure-report.js';
import type { LogsPort } from './port.js';
import type { SequenceTokens } from './sequence-tokens.js';
import { verdictOfAnswer, verdictOfError, type Verdict } from './verdict.js';

export interface PutCallerParts {
  readonly port: LogsPort;
  readonly compression: Compression;
  readonly tokens: SequenceTokens;
  readonly entities: EntityUse;
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
    const { port, compression, tokens, entities, isCustomEndpoint } = this.#parts;
    const sequenceToken = tokens.next(batch.target);
    const hasEntity = entities.isFor(batch);
    let isCompressed = false;
    try {
      const encoded = await compression.encode(batch.bodyFor({ sequenceToken, hasEntity }));
      isCompressed = encoded.encoding === 'gzip';
      signal.throwIfAborted();
      this.#calls++;
      const answer = await port.putLogEvents(batch.target, { ...encoded, batch }, signal);
      const verdict = verdictOfAnswer(answer, batch.count);
      entities.judged(batch, hasEntity, verdict);
      if (answer.rejectedEntityInfo) entities.rejected(batch.target, answer.rejectedEntityInfo.errorType);
      return this.#noted(verdict, undefined, batch.target);
    } catch (error) {
      const verdict = verdictOfError(error, { isCompressed, isCustomEndpoint, hasEntity });
      entities.judged(batch, hasEntity, verdict);
      // No report: we aborted the call ourselves.
      return signal.aborted ? verdict : this.#noted(verdict, error, batch.target);
    }
  }

  /** A missing target, a refused compression or entity and a demanded token are put right without a word. */
  #noted(verdict: Verdict, error: unknown, target: Target): Verdict {
    if (verdict.kind === 'retry' || verdict.kind === 'divide')
      this.#parts.failures.failed('PutLogEvents', target, error, verdict.reason);
    return verdict;
  }
}
