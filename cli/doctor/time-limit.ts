/** Settles as the work does, or rejects after the time, or once the signal is aborted, even if the work heeds neither. */
export async function within<Result>(
  { timeoutMs, signal }: { readonly timeoutMs: number; readonly signal: AbortSignal },
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const abort = new AbortController();
  const ended = new Promise<never>((_, reject) => {
    abort.signal.addEventListener('abort', () => reject(abort.signal.reason as Error), { once: true });
  });
  const stop = (): void => abort.abort(interrupted());
  const timer = setTimeout(() => abort.abort(timedOut(timeoutMs)), timeoutMs);
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  try {
    return await Promise.race([ended, work(abort.signal)]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
  }
}

function timedOut(timeoutMs: number): Error {
  return Object.assign(new Error(`no answer within ${timeoutMs} ms`), { name: 'TimeoutError' });
}

function interrupted(): Error {
  return Object.assign(new Error('it was interrupted'), { name: 'Interrupted' });
}
