import type { CodeCell, Notebook } from "./notebook_file.ts";
import { parseParameterCell } from "./_parameter_parser.ts";
import { describeRule, followsRule, type ParameterRule, readParameterRule } from "./_parameter_rule.ts";
import {
  acceptsValue,
  describeType,
  type ParameterType,
  type ParameterValue,
  typeOfValue,
  valueOfText,
} from "./_parameter_type.ts";

export type { ParameterRule, ParameterType, ParameterValue };

/** A parameter that a notebook declares in the cell tagged `parameters`. */
export interface Parameter {
  name: string;
  type: ParameterType;
  defaultValue: ParameterValue;
  /** Limits, unit and meaning, from the comment behind it. Default: none. */
  rule?: ParameterRule;
}

/**
 * Wanted values of parameters: by name, or as text such as `horizonDays=5 name="a b" horizons=1,5,20`, or as a list of
 * such assignments (as a shell hands them over). Texts are read as the declared types.
 */
export type ParameterOverrides = Record<string, ParameterValue> | string | readonly string[];

const DECLARING_TAG = "parameters";
const INJECTED_TAG = "injected-parameters";

/**
 * The parameters of a notebook, in order: each `let name = literal;` of the cell tagged `parameters`, where a literal is
 * a number, text, boolean, null or a list of these. The type is that of the annotation, else that of the default.
 *
 * The comment behind a declaration may give limits, unit and meaning, each of them optional:
 *
 * ```ts ignore
 * let horizonDays = 1; // 1 to 250 whole days: how far forecasts look ahead
 * let share = 0.05; // above 0, at most 1: part of the way that is traded each day
 * let model: "ridge" | "lightgbm" = "ridge"; // what is fitted
 * let firstDay = ""; // day or "": where forecasts begin; "" for two fifths into the history
 * ```
 *
 * Limits (`a to b`, `at least a`, `above a`, `at most b`, `below b`, `whole`) hold for all numbers in a value, `day` for
 * texts.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const source = "let horizonDays = 1; // 1 to 250 whole days: how far forecasts look ahead";
 * const cell = { cell_type: "code", id: "a", metadata: { tags: ["parameters"] }, source, outputs: [], execution_count: null };
 * const [horizonDays] = readParameters({ cells: [{ ...cell, cell_type: "code" }], metadata: {}, nbformat: 4, nbformat_minor: 5 });
 * assert.equal(describeParameter(horizonDays), "horizonDays (number, 1 to 250 whole days)");
 * assert.equal(horizonDays.rule?.meaning, "how far forecasts look ahead");
 * ```
 *
 * @throws {SyntaxError} If there is more than one such cell, it holds anything else, or a default is not what its
 * comment allows.
 */
export function readParameters(notebook: Notebook): Parameter[] {
  const cell = findTagged(notebook, DECLARING_TAG);
  if (cell === undefined) return [];
  const parameters = new Map<string, Parameter>();
  for (const { name, type, value, comment, line } of parseParameterCell(cell.source)) {
    if (parameters.has(name)) {
      throw new SyntaxError(`Cannot read the parameters cell: each name must be declared once, current one is ${name}`);
    }
    const rule = readParameterRule(comment);
    if (!followsRule(rule, value)) {
      throw new SyntaxError(
        `Cannot read the parameters cell: the default of ${name} must be ${describeRule(rule)} as its comment says, ` +
          `current line ${line} has ${writeLiteral(value)}`,
      );
    }
    parameters.set(name, { name, type: type ?? typeOfValue(value), defaultValue: value, rule });
  }
  return [...parameters.values()];
}

/** A parameter with what it accepts, such as `horizonDays (number, 1 to 250 whole days)`. */
export function describeParameter({ name, type, rule }: Parameter): string {
  return `${name} (${describeType(type)}${commaRule(rule)})`;
}

/**
 * The values of all parameters in a run: the overrides, and else the defaults.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const horizonDays = { name: "horizonDays", type: { kind: "number" }, defaultValue: 1 } as const;
 * assert.deepEqual(resolveParameters([horizonDays], "horizonDays=5"), { horizonDays: 5 });
 * assert.throws(() => resolveParameters([horizonDays], { horizon: 5 }), /known ones are horizonDays \(number\)/);
 * ```
 *
 * @throws {RangeError} If a name is unknown, or a value is outside of its limits.
 * @throws {TypeError} If a value is not of the type of its parameter.
 */
