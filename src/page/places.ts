/** Places (x, y) that come bit by bit. */
export class Places {
  #values = new Float64Array(4096);
  #length = 0;
  #read = 0;
  /** The largest coordinate, without its sign. */
  reach = 0;

  clear(): void {
    this.#length = 0;
    this.#read = 0;
    this.reach = 0;
  }

  /** @param places x and y of each */
  add(places: ArrayLike<number>): void {
    if (this.#length + places.length > this.#values.length) {
      const longer = new Float64Array(2 * (this.#length + places.length));
      longer.set(this.all);
      this.#values = longer;
    }
    for (let i = 0; i < places.length; i++) {
      const value = places[i];
      this.#values[this.#length++] = value;
      if (Math.abs(value) > this.reach) this.reach = Math.abs(value);
    }
  }

  /** All of them: a view that the next ones may leave behind. */
  get all(): Float64Array {
    return this.#values.subarray(0, this.#length);
  }

  /** A copy of those added since the last call. */
  fresh(): Float64Array {
    const from = this.#read;
    this.#read = this.#length;
    return this.#values.slice(from, this.#length);
  }

  /** One coordinate of all. */
  series(coordinate: 0 | 1): Float64Array {
    return Float64Array.from({ length: this.#length / 2 }, (_, i) => this.#values[2 * i + coordinate]);
  }
}
