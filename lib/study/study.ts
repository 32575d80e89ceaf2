import { parse } from "yaml";

/** A parameter of a notebook: flat, so that a reader sees every setting of a study at a glance. */
export type Parameter = string | number | boolean;

/** One notebook of a study, run with these parameters. */
export interface Step {
  /** File in `notebooks/`, without `.ipynb`. */
  notebook: string;
  /** Steps whose files this one reads; it waits for them. */
  after: string[];
  /** Values for the notebook's cell tagged `parameters`. */
  parameters: Record<string, Parameter>;
  /** The metric that stands for the step in tables; its interval is `<headline>_low` to `<headline>_high`. */
  headline: string;
}

/** How far an artifact may lie from the recorded one, and why it cannot be the same bytes. */
export interface Tolerance {
  relative: number;
  because: string;
}

/** A study: a question, the notebooks that answer it, and with which settings. */
export interface Study {
  /** Name of its folder in `experiments/`. */
  name: string;
  title: string;
  question: string;
  /** Which companies or series, and how they were chosen: said beside every result. */
  universe: string;
  steps: Record<string, Step>;
  /** By file name of the artifact. What is not named must be identical. */
  tolerances: Record<string, Tolerance>;
}

/**
 * Reads the spec of a study. Unknown keys and wrong types are refused: a setting that nobody reads is a lie.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const study = parseStudy("tour", `
 * title: The tour
 * question: Does it run?
 * universe: One synthetic market
 * steps:
 *   tour: { notebook: 00_tour, headline: rank_ic, parameters: { horizonDays: 5 } }
 * `);
 * assert.equal(study.steps.tour.parameters.horizonDays, 5);
 * ```
 *
 * @param name Name of the study, for messages.
 * @param text YAML.
 * @throws {SyntaxError} If the text is no YAML, or a key or type is wrong: says which and what is known.
 */
export function parseStudy(name: string, text: string): Study {
  const refuse = (what: string): never => {
    throw new SyntaxError(`Cannot read study ${name}: ${what}`);
  };
  let raw: unknown;
  try {
    raw = parse(text);
  } catch (error) {
    refuse(`the spec must be YAML, current problem is ${(error as Error).message}`);
  }
  const fields = (value: unknown, where: string, known: string[]): Record<string, unknown> => {
    if (value === null || typeof value !== "object" || Array.isArray(value)) {
      refuse(`${where} must be a table of keys and values`);
    }
    const unknown = Object.keys(value as object).find((key) => known.length > 0 && !known.includes(key));
    if (unknown !== undefined) refuse(`${where} must have keys among ${known.join(", ")}, current value is ${unknown}`);
    return value as Record<string, unknown>;
  };
  const string = (value: unknown, where: string): string =>
    typeof value === "string" && value !== "" ? value : refuse(`${where} must be a text, current value is ${value}`);

  const top = fields(raw, "the spec", ["title", "question", "universe", "steps", "tolerances"]);
  const steps: Record<string, Step> = {};
  for (const [step, value] of Object.entries(fields(top.steps, "steps", []))) {
    const spec = fields(value, `step ${step}`, ["notebook", "after", "parameters", "headline"]);
    const parameters = fields(spec.parameters ?? {}, `parameters of ${step}`, []);
    for (const [key, parameter] of Object.entries(parameters)) {
      if (!["string", "number", "boolean"].includes(typeof parameter)) {
        refuse(`parameter ${key} of ${step} must be a text, a number or a truth value`);
      }
    }
    const after = (spec.after ?? []) as string[];
    if (!Array.isArray(after)) refuse(`after of ${step} must be a list of steps`);
    const missing = after.find((other) => !Object.hasOwn(steps, other));
    if (missing !== undefined) refuse(`after of ${step} must name steps above it, current value is ${missing}`);
    steps[step] = {
      notebook: string(spec.notebook, `notebook of ${step}`),
      headline: string(spec.headline, `headline of ${step}`),
      after,
      parameters: parameters as Record<string, Parameter>,
    };
  }
  if (Object.keys(steps).length === 0) refuse("steps must name at least one notebook");

  const tolerances: Record<string, Tolerance> = {};
  for (const [file, value] of Object.entries(fields(top.tolerances ?? {}, "tolerances", []))) {
    const { relative, because } = fields(value, `tolerance of ${file}`, ["relative", "because"]);
    if (typeof relative !== "number" || !(relative > 0)) refuse(`relative of ${file} must be a positive number`);
    tolerances[file] = { relative: relative as number, because: string(because, `because of ${file}`) };
  }
  return {
    name,
    title: string(top.title, "title"),
    question: string(top.question, "question"),
    universe: string(top.universe, "universe"),
    steps,
    tolerances,
  };
}

/**
 * Reads studies from a folder of specs, one `<study>/study.yaml` each, by name.
 *
 * @param wanted Names of studies. Default: all.
 * @throws {RangeError} If a wanted study does not exist: names those that do.
 */
export async function readStudies(folder: string, wanted?: readonly string[]): Promise<Study[]> {
  const names: string[] = [];
  for await (const entry of Deno.readDir(folder)) {
    if (entry.isDirectory && await exists(`${folder}/${entry.name}/study.yaml`)) names.push(entry.name);
  }
  names.sort();
  for (const name of wanted ?? []) {
    if (!names.includes(name)) {
      throw new RangeError(
        `Cannot read a study: its name must be one of ${names.join(", ")}, current value is ${name}`,
      );
    }
  }
  return await Promise.all(
    (wanted ?? names).map(async (name) => parseStudy(name, await Deno.readTextFile(`${folder}/${name}/study.yaml`))),
  );
}

async function exists(path: string): Promise<boolean> {
  return await Deno.stat(path).then(() => true, () => false);
}
