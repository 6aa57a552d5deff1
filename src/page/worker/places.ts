/** A place in an array that grows. */
export class Places {
  #values = new Float64Array(4096);
  #length = 0;
  #read = 0;

  add(x: number, y: number): void {
    if (this.#length + 2 > this.#values.length) {
      const longer = new Float64Array(2 * this.#values.length);
      longer.set(this.#values);
      this.#values = longer;
    }
    this.#values[this.#length++] = x;
    this.#values[this.#length++] = y;
  }

  /** Those added since the last call. */
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
