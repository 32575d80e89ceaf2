const RUN = 16; // below this, inserting beats merging

/**
 * Turns numbers into their mid-ranks, in memory that is kept from one use to the next.
 *
 * Write numbers into `keys` and where each came from into `sources`, call {@linkcode MidRanker.rank}, and read the
 * ranks from `keys`. NaN has no place in an order and must not be among the numbers.
 *
 * The order comes in two steps, neither of which calls a comparison function. First each number goes near its place,
 * as if they were spread evenly from the least to the largest; then a merge sort puts right what is left, which is
 * little where they are, and everything where one outlier holds all others in a corner.
 */
export class MidRanker {
  /** Numbers before, ranks after. */
  readonly keys: Float64Array;
  /** Where each of `keys` came from, before and after. */
  readonly sources: Int32Array;
  readonly #spareKeys: Float64Array;
  readonly #spareSources: Int32Array;
  readonly #starts: Int32Array;

  /** Room for `capacity` numbers. */
  constructor(capacity: number) {
    this.keys = new Float64Array(capacity);
    this.sources = new Int32Array(capacity);
    this.#spareKeys = new Float64Array(capacity);
    this.#spareSources = new Int32Array(capacity);
    this.#starts = new Int32Array(capacity);
  }

  /** Sorts the first `count` numbers and puts their ranks, from 1, in their place; equal ones share the mean of theirs. */
  rank(count: number): void {
    this.#spread(count);
    this.#sort(count);
    const { keys } = this;
    for (let first = 0; first < count;) {
      let end = first + 1;
      while (end < count && keys[end] === keys[first]) end++;
      const rank = (first + 1 + end) / 2;
      while (first < end) keys[first++] = rank;
    }
  }

  /** Puts each number into one of `count` buckets of equal width, and the buckets in a row. */
  #spread(count: number): void {
    const { keys, sources } = this;
    const [spareKeys, spareSources, starts] = [this.#spareKeys, this.#spareSources, this.#starts];
    let [least, most] = [Infinity, -Infinity];
    for (let place = 0; place < count; place++) {
      if (keys[place] < least) least = keys[place];
      if (keys[place] > most) most = keys[place];
    }
    const bucketsPerUnit = (count - 1) / (most - least);
    if (!(bucketsPerUnit > 0 && bucketsPerUnit < Infinity)) return; // all equal, or an infinity among them

    starts.fill(0, 0, count);
    for (let place = 0; place < count; place++) {
      spareKeys[place] = keys[place];
      spareSources[place] = sources[place];
      starts[Math.floor((keys[place] - least) * bucketsPerUnit)]++;
    }
    for (let bucket = 0, filled = 0; bucket < count; bucket++) {
      const size = starts[bucket];
      starts[bucket] = filled;
      filled += size;
    }
    for (let place = 0; place < count; place++) {
      const to = starts[Math.floor((spareKeys[place] - least) * bucketsPerUnit)]++;
      keys[to] = spareKeys[place];
      sources[to] = spareSources[place];
    }
  }

  #sort(count: number): void {
    for (let first = 0; first < count; first += RUN) this.#insert(first, Math.min(count, first + RUN));
    for (let width = RUN; width < count; width *= 2) {
      for (let middle = width; middle < count; middle += 2 * width) {
        const isInOrder = this.keys[middle - 1] <= this.keys[middle];
        if (!isInOrder) this.#merge(middle - width, middle, Math.min(count, middle + width));
      }
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

  /** Moves the left half out of the way, and merges it back with the right one. */
  #merge(first: number, middle: number, end: number): void {
    const { keys, sources } = this;
    const [leftKeys, leftSources] = [this.#spareKeys, this.#spareSources];
    for (let place = first; place < middle; place++) {
      leftKeys[place] = keys[place];
      leftSources[place] = sources[place];
    }
    let [left, right] = [first, middle];
    for (let place = first; left < middle; place++) {
      if (right < end && keys[right] < leftKeys[left]) {
        keys[place] = keys[right];
        sources[place] = sources[right++];
      } else {
        keys[place] = leftKeys[left];
        sources[place] = leftSources[left++];
      }
    }
  }
}
