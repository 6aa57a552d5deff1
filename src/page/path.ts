/** Places (x, y) that come bit by bit. */
export class GrowingPath {
  #values = new Float64Array(8192);
  #length = 0;
  /** The largest coordinate, without its sign. */
  reach = 0;

  clear(): void {
    this.#length = 0;
    this.reach = 0;
  }

  add(places: Float64Array): void {
    if (this.#length + places.length > this.#values.length) {
      const longer = new Float64Array(2 * (this.#length + places.length));
      longer.set(this.places);
      this.#values = longer;
    }
    this.#values.set(places, this.#length);
    this.#length += places.length;
    for (const value of places) if (Math.abs(value) > this.reach) this.reach = Math.abs(value);
  }

  get places(): Float64Array {
    return this.#values.subarray(0, this.#length);
  }
}