export function resolveParameters(
  parameters: readonly Parameter[],
  overrides: ParameterOverrides,
): Record<string, ParameterValue> {
  const isText = typeof overrides === "string" || Array.isArray(overrides);
  const wanted = isText ? readAssignments(overrides) : overrides as Record<string, ParameterValue>;
  const values = Object.fromEntries(parameters.map(({ name, defaultValue }) => [name, defaultValue]));
  for (const [name, given] of Object.entries(wanted)) {
    const parameter = parameters.find((each) => each.name === name);
    if (parameter === undefined) {
      const known = parameters.map(describeParameter).join(", ") || "none";
      throw new RangeError(`Cannot set parameter ${name}: the notebook must declare it, the known ones are ${known}`);
    }
    const value = isText ? valueOfText(parameter.type, given as string) : given;
    if (value === undefined || !acceptsValue(parameter.type, value)) {
      const wanted = `${describeType(parameter.type)}${commaRule(parameter.rule)}`;
      throw new TypeError(
        `Cannot set parameter ${name}: its value must be ${wanted}, current value is ${JSON.stringify(given)}`,
      );
    }
    if (parameter.rule !== undefined && !followsRule(parameter.rule, value)) {
      throw new RangeError(
        `Cannot set parameter ${name}: its value must be ${describeRule(parameter.rule)}, ` +
          `current value is ${writeLiteral(value)}`,
      );
    }
    values[name] = value;
  }
  return values;
}

/**
 * A copy of the notebook with a cell tagged `injected-parameters` after the one tagged `parameters`, that assigns the
 * values that are not the defaults, each with its default beside it. Such a cell of an earlier run is dropped.
 */
export function injectParameters(notebook: Notebook, values: Record<string, ParameterValue>): Notebook {
  const cells = notebook.cells.filter((cell) => !hasTag(cell, INJECTED_TAG));
  const assignments = readParameters(notebook)
    .filter(({ name, defaultValue }) =>
      Object.hasOwn(values, name) && writeLiteral(values[name]) !== writeLiteral(defaultValue)
    )
    .map(({ name, defaultValue, rule }) =>
      `${name} = ${writeLiteral(values[name])}; // default ${writeLiteral(defaultValue)} ${rule?.unit ?? ""}`.trimEnd()
    );
  if (assignments.length > 0) {
    const injected: CodeCell = {
      cell_type: "code",
      id: INJECTED_TAG,
      metadata: { tags: [INJECTED_TAG] },
      source: [...assignments, "void 0;"].join("\n"), // or the last value would be shown
      outputs: [],
      execution_count: null,
    };
    cells.splice(cells.findIndex((cell) => hasTag(cell, DECLARING_TAG)) + 1, 0, injected);
  }
  return { ...notebook, cells };
}

/**
 * The words of a line of assignments, split at spaces as a shell does: quotes hold a word together.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.deepEqual(splitAssignments(`days=5 name="a b"`), ["days=5", "name=a b"]);
 * ```
 */
export function splitAssignments(text: string): string[] {
  const words = text.match(/(?:"(?:[^"\\]|\\.)*"|'[^']*'|[^\s"'])+/g) ?? [];
  return words.map((word) =>
    word.replace(/"((?:[^"\\]|\\.)*)"|'([^']*)'/g, (_, double, single) => single ?? double.replace(/\\(.)/g, "$1"))
  );
}

/** The cell of the notebook that declares its parameters, if there is one. */
export function findParametersCell(notebook: Notebook): CodeCell | undefined {
  return findTagged(notebook, DECLARING_TAG);
}

function findTagged(notebook: Notebook, tag: string): CodeCell | undefined {
  const found = notebook.cells.filter((cell) => cell.cell_type === "code" && hasTag(cell, tag));
  if (found.length > 1) {
    throw new SyntaxError(
      `Cannot read parameters: at most one cell must be tagged ${tag}, current ones are ${found.length}`,
    );
  }
  return found[0] as CodeCell | undefined;
}

function hasTag(cell: Notebook["cells"][number], tag: string): boolean {
  return cell.metadata.tags?.includes(tag) ?? false;
}

function readAssignments(input: string | readonly string[]): Record<string, string> {
  const parts = typeof input === "string" ? splitAssignments(input) : input;
  const values: Record<string, string> = {};
  for (const part of parts) {
    const [, name, value] = part.match(/^([A-Za-z_$][\w$]*)=([\s\S]*)$/) ?? [];
    if (name === undefined) {
      throw new SyntaxError(`Cannot read parameters: each must be name=value, current one is ${JSON.stringify(part)}`);
    }
    if (Object.hasOwn(values, name)) {
      throw new SyntaxError(`Cannot read parameters: ${name} must be given once, it is given twice`);
    }
    values[name] = value;
  }
  return values;
}

function commaRule(rule: ParameterRule | undefined): string {
  const text = rule === undefined ? "" : describeRule(rule);
  return text === "" ? "" : `, ${text}`;
}

function writeLiteral(value: ParameterValue): string {
  if (Array.isArray(value)) return `[${value.map(writeLiteral).join(", ")}]`;
  return typeof value === "number" ? String(value) : JSON.stringify(value);
}
