import { streamKey } from '../state/selection.js';

/** Colours that the page has classes for: `source-0` and so on. */
const COLOURS = 8;

/** Gives sources colours by turns, in the order in which they are first asked for. */
export class SourceColours {
  readonly #places = new Map<string, number>();

  /** @param key a group's id, or the key of a stream */
  classOf(key: string): string {
    const place = this.#places.get(key) ?? this.#places.size;
    this.#places.set(key, place);
    return `source-${place % COLOURS}`;
  }
}

/** What a row is coloured by: its group if several are shown, else its stream. */
export function sourceOf(group: string, stream: string, severalGroups: boolean): string {
  return severalGroups ? group : streamKey(group, stream);
}
