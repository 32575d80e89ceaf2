import type { ArtifactRecord } from "@lib/notebook";
import type { Notebook, ParameterValue } from "@lib/runner";
import { describeCell, describeStep, type RunnerNote, timesOf } from "./_ro_crate_cells.ts";
import {
  type Entity,
  GIT_CONTENT,
  idOf,
  type Kind,
  NOTEBOOK_FILE,
  refer,
  referAll,
  type RoCrate,
} from "./_ro_crate_entity.ts";
import type { Manifest } from "./manifest.ts";
import { authoredCells } from "./read_sources.ts";

/** What a crate says beside the manifest. */
export interface CrateFacts {
  /** The executed notebook, for when and how each cell ran. */
  executed: Notebook;
  /** Files in the folder of the run, `notebook.ipynb` first. */
  files: readonly Pick<ArtifactRecord, "path" | "bytes" | "sha256">[];
}

const CRATE_VERSION = "https://w3id.org/ro/crate/1.1";
const WORKFLOW_CRATE = "https://w3id.org/workflowhub/workflow-ro-crate/1.0";
const PROFILES: Record<string, string> = {
  "https://w3id.org/ro/wfrun/process/0.5": "Process Run Crate",
  "https://w3id.org/ro/wfrun/workflow/0.5": "Workflow Run Crate",
  "https://w3id.org/ro/wfrun/provenance/0.5": "Provenance Run Crate",
  [WORKFLOW_CRATE]: "Workflow RO-Crate",
};
const WORKFLOW_PROFILE = "https://bioschemas.org/profiles/ComputationalWorkflow/1.0-RELEASE";
const LICENCE = "https://spdx.org/licenses/MIT";

/**
 * The manifest of a run as an RO-Crate by the profiles of Workflow Run RO-Crate: the notebook is the workflow, its cells
 * are the steps, the runner is the engine. `manifestOfCrate` reads the manifest back.
 *
 * @see https://www.researchobject.org/workflow-run-crate/profiles/0.5/provenance_run_crate
 */
