let kept: { places: Map<Float64Array, number>; results: Map<string, unknown> } | undefined;

/** Within `work`, what {@linkcode once} is asked for again is not computed again. Nothing is kept afterwards. */
export function sharing<Result>(work: () => Result): Result {
  const before = kept;
  kept = { places: new Map(), results: new Map() };
  try {
    return work();
  } finally {
    kept = before;
  }
}

/** A result by the name of what is computed, parameters included, and the very arrays that it is computed of. */
export function once<Result>(name: string, series: readonly Float64Array[], compute: () => Result): Result {
  if (kept === undefined) return compute();
  let key = name;
  for (const values of series) {
    const place = kept.places.get(values) ?? kept.places.size;
    kept.places.set(values, place);
    key += ` ${place}`;
  }
  if (!kept.results.has(key)) kept.results.set(key, compute());
  return kept.results.get(key) as Result;
}
