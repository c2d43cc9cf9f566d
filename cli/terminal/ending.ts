import { constants } from 'node:os';

/** Signals by which somebody asks for the end. */
export const END_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

export type EndSignal = (typeof END_SIGNALS)[number];

/** Why a command is to end before it has done everything: a signal, or a reader of its output that has left, as `head` does. */
export type EndReason = EndSignal | 'closed pipe';

/** The exit status of a command that does nothing but show, as a shell has it for signals. Who reads a beginning has had enough, which is no failure. */
export function statusOfEnd(reason: EndReason): number {
  return reason === 'closed pipe' ? 0 : 128 + constants.signals[reason];
}

/** The end that somebody else asks for. */
export interface Ending {
  /** Aborted with an {@link EndReason}. A second signal ends the process, as if nobody listened. */
  readonly signal: AbortSignal;
  /** Listens no longer. */
  release(): void;
}

/** Listens for whoever asks the command to end. */
export function listenForEnd(stdout: NodeJS.WritableStream = process.stdout): Ending {
  const controller = new AbortController();
  const end = (reason: EndReason): void => {
    release();
    controller.abort(reason);
  };
  const onSignal = new Map(END_SIGNALS.map((name) => [name, () => end(name)]));
  const onError = ({ code }: NodeJS.ErrnoException): void => {
    if (code === 'EPIPE' || code === 'ERR_STREAM_DESTROYED') end('closed pipe');
  };
  const release = (): void => {
    for (const [name, listener] of onSignal) process.removeListener(name, listener);
    stdout.removeListener('error', onError);
  };
  for (const [name, listener] of onSignal) process.once(name, listener);
  stdout.on('error', onError);
  return { signal: controller.signal, release };
}

/** Resolves once somebody has asked for the end. A call that is in flight then may take any time. */
export function abortOf(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}

/** Ends the process, whether or not its output has been read: a write that waits for a reader would hold it. */
export function endNow(reason: EndReason): never {
  process.exit(statusOfEnd(reason));
}
