import { useEffect, useState } from 'preact/hooks';
import type { EventRow } from '../../answers.js';
import { ask, RefusalError } from '../state/server.js';

export interface Record {
  readonly event?: EventRow | undefined;
  readonly refusal?: string | undefined;
}

/** The event that a pointer leads to, once the server has answered. */
export function useRecord(ptr: string | undefined): Record {
  const [record, setRecord] = useState<Record>({});
  useEffect(() => {
    const abort = new AbortController();
    if (ptr === undefined) setRecord({});
    else void load(ptr, abort.signal).then((loaded) => abort.signal.aborted || setRecord(loaded));
    return () => abort.abort();
  }, [ptr]);
  return record;
}

async function load(ptr: string, signal: AbortSignal): Promise<Record> {
  try {
    return { event: await ask<EventRow>('event', new URLSearchParams({ ptr }), signal) };
  } catch (error) {
    return { refusal: error instanceof RefusalError ? error.message : 'The server does not answer.' };
  }
}
