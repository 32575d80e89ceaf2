import { parse, type ParserOptions } from "@babel/parser";

/** A piece of a text, from one place up to another. */
interface Span {
  start: number;
  end: number;
}

/** A name that a cell imports. */
export interface ImportedName {
  local: string;
  /** As the other module calls it; `default`, or `*` for the module itself. */
  imported: string;
  isType: boolean;
}

/** An import statement of a cell. */
export interface CellImport extends Span {
  names: ImportedName[];
  source: string;
  /** What follows the name of the module, such as `with { type: "json" }`. */
  attributes: string;
}

/** What a cell does to the names that all cells share, and to other modules. */
export interface CellSyntax {
  imports: CellImport[];
  /** Names declared for the cells that follow, imports aside. */
  declared: string[];
  /** The keywords of `var` statements outside functions and blocks. */
  vars: Span[];
  /** The words `export` and `export default`. */
  exports: Span[];
  /** Names of modules as they stand in the text, quotes included: of imports and of `import()`. */
  sources: (Span & { value: string })[];
  /** Whether it can only be read as TSX. */
  isTsx: boolean;
}

// deno-lint-ignore no-explicit-any -- the tree has some 250 shapes, of which this file knows a few
type Node = any;

const OPTIONS: ParserOptions = { sourceType: "module", errorRecovery: true, allowAwaitOutsideFunction: true };

/** What a cell declares and imports; undefined where it cannot be read. */
export function cellSyntax(source: string): CellSyntax | undefined {
  const plain = bodyOf(source, ["typescript"]);
  const body = plain ?? bodyOf(source, ["typescript", "jsx"]);
  if (body === undefined) return undefined;
  const syntax: CellSyntax = { imports: [], declared: [], vars: [], exports: [], sources: [], isTsx: !plain };
  for (const statement of body) {
    if (statement.type === "ImportDeclaration") {
      syntax.imports.push({
        start: statement.start,
        end: statement.end,
        names: statement.specifiers.map((each: Node) => importedName(each, statement.importKind === "type")),
        source: statement.source.value,
        attributes: source.slice(statement.source.end, statement.end).replace(/;\s*$/, ""),
      });
      continue;
    }
    const declaration = statement.declaration ?? statement;
    if (/^Export(Named|Default)/.test(statement.type) && statement.declaration) {
      syntax.exports.push({ start: statement.start, end: declaration.start });
    }
    syntax.declared.push(...declaredBy(declaration));
    if (declaration.type === "VariableDeclaration" && declaration.kind === "var") {
      syntax.vars.push({ start: declaration.start, end: declaration.start + "var".length });
    }
  }
  collectSources(body, syntax.sources);
  return syntax;
}

function bodyOf(source: string, plugins: ParserOptions["plugins"]): Node[] | undefined {
  try {
    return parse(source, { ...OPTIONS, plugins }).program.body;
  } catch {
    return undefined;
  }
}

function importedName({ type, local, imported, importKind }: Node, allTypes: boolean): ImportedName {
  const from = type === "ImportDefaultSpecifier"
    ? "default"
    : type === "ImportNamespaceSpecifier"
    ? "*"
    : imported.name ?? JSON.stringify(imported.value);
  return { local: local.name, imported: from, isType: allTypes || importKind === "type" };
}

function declaredBy(node: Node): string[] {
  if (node.type === "VariableDeclaration") return node.declarations.flatMap(({ id }: Node) => namesIn(id));
  return node.id?.type === "Identifier" && /Declaration$/.test(node.type) ? [node.id.name] : [];
}

function namesIn(pattern: Node): string[] {
  switch (pattern?.type) {
    case "Identifier":
      return [pattern.name];
    case "ObjectPattern":
      return pattern.properties.flatMap((each: Node) => namesIn(each.argument ?? each.value));
    case "ArrayPattern":
      return pattern.elements.flatMap(namesIn);
    case "AssignmentPattern":
      return namesIn(pattern.left);
    case "RestElement":
      return namesIn(pattern.argument);
    default:
      return [];
  }
}

function collectSources(node: Node, found: CellSyntax["sources"]): void {
  if (Array.isArray(node)) return node.forEach((each) => collectSources(each, found));
  if (typeof node?.type !== "string") return;
  if (/^(Import|Export)/.test(node.type) && node.source?.type === "StringLiteral") {
    found.push({ start: node.source.start, end: node.source.end, value: node.source.value });
  }
  for (const [key, value] of Object.entries(node)) {
    if (typeof value === "object" && key !== "loc" && !/Comments$/.test(key)) collectSources(value, found);
  }
}
