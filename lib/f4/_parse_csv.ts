/** Columns by their header; text, save for the numbers of a file that has types. */
export interface TextTable {
  header: string[];
  columns: (string | number)[][];
}

/**
 * Splits delimited text as RFC 4180 does; the delimiter is the most frequent of comma, semicolon and tab in the first
 * line. Lines that are empty are skipped.
 *
 * @throws {SyntaxError} If there is no header, a line has another number of cells than it, or a quote is never closed.
 */
export function parseCsv(text: string): TextTable {
  let start = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  const firstLine = text.slice(start, text.indexOf("\n", start) >>> 0);
  const count = (mark: string) => firstLine.split(mark).length;
  const delimiter = [",", ";", "\t"].reduce((best, mark) => count(mark) > count(best) ? mark : best);

  let header: string[] | undefined;
  const columns: string[][] = [];
  let cells: string[] = [];
  const endLine = (line: number) => {
    const isBlank = cells.length === 1 && cells[0].trim() === "";
    if (header === undefined && !isBlank) {
      header = cells.map((cell) => cell.trim());
      header.forEach(() => columns.push([]));
    } else if (!isBlank) {
      if (cells.length !== header!.length) {
        throw new SyntaxError(
          `Cannot read delimited text: each line must have ${header!.length} cells, line ${line} has ${cells.length}`,
        );
      }
      cells.forEach((cell, place) => columns[place].push(cell));
    }
    cells = [];
  };

  let line = 1;
  while (start < text.length) {
    const [cell, end] = text[start] === '"' ? quoted(text, start, line) : plain(text, start, delimiter);
    cells.push(cell);
    if (end < text.length && ![delimiter, "\n", "\r"].includes(text[end])) {
      throw new SyntaxError(
        `Cannot read delimited text: a quoted cell must end at its quote, on line ${line} it goes on`,
      );
    }
    if (text[end] === delimiter) {
      start = end + 1;
      if (start < text.length) continue;
      cells.push("");
    }
    endLine(line++);
    start = text[end] === "\r" && text[end + 1] === "\n" ? end + 2 : end + 1;
  }
  if (header === undefined) throw new SyntaxError("Cannot read delimited text: it must have a header, it is empty");
  return { header, columns };
}

function plain(text: string, start: number, delimiter: string): [string, number] {
  let end = start;
  while (end < text.length && text[end] !== delimiter && text[end] !== "\n" && text[end] !== "\r") end++;
  return [text.slice(start, end), end];
}

function quoted(text: string, start: number, line: number): [string, number] {
  let cell = "";
  for (let from = start + 1;;) {
    const quote = text.indexOf('"', from);
    if (quote < 0) throw new SyntaxError(`Cannot read delimited text: the quote that opens on line ${line} must close`);
    cell += text.slice(from, quote);
    if (text[quote + 1] !== '"') return [cell, quote + 1];
    cell += '"';
    from = quote + 2;
  }
}
