/** The events that were shown and may be read again. It forgets those that no later call asks for. */
export class SeenEvents {
  readonly #timesMs = new Map<string, number>();

  get size(): number {
    return this.#timesMs.size;
  }

  has(eventId: string): boolean {
    return this.#timesMs.has(eventId);
  }

  add(eventId: string, timestampMs: number): void {
    this.#timesMs.set(eventId, timestampMs);
  }

  forgetBefore(timeMs: number): void {
    for (const [eventId, timestampMs] of this.#timesMs)
      if (timestampMs < timeMs) this.#timesMs.delete(eventId);
  }
}
