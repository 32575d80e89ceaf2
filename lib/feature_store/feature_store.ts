import { createHash } from "node:crypto";
import type { CodeGraph } from "@lib/code";
import { currentTime, type Panel } from "@lib/core";
import {
  buildFeatures,
  type Feature,
  type MarketColumn,
  type SymbolBars,
  type UnavailableFeature,
} from "@lib/features";
import { joinSegments } from "./_join_segments.ts";
import { hasSegment, readSegment, sweepSegments, writeSegment } from "./_segment.ts";
import { type KnownFeature, readIndex, type RowRange, type StoreIndex, writeIndex } from "./_store_index.ts";
import { FolderFiles } from "./_folder_files.ts";
import { featureCode } from "./feature_code.ts";
import type { StoreFiles } from "./store_files.ts";

/** Options of {@linkcode FeatureStore}. */
export interface FeatureStoreOptions {
  /** The code of the project, read when the features are: a changed formula is another feature. */
  graph: CodeGraph;
  /** How long to wait for another writer. Default 600,000 ms. */
  patienceMs?: number;
}

/** What an update had to do. */
export interface StoreUpdate {
  /** Values that were computed, and those that were there. */
  computed: number;
  kept: number;
  /** What the market has no columns for. */
  unavailable: UnavailableFeature[];
  /** Files that were missing or damaged, and were made again; the index among them, as `index`. */
  damaged: string[];
}

/** What a compaction had to do. */
export interface StoreCompaction {
  /** Files that values lay in, and lie in now. */
  filesBefore: number;
  filesAfter: number;
  /** Files that were missing or damaged, the index among them as `index`: what rested on them is made when next asked for. */
  damaged: string[];
}

/** The rows of one symbol that a feature still has to be computed for. */
interface Gap {
  symbol: number;
  range: RowRange;
}

