/** A value that a parameter can have. */
export type ParameterValue = number | string | boolean | null | ParameterValue[];

/** What a parameter accepts. */
export type ParameterType =
  | { kind: "number" | "string" | "boolean" }
  | { kind: "literal"; value: number | string | boolean | null }
  | { kind: "list"; item: ParameterType }
  | { kind: "union"; options: ParameterType[] };

/** The type of a default without an annotation; of an empty list, a list of texts. */
export function typeOfValue(value: ParameterValue): ParameterType {
  if (value === null) return { kind: "literal", value };
  if (Array.isArray(value)) {
    return { kind: "list", item: value.length > 0 ? typeOfValue(value[0]) : { kind: "string" } };
  }
  return { kind: typeof value as "number" | "string" | "boolean" };
}

/** Whether the value fits the type. NaN fits none. */
export function acceptsValue(type: ParameterType, value: unknown): boolean {
  switch (type.kind) {
    case "literal":
      return value === type.value;
    case "list":
      return Array.isArray(value) && value.every((item) => acceptsValue(type.item, item));
    case "union":
      return type.options.some((option) => acceptsValue(option, value));
    default:
      return typeof value === type.kind && !Number.isNaN(value);
  }
}

/** The value that a text means for the type, undefined if none: lists as `1,5,20` or as JSON. */
export function valueOfText(type: ParameterType, text: string): ParameterValue | undefined {
  switch (type.kind) {
    case "string":
      return text;
    case "number":
      return text.trim() === "" || Number.isNaN(Number(text)) ? undefined : Number(text);
    case "boolean":
      return text === "true" ? true : text === "false" ? false : undefined;
    case "literal":
      return text === String(type.value) ? type.value : undefined;
    case "list": {
      const items = text.startsWith("[") ? jsonList(text) : text === "" ? [] : text.split(",");
      const values = items?.map((item) =>
        valueOfText(type.item, typeof item === "string" ? item : JSON.stringify(item))
      );
      return values?.includes(undefined) ? undefined : values as ParameterValue[] | undefined;
    }
    case "union": // a text that can mean something narrower means that
      return [...type.options].sort((a, b) => Number(a.kind === "string") - Number(b.kind === "string"))
        .map((option) => valueOfText(option, text)).find((value) => value !== undefined);
  }
}

/** The type as TypeScript writes it. */
export function describeType(type: ParameterType): string {
  if (type.kind === "literal") return JSON.stringify(type.value);
  if (type.kind === "union") return type.options.map(describeType).join(" | ");
  if (type.kind === "list") {
    return type.item.kind === "union" ? `(${describeType(type.item)})[]` : `${describeType(type.item)}[]`;
  }
  return type.kind;
}

function jsonList(text: string): unknown[] | undefined {
  try {
    const value = JSON.parse(text);
    return Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
