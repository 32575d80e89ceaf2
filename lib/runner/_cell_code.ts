import { parse, parseExpression, type ParserOptions } from "@babel/parser";
import { enterCell, keepValue } from "./_prelude.ts";

const PARSER_OPTIONS: ParserOptions = {
  sourceType: "module",
  plugins: ["typescript", "jsx", "decorators"],
  allowReturnOutsideFunction: true,
  attachComment: false,
  errorRecovery: true, // a name declared twice is the kernel's to judge
};

/**
 * The code that the kernel gets for the code of a cell: it first says which cell runs, and hands over the value of its
 * last expression, of which the kernel itself forgets null, bigint, NaN, infinities and -0. The code of the cell stays
 * on its lines, one further down.
 *
 * What cannot be parsed is left as it is, for the kernel to refuse.
 */
export function cellCode(mark: string, cell: number, code: string): string {
  const enter = `${enterCell(mark, cell)}\n`;
  const [before, after] = keepValue(mark);
  try {
    // as the kernel does it: what looks like a block is an object where it can be one
    const isObject = code.trimStart().startsWith("{") && !code.trimEnd().endsWith(";");
    if (isObject && isExpression(code)) return `${enter}${before}${code}\n${after}`;
    const last = parse(code, PARSER_OPTIONS).program.body.at(-1);
    if (last?.type !== "ExpressionStatement") return enter + code;
    const { start, end } = last.expression;
    return enter + code.slice(0, start!) + before + code.slice(start!, end!) + after + code.slice(end!);
  } catch {
    return code;
  }
}

function isExpression(code: string): boolean {
  try {
    parseExpression(`(${code}\n)`, { ...PARSER_OPTIONS, errorRecovery: false });
    return true;
  } catch {
    return false;
  }
}

/** The lines of a traceback, with places as they are in the cell instead of in the code that the kernel got. */
export function cellTraceback(lines: readonly string[]): string[] {
  return lines.map((line) =>
    line.replaceAll(/<anonymous>:(\d+)(:\d+)/g, (_, number, column) => `<anonymous>:${Number(number) - 1}${column}`)
  );
}
