import { codeBelow, statementsOf, type SyntaxNode } from "./_syntax.ts";

/** What a module takes from another. */
export interface ModuleLink {
  /** As written, such as `./panel.ts` or `@lib/core`. */
  specifier: string;
  /** The names taken; `*` for all, also where a module is imported for its effects. */
  names: string[] | "*";
}

/** What a module passes on without using it. */
export interface Reexport {
  specifier: string;
  /** The name under which it is passed on, and the name in the other module; undefined for `export *`. */
  name?: { exported: string; imported: string };
}

/** How a module is tied to others. Types are left out: they change no result. */
export interface ModuleLinks {
  imports: ModuleLink[];
  reexports: Reexport[];
  /** Names that it defines and exports, types included. */
  exports: Set<string>;
  /** Whether it does nothing but pass on what others define. */
  isFrontDoor: boolean;
  /** Every text in its code, where files and packages may be named that are loaded in other ways than by `import`. */
  texts: Set<string>;
}

/**
 * Reads how a module is tied to others.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const { imports, exports } = moduleLinks(`import { type A, b as c } from "./b.ts"; export const d = c + 1;`, "d.ts");
 * assert.deepEqual(imports, [{ specifier: "./b.ts", names: ["b"] }]);
 * assert.deepEqual(exports, new Set(["d"]));
 * ```
 *
 * @param path For messages.
 * @throws {SyntaxError} If the text is no TypeScript.
 */
export function moduleLinks(source: string, path: string): ModuleLinks {
  const links: ModuleLinks = { imports: [], reexports: [], exports: new Set(), isFrontDoor: true, texts: new Set() };
  for (const statement of statementsOf(source, path)) {
    if (statement.type === "ImportDeclaration") addImport(statement, links);
    else if (statement.type.startsWith("Export")) addExport(statement, links);
    else links.isFrontDoor = false;
    if (statement.source === undefined || statement.source === null) addTexts(statement, links);
  }
  return links;
}

function addImport({ importKind, specifiers, source }: SyntaxNode, links: ModuleLinks): void {
  const values = specifiers.filter((each: SyntaxNode) => each.importKind !== "type");
  if (importKind === "type" || (specifiers.length > 0 && values.length === 0)) return;
  const isWhole = values.length === 0 || values.some(({ type }: SyntaxNode) => type === "ImportNamespaceSpecifier");
  const names = isWhole ? "*" : values.map((each: SyntaxNode) => importedName(each));
  links.imports.push({ specifier: source.value, names });
}

function importedName({ type, imported }: SyntaxNode): string {
  return type === "ImportDefaultSpecifier" ? "default" : imported.name ?? imported.value;
}

function addExport(statement: SyntaxNode, links: ModuleLinks): void {
  const { type, exportKind, source, declaration, specifiers = [] } = statement;
  if (type === "ExportAllDeclaration") {
    if (exportKind !== "type") links.reexports.push({ specifier: source.value });
    return;
  }
  for (const { exported, local, type } of specifiers) {
    const name = exported.name ?? exported.value;
    const imported = type === "ExportNamespaceSpecifier" ? "*" : local.name ?? local.value;
    if (source) links.reexports.push({ specifier: source.value, name: { exported: name, imported } });
    else links.exports.add(name);
  }
  if (!source) links.isFrontDoor = false;
  if (type === "ExportDefaultDeclaration") links.exports.add("default");
  else if (declaration?.type === "VariableDeclaration") {
    for (const { id } of declaration.declarations) boundNames(id).forEach((name) => links.exports.add(name));
  } else if (declaration) links.exports.add(declaration.id.name);
}

function boundNames(pattern: SyntaxNode): string[] {
  if (pattern.type === "Identifier") return [pattern.name];
  return [...codeBelow(pattern)].filter(([key]) => key !== "key").flatMap(([, child]) => boundNames(child));
}

function addTexts(node: SyntaxNode, links: ModuleLinks): void {
  if (node.type === "StringLiteral") links.texts.add(node.value);
  const isImport = node.type === "ImportExpression" ||
    (node.type === "CallExpression" && node.callee.type === "Import");
  const target = isImport ? node.source ?? node.arguments[0] : undefined;
  if (target?.type === "StringLiteral") links.imports.push({ specifier: target.value, names: "*" });
  for (const [, child] of codeBelow(node)) addTexts(child, links);
}