/**
 * Features that were computed once. New days are computed alone, and come out as in a rebuild, to the last bit: each
 * feature says how far back it remembers.
 *
 * Kept by symbol and feature, and believed only where the code behind the feature and all data behind its rows are the
 * same: a corrected price rebuilds the features of that symbol that read it, a changed formula its own columns. Values
 * lie in parquet files named by their content, which are never changed; one small index, replaced whole, says which
 * count. So readers need no lock, writers wait for each other, and one that is killed leaves nothing that counts. Each new
 * day is a file of its own, until {@linkcode FeatureStore.compact} joins them.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { CodeGraph } from "@lib/code";
 * import { repositoryPath } from "@lib/core";
 * import { loadMarket } from "@lib/data";
 * import { buildFeatures, featuresNamed } from "@lib/features";
 * const { panel } = await loadMarket("synthetic", { tier: "final", synthetic: { seed: 1, symbols: 3, days: 60 } });
 * const features = featuresNamed(["rsi_14", "momentum_5"]);
 * const folder = await Deno.makeTempDir();
 * const store = new FeatureStore(folder, { graph: new CodeGraph(repositoryPath()) });
 * await store.update(panel.select((row) => panel.dayOf[row] < 59), features);
 * const { computed } = await store.update(panel, features);
 * assert.equal(computed, 3 * 2); // one day of three symbols and two features
 * const { panel: stored } = await store.read(panel, features);
 * assert.deepEqual(stored.columns, buildFeatures(panel, { features }).panel.columns);
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export class FeatureStore {
  readonly #files: StoreFiles;
  readonly #graph: CodeGraph;
  readonly #patienceMs: number;

  /** @param place A folder of its own, made where it does not exist; or files opened by `openStoreFiles`. */
  constructor(place: string | StoreFiles, { graph, patienceMs = 600_000 }: FeatureStoreOptions) {
    this.#files = typeof place === "string" ? new FolderFiles(place) : place;
    this.#graph = graph;
    this.#patienceMs = patienceMs;
  }

  /**
   * Computes and keeps what is missing of some features on the rows of a market.
   *
   * @throws {RangeError} If a feature is not of the catalogue, or another writer does not finish in time.
   */
  async update(market: Panel, features: readonly Feature[]): Promise<StoreUpdate> {
    const { known, unavailable } = available(market, features);
    const codes = this.#codesOf(known);
    return await this.#alone("update features", async (index, damaged) => {
      const hasChanged = compareSymbols(market, index);
      const jobs = groupByGaps(known.map((feature) => ({ feature, gaps: gapsOf(feature, { codes, market, index }) })));
      let computed = 0;
      for (const { features: group, gaps } of jobs) {
        const ranges = Object.fromEntries(gaps.map(({ symbol, range }) => [market.symbols[symbol], range]));
        const columns = Object.fromEntries(group.map((feature) => [feature.name, computeGaps(feature, gaps, market)]));
        const { id, segment } = await writeSegment(this.#files, ranges, columns);
        index.segments[id] = segment;
        for (const feature of group) {
          const entry = entryOf(index, feature, codes);
          entry.segments = [...entry.segments.filter((other) => other !== id), id];
          for (const [symbol, [, to]] of Object.entries(ranges)) entry.covered[symbol] = to;
        }
        computed += segment.rows * group.length;
      }
      const update = { computed, kept: market.rows * known.length - computed, unavailable, damaged };
      return { result: update, isChanged: jobs.length > 0 || hasChanged };
    });
  }

  /**
   * Joins the files of each feature, so that it is read from one, to the same bits. Features that are kept of the same
   * rows share a file. What is joined already is left as it is.
   *
   * The joined files are written and then named by a new index, before any other is removed: whenever this is killed,
   * all values are there. A reader whose files are removed under it reads those of the new index.
   *
   * @throws {RangeError} If another writer does not finish in time.
   */
  async compact(): Promise<StoreCompaction> {
    return await this.#alone("compact features", async (index, damaged) => {
      const filesBefore = Object.keys(index.segments).length;
      const found = await joinSegments(this.#files, index);
      for (const id of found.damaged) this.#damaged.add(id);
      damaged.push(...await this.#dropDamaged(index));
      const filesAfter = namedSegments(index).size;
      return { result: { filesBefore, filesAfter, damaged }, isChanged: found.hasJoined || filesAfter !== filesBefore };
    });
  }

  /** Changes the index while no other writer does, and removes what it names no more. */
  async #alone<Result>(
    action: string,
    change: (index: StoreIndex, damaged: string[]) => Promise<{ result: Result; isChanged: boolean }>,
  ): Promise<Result> {
    const turn = await this.#files.takeTurn(currentTime().getTime() + this.#patienceMs);
    if (turn === undefined) {
      throw new RangeError(
        `Cannot ${action}: the writer before must finish within ${this.#patienceMs} ms, it still holds ${this.#files.place}`,
      );
    }
    try {
      const { index, isDamaged } = await readIndex(this.#files);
      const damaged = [...isDamaged ? ["index"] : [], ...await this.#dropDamaged(index)];
      const isMended = damaged.length > 0;
      const { result, isChanged } = await change(index, damaged);
      const used = namedSegments(index);
      index.segments = Object.fromEntries(Object.entries(index.segments).filter(([id]) => used.has(id)));
      if (isChanged || isMended) await writeIndex(turn, index);
      await sweepSegments(this.#files, used, currentTime().getTime());
      return result;
    } finally {
      await turn.release();
    }
  }

  /**
   * Features on the rows of a market, as `buildFeatures` gives them; what is not there is computed and kept first.
   *
   * @throws As {@linkcode update}.
   */
  async read(
    market: Panel,
    features: readonly Feature[],
  ): Promise<{ panel: Panel; unavailable: UnavailableFeature[] }> {
    const { known, unavailable } = available(market, features);
    const codes = this.#codesOf(known);
    for (let attempt = 0; attempt < 3; attempt++) {
      const { index } = await readIndex(this.#files);
      compareSymbols(market, index);
      const isWhole = known.every((feature) => gapsOf(feature, { codes, market, index }).length === 0);
      const columns = isWhole ? await this.#readColumns(index, market, known) : undefined;
      if (columns !== undefined) return { panel: market.pick([]).with(columns), unavailable };
      await this.update(market, features);
    }
    return buildFeatures(market, { features }); // others keep replacing what is to be read
  }

  #codesOf(features: readonly Feature[]): Map<Feature, string> {
    return new Map(features.map((feature) => {
      const code = this.#codes.get(feature) ?? featureCode(feature, this.#graph);
      this.#codes.set(feature, code);
      return [feature, code];
    }));
  }

  /** Undefined where a file is gone or damaged. */
  async #readColumns(
    index: StoreIndex,
    market: Panel,
    features: readonly Feature[],
  ): Promise<Record<string, Float64Array> | undefined> {
    const wanted = new Map<string, string[]>();
    for (const { name } of features) {
      for (const id of index.features[name].segments) wanted.set(id, [...wanted.get(id) ?? [], name]);
    }
    const kept = new Map<string, Record<string, Float64Array>>();
    for (const [id, names] of wanted) {
      const values = await readSegment(this.#files, id, index.segments[id], names);
      if (values === undefined) {
        this.#damaged.add(id);
        return undefined;
      }
      kept.set(id, values);
    }
    const symbolOf = new Map(market.symbols.map((symbol, place) => [symbol, place]));
    return Object.fromEntries(features.map(({ name }) => {
      const column = new Float64Array(market.rows).fill(NaN);
      for (const id of index.features[name].segments) {
        const values = kept.get(id)![name];
        let at = 0;
        for (const [symbol, [from, to]] of Object.entries(index.segments[id].ranges)) {
          const own = symbolOf.get(symbol);
          const rows = own === undefined ? 0 : Math.min(to, market.starts[own + 1] - market.starts[own]) - from;
          if (rows > 0) column.set(values.subarray(at, at + rows), market.starts[own!] + from);
          at += to - from;
        }
      }
      return [name, column];
    }));
  }

  /** Takes files that are gone, or that a reader found damaged, out of the index, and names them. */
  async #dropDamaged(index: StoreIndex): Promise<string[]> {
    const damaged: string[] = [];
    for (const [id, segment] of Object.entries(index.segments)) {
      if (!this.#damaged.has(id) && await hasSegment(this.#files, id, segment)) continue;
      this.#damaged.delete(id);
      damaged.push(`${id}.parquet`);
      for (const entry of Object.values(index.features)) {
        if (entry.segments.includes(id)) Object.assign(entry, { segments: [], covered: {} });
      }
    }
    this.#damaged.clear(); // those that are left were named by an older index
    return damaged;
  }

  /** Files whose content was not what was written, when they were read. */
  readonly #damaged = new Set<string>();
  readonly #codes = new Map<Feature, string>();
}

function available(market: Panel, features: readonly Feature[]) {
  const unavailable: UnavailableFeature[] = [];
  const known = features.filter(({ name, needs }) => {
    const missingColumns = needs.filter((column) => column !== "day" && !market.has(column));
    if (missingColumns.length > 0) unavailable.push({ name, missingColumns });
    return missingColumns.length === 0;
  });
  return { known, unavailable };
}

/** Files in which values of features lie. */
const namedSegments = (index: StoreIndex) => new Set(Object.values(index.features).flatMap(({ segments }) => segments));

const bytesOf = (values: Float64Array) => new Uint8Array(values.buffer, values.byteOffset, values.byteLength);

/** SHA-256 of the first `count` pieces, and of all; each piece is hashed once. */
function hashes(count: number, pieces: number, bytes: (from: number, to: number) => Uint8Array): [string, string] {
  const hash = createHash("sha256").update(bytes(0, count));
  const before = hash.copy().digest("hex");
  return [before, hash.update(bytes(count, pieces)).digest("hex")];
}

/**
 * Brings the symbols of the index to what they are in the market; where history is not what it was, whatever rests on it
 * is covered no more. Returns whether anything is new.
 */
function compareSymbols(market: Panel, index: StoreIndex): boolean {
  let hasChanged = false;
  const text = new TextEncoder();
  market.symbols.forEach((symbol, place) => {
    const [from, to] = [market.starts[place], market.starts[place + 1]];
    const rows = to - from;
    const known = index.symbols[symbol];
    const before = known !== undefined && known.rows <= rows ? known.rows : 0;
    const dates = Array.from(market.dayOf.subarray(from, to), (day) => market.dates[day]);
    const [datesBefore, datesNow] = hashes(before, rows, (a, b) => text.encode(dates.slice(a, b).join("")));
    const hasDates = before > 0 && datesBefore === known.dates;
    const columns: Record<string, string> = {};
    const same = new Set<string>(hasDates ? ["day"] : []);
    for (const name of market.names) {
      const values = market.column(name).subarray(from, to);
      const [valuesBefore, valuesNow] = hashes(before, rows, (a, b) => bytesOf(values.subarray(a, b)));
      columns[name] = valuesNow;
      if (hasDates && valuesBefore === known.columns[name]) same.add(name);
    }
    const isNew = known === undefined || known.rows !== rows ||
      market.names.some((name) => known.columns[name] !== columns[name]);
    if (!isNew && hasDates) return;
    hasChanged = true;
    index.symbols[symbol] = { rows, dates: datesNow, columns };
    for (const entry of Object.values(index.features)) {
      if (!entry.needs.every((name) => same.has(name))) delete entry.covered[symbol];
    }
  });
  return hasChanged;
}

/** What the index has of a feature, begun anew where its code is another. */
function entryOf(index: StoreIndex, feature: Feature, codes: ReadonlyMap<Feature, string>): KnownFeature {
  const code = codes.get(feature)!;
  const entry = index.features[feature.name];
  if (entry?.code === code) return entry;
  return index.features[feature.name] = { code, needs: [...feature.needs], covered: {}, segments: [] };
}

/** Rows of each symbol for which a feature is not kept yet, or no more. */
function gapsOf(
  feature: Feature,
  { codes, market, index }: { codes: ReadonlyMap<Feature, string>; market: Panel; index: StoreIndex },
): Gap[] {
  const entry = index.features[feature.name];
  const covered = entry?.code === codes.get(feature) ? entry.covered : {};
  return market.symbols.flatMap((name, symbol) => {
    const rows = market.starts[symbol + 1] - market.starts[symbol];
    const from = Math.min(covered[name] ?? 0, rows);
    return from < rows ? [{ symbol, range: [from, rows] as const }] : [];
  });
}

/** Features with the same gaps share a file. */
function groupByGaps(
  wanted: readonly { feature: Feature; gaps: Gap[] }[],
): { features: Feature[]; gaps: Gap[] }[] {
  const groups = new Map<string, { features: Feature[]; gaps: Gap[] }>();
  for (const { feature, gaps } of wanted) {
    if (gaps.length === 0) continue;
    const key = gaps.map(({ symbol, range }) => `${symbol}:${range.join("-")}`).join();
    const group = groups.get(key);
    if (group) group.features.push(feature);
    else groups.set(key, { features: [feature], gaps });
  }
  return [...groups.values()];
}

/** Values of the gaps, one after the other, each computed from as far back as the feature remembers. */
function computeGaps(
  { needs, lookbackDays, memoryDays = lookbackDays, compute }: Feature,
  gaps: readonly Gap[],
  market: Panel,
): Float64Array {
  const values = new Float64Array(gaps.reduce((sum, { range: [from, to] }) => sum + to - from, 0));
  let at = 0;
  for (const { symbol, range: [from, to] } of gaps) {
    const start = market.starts[symbol];
    const first = memoryDays === Infinity ? 0 : Math.max(0, from - memoryDays);
    const bars = needs.map((column) => [column, columnOf(market, column, start + first, start + to)]);
    values.set(compute(Object.fromEntries(bars) as SymbolBars).subarray(from - first), at);
    at += to - from;
  }
  return values;
}

function columnOf(market: Panel, column: MarketColumn, from: number, to: number): Float64Array {
  if (column !== "day" || market.has("day")) return market.column(column).subarray(from, to);
  return Float64Array.from(market.dayOf.subarray(from, to), (day) => Date.parse(market.dates[day]) / 86_400_000);
}