export function crateOf(manifest: Manifest, { executed, files }: CrateFacts): RoCrate {
  const { notebook, code, packages, locks, data, upstream, parameters, engines, machine, repository } = manifest;
  const described = (kind: Kind, values: Record<string, unknown>, describe: (value: unknown, name: string) => object) =>
    Object.entries(values).map(([name, value]): Entity => ({
      "@id": idOf(kind, name),
      "@type": "CreativeWork",
      name,
      ...describe(value, name),
    }));
  const property = (value: unknown) => ({ "@type": "PropertyValue", value });
  const sources = [
    ...described(
      "code",
      code,
      (blob) => ({ "@type": "SoftwareSourceCode", version: blob, identifier: GIT_CONTENT + blob }),
    ),
    ...described("lock", locks, (sha256) => ({ sha256 })),
  ];
  const software = [
    ...described("package", packages, (version, name) => ({
      "@type": "SoftwareApplication",
      version,
      identifier: `pkg:${name.replace(":", "/").replace("/@", "/%40")}@${version}`,
    })),
    ...described("engine", engines, (version) => ({ "@type": "SoftwareApplication", version })),
  ];
  const inputs = [
    ...described("data", data, (identifier) => ({ identifier })),
    ...described("upstream", upstream, (sha256) => ({ sha256 })),
  ];
  const settings = Object.entries(parameters).map(([name, value]): Entity => ({
    "@id": idOf("parameter", name),
    "@type": "PropertyValue",
    name,
    exampleOfWork: refer(idOf("input", name)),
    ...(isPlain(value) ? { value } : { value: JSON.stringify(value), encodingFormat: "application/json" }),
  }));
  const formal = Object.entries(parameters).map(([name, value]): Entity => ({
    "@id": idOf("input", name),
    "@type": "FormalParameter",
    name,
    additionalType: typeof value === "number" ? "Number" : typeof value === "boolean" ? "Boolean" : "Text",
    workExample: refer(idOf("parameter", name)),
  }));
  const circumstances = [...described("machine", machine, property), ...described("repository", repository, property)];

  const cells = authoredCells(executed);
  const cellEntities = manifest.cells.flatMap((cell, place) => describeCell(cell, place, cells[place]));
  const stepEntities = manifest.steps.flatMap(describeStep);
  const tools = [...cellEntities, ...stepEntities].filter(isTool);
  const runner = executed.metadata.runner as RunnerNote;
  const timed = timesOf(runner);
  const results = files.filter(({ path }) => path !== NOTEBOOK_FILE);
  const graph: Entity[] = [
    {
      "@id": "ro-crate-metadata.json",
      "@type": "CreativeWork",
      about: refer("./"),
      conformsTo: [refer(CRATE_VERSION), refer(WORKFLOW_CRATE)],
    },
    {
      "@id": "./",
      "@type": "Dataset",
      name: `Run of ${notebook}`,
      description: `What ${notebook} left when it was executed, and what it was made from`,
      datePublished: timed.endTime,
      license: refer(LICENCE),
      conformsTo: Object.keys(PROFILES).map(refer),
      hasPart: files.map(({ path }) => refer(encodeURI(path))),
      mainEntity: refer(NOTEBOOK_FILE),
      mentions: [refer("#run"), refer("#execution"), ...actionsIn([...cellEntities, ...stepEntities])],
    },
    {
      "@id": NOTEBOOK_FILE,
      "@type": ["File", "SoftwareSourceCode", "ComputationalWorkflow", "HowTo"],
      name: notebook,
      version: repository.commit ?? "unknown",
      encodingFormat: "application/x-ipynb+json",
      conformsTo: refer(WORKFLOW_PROFILE),
      programmingLanguage: refer("#typescript"),
      input: referAll(formal),
      step: referAll(cellEntities.filter((each) => each["@type"] === "HowToStep")),
      hasPart: referAll(tools),
      isBasedOn: referAll(sources),
      softwareRequirements: referAll(software),
    },
    ...results.map(({ path, bytes, sha256 }): Entity => ({
      "@id": encodeURI(path),
      "@type": "File",
      name: path,
      contentSize: String(bytes),
      encodingFormat: mediaType(path),
      sha256,
    })),
    {
      "@id": "#run",
      "@type": "CreateAction",
      name: `Execution of ${notebook}`,
      description: "All cells in order, in a process of their own",
      instrument: refer(NOTEBOOK_FILE),
      object: referAll([...settings, ...inputs]),
      result: results.map(({ path }) => refer(encodeURI(path))),
      location: refer("#machine"),
      ...timed,
    },
    {
      "@id": "#execution",
      "@type": "OrganizeAction",
      name: "Execution of the cells, one after the other",
      instrument: refer("#runner"),
      object: referAll(cellEntities.filter((each) => each["@type"] === "ControlAction")),
      result: refer("#run"),
      ...timed,
    },
    {
      "@id": "#runner",
      "@type": "SoftwareApplication",
      name: "Headless runner of Deno notebooks, lib/runner",
      version: repository.commit ?? "unknown",
    },
    {
      "@id": "#machine",
      "@type": "Place",
      name: "The machine, and the state of the repository",
      additionalProperty: referAll(circumstances),
    },
    { "@id": "#typescript", "@type": "ComputerLanguage", name: "TypeScript", version: engines.typescript },
    { "@id": LICENCE, "@type": "CreativeWork", name: "MIT License" },
    ...Object.entries(PROFILES).map(([id, name]) => ({
      "@id": id,
      "@type": "CreativeWork",
      name,
      version: id.slice(id.lastIndexOf("/") + 1),
    })),
    ...formal,
    ...settings,
    ...inputs,
    ...circumstances,
    ...cellEntities,
    ...stepEntities,
    ...sources,
    ...software,
  ];
  return {
    "@context": [`${CRATE_VERSION}/context`, "https://w3id.org/ro/terms/workflow-run/context"],
    "@graph": graph,
  };
}

function isTool({ "@type": type }: Entity): boolean {
  return type === "SoftwareSourceCode";
}

function actionsIn(entities: readonly Entity[]): { "@id": string }[] {
  return entities.filter(({ "@type": type }) => type === "CreateAction").map(({ "@id": id }) => refer(id));
}

function isPlain(value: ParameterValue): boolean {
  return value !== null && typeof value !== "object";
}

function mediaType(path: string): string {
  const ending = path.slice(path.lastIndexOf(".") + 1);
  const known: Record<string, string> = {
    csv: "text/csv",
    html: "text/html",
    json: "application/json",
    parquet: "application/vnd.apache.parquet",
    png: "image/png",
    txt: "text/plain",
  };
  return known[ending] ?? "application/octet-stream";
}
