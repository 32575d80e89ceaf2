/**
 * Computes features of a person's own bars, or of a market that set-up fetched, into one table.
 *
 * Reads a folder of CSV files, or one long file; leaves a parquet or CSV file with a row for each symbol and day. What
 * the bars have no columns for is named and left out, never filled. Values are kept in data/derived/features, or in the
 * Redis that FEATURE_STORE names, so that another day of the same bars takes a fraction of the time. Seconds for a million rows of a few features.
 * Run: make features BARS=folder OUT=features.parquet FEATURES=rsi_14,momentum_20
 */
import { resolve } from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import { CodeGraph } from "@lib/code";
import { checkOneOf, panelToFrame, repositoryPath, sha256, writeAtomically } from "@lib/core";
import { loadMarket, reportText } from "@lib/data";
import { FeatureStore, openStoreFiles } from "@lib/feature_store";
import { type Feature, featureSet, featureSets, featuresNamed } from "@lib/features";

const HELP = `Computes features of bars into one table

  --bars=FOLDER     one CSV file for each symbol, or one long file; or panel, bars: what set-up fetched
  --out=FILE        .parquet or .csv
  --features=LIST   names with commas between, or a set: ${Object.keys(featureSets).join(", ")}; default all
  --help            show this text

FEATURE_STORE=redis://host:6379 in the environment keeps what was computed where other machines find it, too.`;

function chosen(list: string): Feature[] {
  if (Object.hasOwn(featureSets, list)) return featureSet(list as keyof typeof featureSets);
  return featuresNamed(list.split(",").map((name) => name.trim()).filter((name) => name !== ""));
}

async function features(): Promise<void> {
  const { values } = parseArgs({
    options: {
      bars: { type: "string", default: "" },
      out: { type: "string", default: "" },
      features: { type: "string", default: "all" },
      help: { type: "boolean" },
    },
  });
  if (values.help) return console.log(HELP);
  const ending = /\.(parquet|csv)$/.exec(values.out)?.[1] ?? "";
  checkOneOf("compute features", "the ending of OUT", ending, ["parquet", "csv"]);
  if (values.bars === "") {
    throw new RangeError(
      "Cannot compute features: BARS must be a folder of bars, a file, panel or bars, there is none",
    );
  }
  const wanted = chosen(values.features);
  const { panel, report } = await loadMarket(values.bars, { tier: "final" });
  console.log(reportText(report));
  const place = ["panel", "bars"].includes(values.bars) ? values.bars : sha256(resolve(values.bars)).slice(0, 16);
  const shared = Deno.env.get("FEATURE_STORE");
  await using files = await openStoreFiles(shared || repositoryPath("data", "derived", "features", place), {
    prefix: `features:${place}:`,
  });
  const store = new FeatureStore(files, { graph: new CodeGraph(repositoryPath()) });
  const { panel: built, unavailable } = await store.read(panel, wanted);
  for (const { name, missingColumns } of unavailable) {
    console.log(`${name}: not available, the bars have no ${missingColumns.join(", ")}`);
  }
  if (built.names.length === 0) {
    throw new RangeError(
      "Cannot compute features: the bars must have the columns of at least one, current number is 0",
    );
  }
  const frame = panelToFrame(built);
  const out = resolve(values.out);
  await writeAtomically(out, ending === "csv" ? frame.writeCSV() : frame.writeParquet({ compression: "zstd" }));
  console.log(
    `${built.names.length} features of ${built.symbols.length} symbols, ${built.rows} rows, in ${values.out}`,
  );
}

try {
  await features();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
