import type { EncodedBatch } from '../batch/encoded-batch.js';
import type { Target } from '../batch/target.js';
import type { CallBody, Compression } from './compression.js';
import type { LogsPort } from './port.js';
import type { SequenceToken, SequenceTokens } from './sequence-token.js';
import { verdictOfAnswer, verdictOfError, type Verdict } from './verdict.js';

export interface PutCallerParts {
  readonly port: LogsPort;
  readonly compression: Compression;
  readonly tokens: SequenceTokens;
  readonly isCustomEndpoint: boolean;
  /** Told of each failure, with the error itself. */
  readonly onFailure: (reason: string, error: unknown, target: Target) => void;
}

/** Makes one PutLogEvents call and says what came of it. */
export class PutCaller {
  readonly #parts: PutCallerParts;
  #calls = 0;

  constructor(parts: PutCallerParts) {
    this.#parts = parts;
  }

  /** Calls made so far. */
  get calls(): number {
    return this.#calls;
  }

  async put(batch: EncodedBatch, signal: AbortSignal): Promise<Verdict> {
    const { port, compression, tokens } = this.#parts;
    const token = tokens.of(batch.target);
    const body = token.next === undefined ? batch.body : batch.bodyWithToken(token.next);
    const encoded = await compression.encode(body);
    try {
      signal.throwIfAborted();
      this.#calls++;
      const answer = await port.putLogEvents(batch.target, { ...encoded, batch }, signal);
      token.handedOut(answer.nextSequenceToken);
      return this.#noted(verdictOfAnswer(answer, batch.count), undefined, batch.target);
    } catch (error) {
      const verdict = this.#judge(error, encoded, token);
      // No report: we aborted the call ourselves.
      return signal.aborted ? verdict : this.#noted(verdict, error, batch.target);
    }
  }

  #judge(error: unknown, { encoding }: CallBody, token: SequenceToken): Verdict {
    const { isCustomEndpoint } = this.#parts;
    const verdict = verdictOfError(error, { isCompressed: encoding === 'gzip', isCustomEndpoint });
    if (verdict.kind === 'delivered')
      token.handedOut((error as Partial<ExpectedToken>).expectedSequenceToken);
    return verdict;
  }

  /** A missing target, a refused compression and a demanded token are put right without a word. */
  #noted(verdict: Verdict, error: unknown, target: Target): Verdict {
    if (verdict.kind === 'retry' || verdict.kind === 'divide')
      this.#parts.onFailure(verdict.reason, error, target);
    return verdict;
  }
}

interface ExpectedToken {
  readonly expectedSequenceToken: string;
}
