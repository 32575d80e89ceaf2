import type { RunRecord } from "./run_record.ts";

/**
 * Orders records so that each stands behind its parent where that is among them; otherwise the order stays.
 *
 * @throws {RangeError} If a key comes twice in an experiment, or parents go round in a circle.
 */
export function parentsFirst(records: readonly RunRecord[]): RunRecord[] {
  const bySlot = new Map(records.map((record) => [recordSlot(record), record]));
  if (bySlot.size < records.length) {
    throw new RangeError("Cannot record runs: every key must come once in its experiment, currently one comes again");
  }
  const ordered = new Set<RunRecord>();
  const place = (record: RunRecord, descendants: readonly string[]) => {
    if (descendants.includes(record.key)) {
      throw new RangeError(
        `Cannot record runs: parents must not go round in a circle, currently ${
          [...descendants, record.key].join(" < ")
        }`,
      );
    }
    const { experiment, parentKey } = record;
    const parent = parentKey === undefined ? undefined : bySlot.get(recordSlot({ experiment, key: parentKey }));
    if (parent && !ordered.has(parent)) place(parent, [...descendants, record.key]);
    ordered.add(record);
  };
  for (const record of records) place(record, []);
  return [...ordered];
}

/** A key is unique within its experiment. */
export function recordSlot({ experiment, key }: Pick<RunRecord, "experiment" | "key">): string {
  return JSON.stringify([experiment, key]);
}
