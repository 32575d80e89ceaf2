import type { ArtifactTable, CellValue } from "./artifact_table.ts";
import { counted } from "./_byte_difference.ts";
import { blocksOf, changedAlone, type Fingerprint, keptBlocks, keptCell } from "./fingerprint.ts";
import type { FirstDifference } from "./first_difference.ts";

type Column = ArtifactTable["columns"][string];
type Recorded = ArtifactTable | Fingerprint;

/**
 * The first cell, or block of rows, in which a table differs from the recorded one or from what is kept of it.
 *
 * Names and number of columns come first, then rows by their place; a missing value equals a missing value, and 0
 * differs from -0, since their bytes differ.
 *
 * @returns Undefined where every value is the same.
 */
export function tableDifference(recorded: Recorded, actual: ArtifactTable): FirstDifference | undefined {
  const columns = Object.keys(actual.columns);
  const gone = Object.keys(recorded.columns).filter((name) => !columns.includes(name));
  const added = columns.filter((name) => !Object.hasOwn(recorded.columns, name));
  if (gone.length > 0 || added.length > 0) {
    const said = [...gone.map((name) => `${name} is gone`), ...added.map((name) => `${name} is new`)];
    return { where: said.length === 1 ? "a column" : "the columns", change: said.join(", "), extent: "" };
  }
  if (Object.values(recorded.columns).some((column) => "blocks" in column)) {
    return blockDifference(recorded as Fingerprint, actual);
  }
  return cellDifference(recorded, actual);
}

function cellDifference(recorded: Recorded, actual: ArtifactTable): FirstDifference | undefined {
  const length = Math.min(recorded.rows, actual.rows);
  let differing = 0;
  let first = { row: length, name: "" };
  const differingColumns: string[] = [];
  for (const [name, after] of Object.entries(actual.columns)) {
    const before = cellsOf(recorded.columns[name]);
    const sofar = differing;
    for (let row = 0; row < length; row++) {
      if (isSame(before[row], after[row])) continue;
      if (row < first.row) first = { row, name };
      differing++;
    }
    if (differing > sofar) differingColumns.push(name);
  }
  const rows = recorded.rows === actual.rows ? "" : `${recorded.rows} rows -> ${actual.rows}`;
  if (differing === 0) {
    return rows === "" ? undefined : { where: `row ${length + 1}`, change: endOf(recorded, actual), extent: rows };
  }
  const names = Object.keys(actual.columns);
  const inColumns = names.length === 1 ? "" : `, in ${differingColumns.join(", ")}`;
  const count = counted(differing, length * names.length, "value") + inColumns;
  return {
    where: placeOf(actual, first.row, first.name),
    change: changeOf(cellsOf(recorded.columns[first.name])[first.row], actual.columns[first.name][first.row]),
    extent: rows === "" ? count : `${rows}, ${count}`,
  };
}

function endOf({ rows }: Recorded, actual: ArtifactTable): string {
  return actual.rows > rows
    ? `the record ends here, this run goes on with ${actual.rowName(rows)}`
    : "this run ends here";
}

function blockDifference(recorded: Fingerprint, actual: ArtifactTable): FirstDifference | undefined {
  if (recorded.rows !== actual.rows) {
    return { where: "the number of rows", change: `${recorded.rows} -> ${actual.rows}`, extent: "" };
  }
  const found = Object.entries(actual.columns).flatMap(([name, column]) => {
    const kept = recorded.columns[name];
    const before = "blocks" in kept ? keptBlocks(kept.blocks, recorded.rows) : [];
    return blocksOf(column).map((after, place) => ({ name, column, before: before[place], after }))
      .filter(({ before, after }) => before.hash !== after.hash);
  });
  if (found.length === 0) return undefined;
  const from = Math.min(...found.map(({ after }) => after.from));
  const first = found.filter(({ after }) => after.from === from);
  const names = [...new Set(found.map(({ name }) => name))];
  const blocks = new Set(found.map(({ after }) => after.from)).size;
  const size = Math.ceil(actual.rows / (first[0].after.to - from));
  const extent = counted(blocks, size, "block of rows", "blocks of rows") +
    (names.length > 1 ? `, in ${names.join(", ")}` : "");

  const alone = first.map(({ name, column, before, after }) => ({ name, ...changedAlone(column, before, after) }));
  if (alone.every(({ row }) => row !== undefined)) {
    const { name, row, before } = alone.reduce((least, each) => each.row! < least.row! ? each : least);
    const change = changeOf(before!, actual.columns[name][row!]);
    return { where: placeOf(actual, row!, name), change, extent };
  }
  const { name, before, after } = first[alone.findIndex(({ row }) => row === undefined)];
  const where = `${actual.rowName(after.from)} to ${actual.rowName(after.to - 1)}`;
  const change = before.bits === after.bits
    ? "other texts, or the same numbers in another order"
    : `sum ${changeOf(before.sum, after.sum)}`;
  return { where: actual.columns.value && names.length === 1 ? where : `${where}, ${name}`, change, extent };
}

function cellsOf(column: Column | { cells: CellValue[] } | { blocks: string }): Column {
  return "cells" in column ? column.cells : column as Column;
}

function placeOf(table: ArtifactTable, row: number, name: string): string {
  const place = table.rowName(row);
  return place.startsWith("row ") ? `${place}, ${name}` : place;
}

function isSame(before: CellValue, after: CellValue): boolean {
  if (typeof before === "number" && typeof after === "number") {
    return before === after ? before !== 0 || Object.is(before, after) : before !== before && after !== after;
  }
  return before === after || keptCell(before) === keptCell(after);
}

/** `0.5 -> 0.6 (+0.1)`; texts in quotes, missing values as `missing`. */
function changeOf(before: CellValue, after: CellValue): string {
  const [old, now] = [before, after].map((value) => {
    const kept = keptCell(value);
    return kept === null ? "missing" : typeof kept === "string" && typeof value !== "number" ? `"${kept}"` : `${kept}`;
  });
  if (typeof before !== "number" || typeof after !== "number") return `${old} -> ${now}`;
  const by = after - before;
  return Number.isFinite(by) && by !== 0
    ? `${old} -> ${now} (${by > 0 ? "+" : ""}${Number(by.toPrecision(3))})`
    : `${old} -> ${now}`;
}
