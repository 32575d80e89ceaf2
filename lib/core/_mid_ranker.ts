const RUN = 8; // below this, inserting beats merging

/**
 * Turns numbers into their mid-ranks, in memory that is kept from one use to the next.
 *
 * Write numbers into `keys` and where each came from into `sources`, call {@linkcode MidRanker.rank}, and read the
 * ranks from `keys`. The order comes from a merge sort that calls no comparison function. NaN has no place in an order
 * and must not be among the numbers.
 */
export class MidRanker {
  /** Numbers before, ranks after. */
  keys: Float64Array;
  /** Where each of `keys` came from, before and after. */
  sources: Int32Array;
  #spareKeys: Float64Array;
  #spareSources: Int32Array;

  /** Room for `capacity` numbers. */
  constructor(capacity: number) {
    this.keys = new Float64Array(capacity);
    this.sources = new Int32Array(capacity);
    this.#spareKeys = new Float64Array(capacity);
    this.#spareSources = new Int32Array(capacity);
  }

  /**
   * Sorts the first `count` numbers and puts their ranks, from 1, in their place; equal ones share the mean of theirs.
   * `keys` and `sources` may be other arrays afterwards.
   */
  rank(count: number): void {
    this.#sort(count);
    const { keys } = this;
    for (let first = 0; first < count;) {
      let end = first + 1;
      while (end < count && keys[end] === keys[first]) end++;
      const rank = (first + 1 + end) / 2;
      while (first < end) keys[first++] = rank;
    }
  }

  #sort(count: number): void {
    for (let first = 0; first < count; first += RUN) this.#insert(first, Math.min(count, first + RUN));
    for (let width = RUN; width < count; width *= 2) {
      for (let first = 0; first < count; first += 2 * width) {
        this.#merge(first, Math.min(count, first + width), Math.min(count, first + 2 * width));
      }
      [this.keys, this.#spareKeys] = [this.#spareKeys, this.keys];
      [this.sources, this.#spareSources] = [this.#spareSources, this.sources];
    }
  }

  #insert(first: number, end: number): void {
    const { keys, sources } = this;
    for (let next = first + 1; next < end; next++) {
      const [key, source] = [keys[next], sources[next]];
      let place = next;
      for (; place > first && keys[place - 1] > key; place--) {
        keys[place] = keys[place - 1];
        sources[place] = sources[place - 1];
      }
      keys[place] = key;
      sources[place] = source;
    }
  }

  #merge(first: number, middle: number, end: number): void {
    const { keys, sources } = this;
    const [toKeys, toSources] = [this.#spareKeys, this.#spareSources];
    let [left, right] = [first, middle];
    for (let place = first; place < end; place++) {
      const from = right >= end || (left < middle && keys[left] <= keys[right]) ? left++ : right++;
      toKeys[place] = keys[from];
      toSources[place] = sources[from];
    }
  }
}
