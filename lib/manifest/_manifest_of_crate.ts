import type { ParameterValue } from "@lib/runner";
import { type Entity, idOf, type Kind, NOTEBOOK_FILE, refer, referred, type RoCrate } from "./_ro_crate_entity.ts";
import type { Manifest, ManifestCell, ManifestStep } from "./manifest.ts";

/**
 * The manifest in a crate that `crateOf` made.
 *
 * @throws {TypeError} If it is no such crate.
 */
export function manifestOfCrate(crate: RoCrate): Manifest {
  const graph = Array.isArray(crate?.["@graph"]) ? crate["@graph"] : [];
  const entities = new Map(graph.map((entity) => [entity["@id"], entity]));
  const at = (reference: unknown): Entity => {
    const entity = entities.get((reference as { "@id"?: string })?.["@id"] ?? "");
    if (entity === undefined) {
      throw new TypeError(`Cannot read a manifest: the crate must describe ${JSON.stringify(reference)}`);
    }
    return entity;
  };
  const listed = (kind: Kind, value: (entity: Entity) => unknown) =>
    Object.fromEntries(
      graph.filter((entity) => entity["@id"].startsWith(`#${kind}/`)).map((entity) => [entity.name, value(entity)]),
    );
  const texts = (kind: Kind, property: string) => listed(kind, (entity) => entity[property]) as Record<string, string>;
  const workflow = at(refer(NOTEBOOK_FILE));
  const actionOf = new Map(
    graph.filter((entity) => entity["@type"] === "CreateAction").map((action) => [at(action.instrument), action]),
  );
  const resultOf = (tool: Entity) => at(actionOf.get(tool)?.result).sha256 as string;
  const steps = referred(workflow.step).map(at);
  const tools = referred(workflow.hasPart).map(at).filter((tool) => tool["@id"].startsWith("#step/"));
  return {
    notebook: workflow.name as string,
    cells: steps.map((step): ManifestCell => {
      const tool = at(step.workExample);
      return { id: step.name as string, source: tool.sha256 as string, outputs: resultOf(tool) };
    }),
    steps: tools.map((tool): ManifestStep => ({
      name: tool.name as string,
      key: tool.identifier as string,
      output: resultOf(tool),
      inputs: Object.fromEntries(
        referred(actionOf.get(tool)!.object).map(at).map(({ name, sha256 }) => [name, sha256]),
      ),
      code: (tool.isBasedOn as Entity[]).map((file) => decodeURIComponent(file["@id"].slice(idOf("code", "").length))),
    })),
    code: texts("code", "version"),
    packages: texts("package", "version"),
    locks: texts("lock", "sha256"),
    data: texts("data", "identifier"),
    upstream: texts("upstream", "sha256"),
    parameters: listed(
      "parameter",
      ({ value, encodingFormat }) => encodingFormat === undefined ? value : JSON.parse(value as string),
    ) as Record<string, ParameterValue>,
    engines: texts("engine", "version"),
    machine: texts("machine", "value"),
    repository: texts("repository", "value"),
  };
}
