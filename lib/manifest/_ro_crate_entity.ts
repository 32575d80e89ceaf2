/** An entity of an RO-Crate. */
export interface Entity {
  "@id": string;
  "@type": string | string[];
  [property: string]: unknown;
}

/** An RO-Crate's metadata document: JSON-LD, flattened. */
export interface RoCrate {
  "@context": unknown;
  "@graph": Entity[];
}

/** Under this name the executed notebook lies in the folder of a run. */
export const NOTEBOOK_FILE = "notebook.ipynb";

/** A Software Heritage identifier of a file's content is the id that git gives it, behind these words. */
export const GIT_CONTENT = "swh:1:cnt:";

/** Kinds of things that a manifest names, by which they are found again. */
export type Kind =
  | "code"
  | "package"
  | "lock"
  | "data"
  | "upstream"
  | "parameter"
  | "engine"
  | "machine"
  | "repository";

/** A reference to an entity. */
export const refer = (id: string) => ({ "@id": id });

/** The id of a thing by its kind and name. */
export const idOf = (kind: Kind | "input" | "cell" | "step", name: string) => `#${kind}/${encodeURIComponent(name)}`;

/** References to entities; RO-Crate writes one alone without a list. */
export function referAll(entities: readonly Entity[]): unknown {
  const references = entities.map((entity) => refer(entity["@id"]));
  return references.length === 1 ? references[0] : references;
}

/** The references that {@linkcode referAll} wrote. */
export function referred(property: unknown): unknown[] {
  return Array.isArray(property) ? property : [property];
}
