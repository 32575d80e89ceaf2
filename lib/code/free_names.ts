import { codeBelow, statementsOf, type SyntaxNode } from "./_syntax.ts";

/**
 * The names that a function uses and does not define itself: what it takes from around it, globals included.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.deepEqual(freeNames("({ a }) => f(a, b).c"), new Set(["f", "b"]));
 * ```
 *
 * @param functionSource What `toString` gives: of an arrow function, function, method or class.
 * @throws {SyntaxError} If it is none, such as the text of a native or bound function.
 */
export function freeNames(functionSource: string): Set<string> {
  const free = new Set<string>();
  walk(readFunction(functionSource), [], free);
  return free;
}

function readFunction(source: string): SyntaxNode {
  for (const text of [`(${source});`, `({${source}});`]) { // the second is a method of an object
    try {
      const [{ expression }] = statementsOf(text, "the function");
      if (!source.includes("[native code]")) return expression;
    } catch {
      // said below
    }
  }
  throw new SyntaxError(
    `Cannot read a function: its source must be TypeScript, current one is ${source.slice(0, 80)}`,
  );
}

type Scope = Set<string>;

function walk(node: SyntaxNode, scopes: readonly Scope[], free: Set<string>): void {
  if (node.type === "Identifier") {
    if (!scopes.some((scope) => scope.has(node.name))) free.add(node.name);
    return;
  }
  if (node.type === "PrivateName" || node.type === "MetaProperty") return;
  const inner = [...scopes, declaredBy(node)];
  for (const [key, child] of codeBelow(node)) {
    const isName = child.type === "Identifier" && (key === "property" || key === "key") && !node.computed;
    if (!isName && key !== "label") walk(child, inner, free);
  }
}

/** The names that a node defines for all that lies below it. */
function declaredBy(node: SyntaxNode): Scope {
  const names: Scope = new Set();
  if (/Function|Method/.test(node.type)) {
    if (node.type !== "ArrowFunctionExpression") names.add("arguments");
    for (const parameter of node.params) addPattern(parameter, names);
    if (node.id) names.add(node.id.name);
    if (node.body.type === "BlockStatement") addVars(node.body, names);
  } else if (node.type === "ClassExpression" || node.type === "ClassDeclaration") {
    if (node.id) names.add(node.id.name);
  } else if (node.type === "CatchClause") {
    if (node.param) addPattern(node.param, names);
  } else if (node.type === "BlockStatement" || node.type === "StaticBlock") {
    node.body.forEach((statement: SyntaxNode) => addDeclaration(statement, names));
  } else if (node.type === "SwitchStatement") {
    for (const { consequent } of node.cases) {
      consequent.forEach((statement: SyntaxNode) => addDeclaration(statement, names));
    }
  } else if (node.type.startsWith("For")) {
    addDeclaration(node.init ?? node.left ?? {}, names);
  }
  return names;
}

function addDeclaration(statement: SyntaxNode, names: Scope): void {
  if (statement.type === "VariableDeclaration") {
    statement.declarations.forEach(({ id }: SyntaxNode) => addPattern(id, names));
  } else if (/^(Function|Class|TSEnum)Declaration$/.test(statement.type)) names.add(statement.id.name);
}

/** `var` reaches out of every block, up to its function. */
function addVars(node: SyntaxNode, names: Scope): void {
  if (node.type === "VariableDeclaration" && node.kind === "var") addDeclaration(node, names);
  for (const [, child] of codeBelow(node)) if (!/Function|Method|Class/.test(child.type)) addVars(child, names);
}

/** The names bound by a parameter or by the left side of a declaration. */
function addPattern(pattern: SyntaxNode, names: Scope): void {
  if (pattern.type === "Identifier") names.add(pattern.name);
  else if (pattern.type === "AssignmentPattern") addPattern(pattern.left, names);
  else if (pattern.type === "RestElement") addPattern(pattern.argument, names);
  else if (pattern.type === "TSParameterProperty") addPattern(pattern.parameter, names);
  else if (pattern.type === "ArrayPattern") {
    for (const element of pattern.elements) if (element) addPattern(element, names);
  } else if (pattern.type === "ObjectPattern") {
    for (const property of pattern.properties) addPattern(property.value ?? property, names);
  }
}
