import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { DIAGNOSTICS_CHANNEL, type Diagnostic } from '../../runtime/io/diagnostics.js';

/** The codes of what is reported while `work` runs. */
export async function codesHeard(work: () => unknown): Promise<string[]> {
  const codes: string[] = [];
  const listen = (diagnostic: unknown): void => void codes.push((diagnostic as Diagnostic).code);
  subscribe(DIAGNOSTICS_CHANNEL, listen);
  try {
    await work();
  } finally {
    unsubscribe(DIAGNOSTICS_CHANNEL, listen);
  }
  return codes;
}
