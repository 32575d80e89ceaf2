import type { CodeGraph } from "@lib/code";
import { sha256, stableJson } from "@lib/core";
import { catalogueByFile, type Feature } from "@lib/features";

/**
 * Hash of the code behind a feature: of the file that defines it and of every file that this one reaches. A feature that
 * is not of the catalogue has none, since its code cannot be found.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { CodeGraph } from "@lib/code";
 * import { repositoryPath } from "@lib/core";
 * import { featuresNamed } from "@lib/features";
 * const graph = new CodeGraph(repositoryPath());
 * const [fast, slow, other] = featuresNamed(["rsi_3", "rsi_28", "momentum_5"]).map((rsi) => featureCode(rsi, graph));
 * assert.equal(fast, slow); // one file defines both
 * assert.notEqual(fast, other);
 * ```
 *
 * @throws {RangeError} If the feature is not of the catalogue.
 */
export function featureCode(feature: Feature, graph: CodeGraph): string {
  const [file] = Object.entries(catalogueByFile).find(([, features]) => features.includes(feature)) ?? [];
  if (file === undefined) {
    throw new RangeError(`Cannot find a feature's code: it must be of the catalogue, current one is ${feature.name}`);
  }
  const { files } = graph.behindSource(`import * as idea from "./${file}.ts";`, "lib/features/_store.ts");
  return sha256(stableJson(Object.fromEntries(files.map((path) => [path, graph.blob(path)]))));
}
