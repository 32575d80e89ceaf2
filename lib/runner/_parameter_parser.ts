import type { ParameterType, ParameterValue } from "./_parameter_type.ts";

/** One `let name: type = literal;` of a parameters cell. */
export interface ParameterDeclaration {
  name: string;
  /** Undefined without an annotation. */
  type: ParameterType | undefined;
  value: ParameterValue;
  /** Text of the comment behind it on its last line; empty where there is none. */
  comment: string;
  /** Of its name in the cell, from 1. */
  line: number;
}

const SPACE = /(?:\s|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*/y;
const NAME = /[A-Za-z_$][\w$]*/y;
const NUMBER = /[+-]?(?:Infinity\b|0x[\da-f][\da-f_]*|(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:e[+-]?\d+)?)/iy;
const TEXT = /"(?:[^"\\\n]|\\[\s\S])*"|'(?:[^'\\\n]|\\[\s\S])*'|`(?:[^`\\$]|\\[\s\S])*`/y;
const ESCAPES: Record<string, string> = { n: "\n", t: "\t", r: "\r", b: "\b", f: "\f", v: "\v", 0: "\0", "\n": "" };

/**
 * Reads the statements of a parameters cell, each `let name = literal;` with an optional annotation.
 *
 * @throws {SyntaxError} At the first line that is something else.
 */
export function parseParameterCell(source: string): ParameterDeclaration[] {
  const scanner = new Scanner(source);
  const declarations: ParameterDeclaration[] = [];
  while (!scanner.isAtEnd()) {
    scanner.expect("let");
    const line = scanner.line;
    const name = scanner.match(NAME) ?? scanner.refuse();
    const type = scanner.take(":") ? readUnion(scanner) : undefined;
    scanner.expect("=");
    const value = readLiteral(scanner);
    if (!scanner.take(";") && !scanner.isAtLineStart()) scanner.refuse();
    declarations.push({ name, type, value, comment: scanner.comment, line });
  }
  return declarations;
}

function readLiteral(scanner: Scanner): ParameterValue {
  if (scanner.take("[")) {
    const items: ParameterValue[] = [];
    while (!scanner.take("]")) {
      items.push(readLiteral(scanner));
      if (!scanner.take(",")) {
        scanner.expect("]");
        break;
      }
    }
    return items;
  }
  return readScalar(scanner);
}

function readScalar(scanner: Scanner): number | string | boolean | null {
  const text = scanner.match(TEXT);
  if (text !== undefined) return unescape(text.slice(1, -1));
  const number = scanner.match(NUMBER);
  if (number !== undefined) return Number(number.replaceAll("_", ""));
  const word = scanner.match(NAME);
  if (word === "true" || word === "false") return word === "true";
  return word === "null" ? null : scanner.refuse();
}

function readUnion(scanner: Scanner): ParameterType {
  scanner.take("|");
  const options = [readListType(scanner)];
  while (scanner.take("|")) options.push(readListType(scanner));
  return options.length === 1 ? options[0] : { kind: "union", options };
}

function readListType(scanner: Scanner): ParameterType {
  scanner.takeWord("readonly");
  let type = readItemType(scanner);
  while (scanner.take("[")) {
    scanner.expect("]");
    type = { kind: "list", item: type };
  }
  return type;
}

function readItemType(scanner: Scanner): ParameterType {
  if (scanner.take("(")) {
    const type = readUnion(scanner);
    scanner.expect(")");
    return type;
  }
  for (const kind of ["number", "string", "boolean"] as const) if (scanner.takeWord(kind)) return { kind };
  if (scanner.takeWord("Array")) {
    scanner.expect("<");
    const item = readUnion(scanner);
    scanner.expect(">");
    return { kind: "list", item };
  }
  return { kind: "literal", value: readScalar(scanner) };
}

function unescape(text: string): string {
  return text.replace(
    /\\(?:u\{([\da-f]+)\}|u([\da-f]{4})|x([\da-f]{2})|([\s\S]))/gi,
    (_, long, short, byte, other) =>
      other === undefined ? String.fromCodePoint(parseInt(long ?? short ?? byte, 16)) : ESCAPES[other] ?? other,
  );
}

/** A place in a text, moved on by what is taken; space and comments between are skipped. */
class Scanner {
  #text: string;
  #at = 0;
  #space = "";

  constructor(text: string) {
    this.#text = text;
    this.#skipSpace();
  }

  isAtEnd(): boolean {
    return this.#at === this.#text.length;
  }

  /** Whether a line ended between what was taken last and this place. */
  isAtLineStart(): boolean {
    return this.#space.includes("\n") || this.isAtEnd();
  }

  /** Text of the line comment that follows what was taken last, on the same line. */
  get comment(): string {
    return this.#space.match(/^[^\S\n]*\/\/([^\n]*)/)?.[1].trim() ?? "";
  }

  /** The line of this place, from 1. */
  get line(): number {
    return this.#text.slice(0, this.#at).split("\n").length;
  }

  match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    if (found === undefined) return undefined;
    this.#at += found.length;
    this.#skipSpace();
    return found;
  }

  take(sign: string): boolean {
    if (!this.#text.startsWith(sign, this.#at)) return false;
    this.#at += sign.length;
    this.#skipSpace();
    return true;
  }

  takeWord(word: string): boolean {
    const start = this.#at;
    if (this.match(NAME) === word) return true;
    this.#at = start;
    return false;
  }

  expect(sign: string): void {
    if (!this.take(sign)) this.refuse();
  }

  refuse(): never {
    const line = this.#text.split("\n")[this.line - 1].trim();
    throw new SyntaxError(
      "Cannot read the parameters cell: each statement must be let name = literal; with a number, text, boolean, null " +
        `or list of these, current line ${this.line} is ${JSON.stringify(line)}`,
    );
  }

  #skipSpace(): void {
    SPACE.lastIndex = this.#at;
    this.#space = SPACE.exec(this.#text)?.[0] ?? "";
    this.#at += this.#space.length;
  }
}
