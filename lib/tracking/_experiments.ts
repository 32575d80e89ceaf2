import type { Transport } from "./_transport.ts";
import { MlflowError } from "./mlflow_error.ts";
import { checkLength, checkName, mlflowLimits } from "./mlflow_limits.ts";
import type { Experiment } from "./mlflow_types.ts";

/** Without it the UI opens an experiment as one of a language model's traces, not of training runs. */
const kindTag = { "mlflow.experimentKind": "custom_model_development" };

interface WireExperiment {
  experiment_id: string;
  name: string;
  artifact_location: string;
  lifecycle_stage: "active" | "deleted";
  tags?: { key: string; value: string }[];
}

export async function experimentByName(transport: Transport, name: string): Promise<Experiment | undefined> {
  checkLength("get an experiment", "name", name, mlflowLimits.experimentNameLength);
  try {
    const { experiment } = await transport.get<{ experiment: WireExperiment }>(
      `get experiment ${name}`,
      "experiments/get-by-name",
      { experiment_name: name },
    );
    return fromWire(experiment);
  } catch (error) {
    if (error instanceof MlflowError && error.code === "RESOURCE_DOES_NOT_EXIST") return undefined;
    throw error;
  }
}

/** Active ones, in the order in which they were made. */
export async function searchExperiments(transport: Transport): Promise<Experiment[]> {
  const experiments: Experiment[] = [];
  let pageToken: string | undefined;
  do {
    const answer = await transport.post<{ experiments?: WireExperiment[]; next_page_token?: string }>(
      "search experiments",
      "experiments/search",
      { max_results: 1_000, order_by: ["creation_time ASC"], page_token: pageToken },
    );
    experiments.push(...(answer.experiments ?? []).map(fromWire));
    pageToken = answer.next_page_token || undefined;
  } while (pageToken);
  return experiments;
}

export async function createExperiment(
  transport: Transport,
  name: string,
  tags: Readonly<Record<string, string>> = {},
): Promise<string> {
  const action = `create experiment ${name}`;
  checkLength("create an experiment", "name", name, mlflowLimits.experimentNameLength);
  for (const [key, value] of Object.entries(tags)) {
    checkName(action, "tag", key);
    checkLength(action, `the value of tag ${key}`, value, mlflowLimits.experimentTagLength);
  }
  const wireTags = Object.entries({ ...kindTag, ...tags }).map(([key, value]) => ({ key, value }));
  const answer = await transport.postOnce<{ experiment_id: string }>(action, "experiments/create", {
    name,
    tags: wireTags,
  });
  return answer.experiment_id;
}

/** Looks before each try to create: an earlier try may have arrived, or another process may have been quicker. */
export function getOrCreateExperiment(
  transport: Transport,
  name: string,
  tags: Readonly<Record<string, string>> = {},
): Promise<string> {
  return transport.retrying(async () => {
    const known = await experimentByName(transport, name);
    if (known?.lifecycleStage === "deleted") await restoreExperiment(transport, known.experimentId);
    if (known) return known.experimentId;
    try {
      return await createExperiment(transport, name, tags);
    } catch (error) {
      if (!(error instanceof MlflowError) || error.code !== "RESOURCE_ALREADY_EXISTS") throw error;
      const other = await experimentByName(transport, name);
      if (!other) throw error;
      return other.experimentId;
    }
  });
}

async function restoreExperiment(transport: Transport, experimentId: string): Promise<void> {
  await transport.post(`restore experiment ${experimentId}`, "experiments/restore", { experiment_id: experimentId });
}

function fromWire(experiment: WireExperiment): Experiment {
  return {
    experimentId: experiment.experiment_id,
    name: experiment.name,
    artifactLocation: experiment.artifact_location,
    lifecycleStage: experiment.lifecycle_stage,
    tags: Object.fromEntries((experiment.tags ?? []).map(({ key, value }) => [key, value])),
  };
}
