import type { CodeCell } from "@lib/runner";
import { type Entity, idOf, refer, referAll } from "./_ro_crate_entity.ts";
import type { ManifestCell, ManifestStep } from "./manifest.ts";

/** What the runner notes of a run or a cell in the metadata of the executed notebook. */
export interface RunnerNote {
  status: string;
  startedAt: string;
  seconds: number;
}

/** A cell: a step of the workflow, the tool behind it, the actions by which it ran, what it showed. */
export function describeCell({ id, source, outputs }: ManifestCell, place: number, cell: CodeCell): Entity[] {
  const own = idOf("cell", id);
  const runner = cell.metadata.runner as RunnerNote | undefined;
  const title = cell.source.trim().split("\n", 1)[0];
  const shown = {
    "@id": `${own}/outputs`,
    "@type": "CreativeWork",
    name: `What cell ${id} showed`,
    sha256: outputs,
  };
  return [
    { "@id": own, "@type": "HowToStep", name: id, position: String(place + 1), workExample: refer(`${own}/source`) },
    { "@id": `${own}/source`, "@type": "SoftwareSourceCode", name: title, sha256: source },
    {
      "@id": `${own}/control`,
      "@type": "ControlAction",
      name: `Control of cell ${id}`,
      instrument: refer(own),
      object: refer(`${own}/run`),
    },
    {
      "@id": `${own}/run`,
      "@type": "CreateAction",
      name: `Execution of cell ${id}`,
      description: title,
      instrument: refer(`${own}/source`),
      result: refer(`${own}/outputs`),
      ...timesOf(runner),
    },
    shown,
  ];
}

/** A step of the cache: a tool with its code, and the action that took inputs and gave a result. */
export function describeStep({ name, key, output, inputs, code }: ManifestStep, place: number): Entity[] {
  const own = idOf("step", String(place + 1));
  const taken = Object.entries(inputs).map(([input, sha256]): Entity => ({
    "@id": `${own}/input/${encodeURIComponent(input)}`,
    "@type": "CreativeWork",
    name: input,
    sha256,
  }));
  return [
    {
      "@id": own,
      "@type": "SoftwareSourceCode",
      name,
      identifier: key,
      isBasedOn: code.map((file) => refer(idOf("code", file))),
    },
    {
      "@id": `${own}/run`,
      "@type": "CreateAction",
      name: `Step ${name}`,
      description: "A step of the notebook, computed or taken from the step cache",
      instrument: refer(own),
      object: referAll(taken),
      result: refer(`${own}/output`),
    },
    { "@id": `${own}/output`, "@type": "CreativeWork", name: `Result of step ${name}`, sha256: output },
    ...taken,
  ];
}

/** When a run or a cell began and ended, and how. */
export function timesOf(note: RunnerNote | undefined): { startTime?: string; endTime?: string; actionStatus?: string } {
  if (note === undefined) return {}; // a cell after the one that failed
  const start = Date.parse(note.startedAt);
  const written = (time: number) => new Date(time).toISOString().replace("Z", "+00:00"); // as the profile asks for it
  return {
    startTime: written(start),
    endTime: written(start + note.seconds * 1000),
    actionStatus: `http://schema.org/${note.status === "ok" ? "Completed" : "Failed"}ActionStatus`,
  };
}
