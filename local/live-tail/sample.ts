/** A choice of what it is given, in its order: each item is as likely to be in it as every other one. */
export class Sample<Item> {
  readonly #size: number;
  readonly #random: () => number;
  #chosen: { readonly place: number; readonly item: Item }[] = [];
  #given = 0;

  /** @param random numbers from 0 to below 1 */
  constructor(size: number, random: () => number) {
    this.#size = size;
    this.#random = random;
  }

  /** Keeps the item, or not, and forgets another one for it. */
  add(item: Item): void {
    const place = this.#given;
    this.#given += 1;
    if (place < this.#size) this.#chosen.push({ place, item });
    else this.#replace(Math.floor(this.#random() * this.#given), { place, item });
  }

  /** What was chosen, and whether it is less than what was given. Begins anew. */
  take(): { readonly items: readonly Item[]; readonly isPartial: boolean } {
    const items = this.#chosen.toSorted((one, other) => one.place - other.place).map(({ item }) => item);
    const isPartial = this.#given > this.#size;
    this.#chosen = [];
    this.#given = 0;
    return { items, isPartial };
  }

  #replace(index: number, by: { readonly place: number; readonly item: Item }): void {
    if (index < this.#size) this.#chosen[index] = by;
  }
}
