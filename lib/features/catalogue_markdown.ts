import { catalogue } from "./catalogue.ts";
import { featureForms } from "./feature_forms.ts";
import { featureSets } from "./feature_sets.ts";
import { originalFeatures } from "./original_features.ts";

/**
 * The catalogue as a page: every feature, and what became of those of the system that this workspace replaces.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.match(catalogueMarkdown(), /`rsi_14`/);
 * ```
 */
export function catalogueMarkdown(): string {
  const classic = new Set<string>(featureSets.classic);
  const families = [...new Set(catalogue.map(({ family }) => family))].map((family) => {
    const rows = catalogue.filter((feature) => feature.family === family).map((feature) => [
      `\`${feature.name}\`${classic.has(feature.name) ? " \\*" : ""}`,
      feature.formula,
      feature.needs.join(", "),
      String(feature.lookbackDays),
      ["−", "none", "+"][feature.expectedSign + 1],
      feature.missing,
      feature.source,
    ]);
    const heading = ["feature", "formula", "needs", "look-back", "sign", "missing", "source"];
    return `## ${family}\n\n${table(heading, rows)}`;
  });
  const fates = ["kept", "repaired", "merged", "dropped"].map((fate) =>
    `${originalFeatures.filter((feature) => feature.fate === fate).length} ${fate}`
  );
  const original = originalFeatures.map(({ name, group, fate, now, words }) => [
    `\`${name}\``,
    group,
    fate,
    now.map((other) => `\`${other}\``).join(", "),
    words,
  ]);
  const forms = featureForms.map((form) => [
    `\`${form.prefix}_<feature>\``,
    `\`${form.function}\``,
    form.formula,
    form.needs,
    form.missing,
    form.source,
  ]);
  return [
    "# The catalogue of features",
    "<!-- Written by make leaderboard; changes by hand are lost. -->",
    `${catalogue.length} features, all known at the close of their day. Look-back: days that must lie before the first ` +
    "one with a value. Sign: of the relation to coming returns in the source. \\*: belongs to the set `classic`, which " +
    "the recorded studies learn from.",
    ...families,
    "## Forms across the names of a day",
    "Of every feature, by a function of `@lib/features`. They use the day alone: look-back and sign are those of the feature.",
    table(["name", "function", "formula", "needs", "missing", "source"], forms),
    "## What became of the original features",
    `The system that this workspace replaces had ${originalFeatures.length} features, all shifted by a day too many, ` +
    `gaps filled with medians of the whole history. Here: ${fates.join(", ")}.`,
    table(["original", "group", "fate", "now", "what changed, or why nothing is lost"], original),
  ].join("\n\n");
}

function table(heading: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(heading), line(heading.map(() => "---")), ...rows.map(line)].join("\n") + "\n";
}
