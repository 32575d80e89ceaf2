import type { Transport } from "./_transport.ts";
import { checkLength, checkName, mlflowLimits } from "./mlflow_limits.ts";
import type { DatasetInput } from "./mlflow_types.ts";

/** A data set of a run as the server spells it. */
export interface WireDatasetInput {
  tags?: { key: string; value: string }[];
  dataset: { name: string; digest: string; source_type: string; source: string; profile?: string };
}

const contextTag = "mlflow.data.context";

export async function logInputs(transport: Transport, runId: string, datasets: readonly DatasetInput[]): Promise<void> {
  if (datasets.length === 0) return;
  for (const dataset of datasets) check(dataset);
  await transport.post(`log data sets of run ${runId}`, "runs/log-inputs", {
    run_id: runId,
    datasets: datasets.map(toWire),
  });
}

function check({ name, digest, source, tags = {} }: DatasetInput): void {
  const action = `log data set ${name}`;
  checkLength("log a data set", "name", name, mlflowLimits.datasetNameLength);
  checkLength(action, "digest", digest, mlflowLimits.datasetDigestLength);
  checkLength(action, "source", source, mlflowLimits.datasetSourceLength - 100); // it is wrapped in JSON
  for (const [key, value] of Object.entries(tags)) {
    checkName(action, "tag", key);
    checkLength(action, `the value of tag ${key}`, value, mlflowLimits.inputTagLength);
  }
}

function toWire({ name, digest, source, rows, columns, context, tags = {} }: DatasetInput): WireDatasetInput {
  const allTags = { ...tags, ...(context === undefined ? {} : { [contextTag]: context }) };
  return {
    tags: Object.entries(allTags).map(([key, value]) => ({ key, value })),
    dataset: {
      name,
      digest,
      source_type: "local",
      source: JSON.stringify({ uri: source }),
      profile: JSON.stringify({ num_rows: rows, num_columns: columns }),
    },
  };
}

export function datasetFromWire({ dataset, tags = [] }: WireDatasetInput): DatasetInput {
  const profile = parsed(dataset.profile);
  const { [contextTag]: context, ...others } = Object.fromEntries(tags.map(({ key, value }) => [key, value]));
  const source = parsed(dataset.source).uri;
  return {
    name: dataset.name,
    digest: dataset.digest,
    source: typeof source === "string" ? source : dataset.source,
    ...(typeof profile.num_rows === "number" ? { rows: profile.num_rows } : {}),
    ...(typeof profile.num_columns === "number" ? { columns: profile.num_columns } : {}),
    ...(context === undefined ? {} : { context }),
    ...(Object.keys(others).length === 0 ? {} : { tags: others }),
  };
}

/** Other clients write what they like into these fields. */
function parsed(text: string | undefined): Record<string, unknown> {
  try {
    const value = JSON.parse(text ?? "{}");
    return value !== null && typeof value === "object" ? value : {};
  } catch {
    return {};
  }
}
