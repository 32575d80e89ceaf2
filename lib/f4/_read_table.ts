import { gunzipSync } from "node:zlib";
import pl from "nodejs-polars";
import { parseCsv, type TextTable } from "./_parse_csv.ts";

/**
 * Columns of a file that a person brings: CSV (comma, semicolon or tab; UTF-8 or UTF-16; also packed, `.gz`) or parquet.
 *
 * @param action Opens every message: `read forecasts`.
 * @throws {SyntaxError} If the file is neither.
 * @throws {TypeError} If it is a folder.
 * @throws {Deno.errors.NotFound} If there is no such file.
 */
export async function readTable(action: string, path: string): Promise<TextTable> {
  const file = await Deno.stat(path).catch((cause) => {
    if (!(cause instanceof Deno.errors.NotFound)) throw cause;
    throw new Deno.errors.NotFound(`Cannot ${action}: there must be a file ${path}, there is none`, { cause });
  });
  if (file.isDirectory) throw new TypeError(`Cannot ${action}: ${path} must be a file, it is a folder`);
  return /\.(parquet|pq)$/i.test(path) ? readParquet(action, path) : parseCsv(await readText(action, path));
}

async function readText(action: string, path: string): Promise<string> {
  const isPacked = /\.gz$/i.test(path);
  const file = await Deno.readFile(path);
  try {
    const bytes = isPacked ? gunzipSync(file) : file;
    const [first, second] = bytes;
    const isWide = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
    const encoding = !isWide ? "utf-8" : first === 0xff ? "utf-16le" : "utf-16be";
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (cause) {
    const wanted = isPacked ? "gzip of UTF-8 text" : "text in UTF-8";
    throw new SyntaxError(`Cannot ${action}: ${path} must be ${wanted}, its bytes are not`, { cause });
  }
}

function readParquet(action: string, path: string): TextTable {
  const frame = openParquet(action, path);
  const columns = frame.columns.map((name) => {
    const column = frame.getColumn(name);
    // as text a time is that of its own zone; as a Date it would be moved to UTC, and a midnight to the day before
    const isTime = /^DataType\(Date/.test(String(column.dtype));
    return (isTime ? column.cast(pl.Utf8) : column).toArray().map((value: unknown) => {
      if (value === null || value === undefined) return "";
      return typeof value === "number" ? value : String(value);
    });
  });
  return { header: frame.columns, columns };
}

function openParquet(action: string, path: string): pl.DataFrame {
  try {
    return pl.readParquet(path);
  } catch (cause) {
    throw new SyntaxError(`Cannot ${action}: ${path} must be parquet, ${(cause as Error).message}`, { cause });
  }
}
