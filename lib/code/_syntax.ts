import { parse, type ParserOptions } from "@babel/parser";

/** A node of a syntax tree; what it holds depends on its type. */
export interface SyntaxNode {
  type: string;
  // deno-lint-ignore no-explicit-any -- the tree has some 250 shapes, of which a reader knows a few
  [key: string]: any;
}

const OPTIONS: ParserOptions = {
  sourceType: "module",
  plugins: ["typescript"],
  errorRecovery: true, // the cells of a notebook may declare a name twice
  allowAwaitOutsideFunction: true,
};

/**
 * The statements of a module, or of the cells of a notebook one after the other.
 *
 * @throws {SyntaxError} If the text cannot be read as TypeScript.
 */
export function statementsOf(source: string, path: string): SyntaxNode[] {
  return read(source, path).program.body as unknown as SyntaxNode[];
}

/** Where the comments of a module stand, in order; throws as {@linkcode statementsOf}. */
export function commentsOf(source: string, path: string): { start: number; end: number }[] {
  return (read(source, path).comments ?? []).map(({ start, end }) => ({ start: start!, end: end! }));
}

function read(source: string, path: string): ReturnType<typeof parse> {
  try {
    return parse(source, OPTIONS);
  } catch (error) {
    throw new SyntaxError(`Cannot read ${path}: it must be TypeScript, ${(error as Error).message}`);
  }
}

/** Parts of a node that are types only, or belong to no code. */
const NOT_CODE = new Set([
  "loc",
  "extra",
  "errors",
  "leadingComments",
  "innerComments",
  "trailingComments",
  "typeAnnotation",
  "typeParameters",
  "typeArguments",
  "superTypeArguments",
  "returnType",
  "implements",
]);

/** TypeScript's nodes that hold code beside a type. */
const TYPED_CODE =
  /^TS(AsExpression|SatisfiesExpression|NonNullExpression|TypeAssertion|InstantiationExpression|Enum|ParameterProperty|ExportAssignment)/;

/** The nodes directly under a node, without types. */
export function* codeBelow(node: SyntaxNode): Generator<[key: string, child: SyntaxNode]> {
  for (const [key, value] of Object.entries(node)) {
    if (NOT_CODE.has(key)) continue;
    for (const child of Array.isArray(value) ? value : [value]) {
      if (typeof child?.type !== "string") continue;
      if (!child.type.startsWith("TS") || TYPED_CODE.test(child.type)) yield [key, child];
    }
  }
}
