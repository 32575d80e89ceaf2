import { type Random, seededRandom, sha256 } from "@lib/core";

/** A stream of its own for each name under one seed: what is drawn for one name depends on no other. */
export function namedRandom(seed: number, name: string): Random {
  return seededRandom(parseInt(sha256(`${seed} ${name}`).slice(0, 8), 16));
}
