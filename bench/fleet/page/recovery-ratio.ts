import type { FleetResult } from '../result.js';

/** How many times the least possible time the fleet took to recover; infinite if it did not, undefined if nothing happened to it. */
export function recoveryRatio({ recovery }: FleetResult): number | undefined {
  if (!recovery) return undefined;
  // Infinity is null in JSON.
  const seconds: number | null = recovery.seconds;
  return seconds === null ? Infinity : seconds / recovery.minimumSeconds;
}
