import type { Manifest, ManifestStep } from "@lib/manifest";
import type { Recorded, RecordedStep } from "./record.ts";

/** Parts of a manifest that the steps of a study have mostly in common. */
const SHARED = ["code", "packages", "locks", "engines", "machine", "repository"] as const;

type Shared = Pick<Manifest, typeof SHARED[number]>;

/** A manifest without what all steps share; the files behind a kept step are a place in a list of such lists. */
type OwnManifest = Omit<Manifest, "steps"> & { steps: (Omit<ManifestStep, "code"> & { code: number })[] };

/** What `recorded.json` holds: the same as {@linkcode Recorded}, with what steps share said once. */
export interface RecordedFile {
  format: 2;
  shared: Shared;
  /** Lists of files behind kept steps, in the order in which they are first met. */
  codeOfSteps: string[][];
  steps: Record<string, Omit<RecordedStep, "manifest"> & { manifest?: OwnManifest }>;
}

/** The file of a record. {@linkcode unpackRecorded} gives the record back. */
export function packRecorded({ steps }: Recorded): RecordedFile {
  const manifests = Object.values(steps).flatMap(({ manifest }) => manifest ?? []);
  const shared = Object.fromEntries(
    SHARED.map((part) => [part, common(manifests.map((each) => each[part]))]),
  ) as Shared;
  const lists = new Map<string, number>();
  const placeOf = (code: readonly string[]) => {
    const text = JSON.stringify(code);
    if (!lists.has(text)) lists.set(text, lists.size);
    return lists.get(text)!;
  };
  const own = (manifest: Manifest): OwnManifest => ({
    ...manifest,
    ...Object.fromEntries(SHARED.map((part) => [part, without(manifest[part], shared[part])])),
    steps: manifest.steps.map((step) => ({ ...step, code: placeOf(step.code) })),
  });
  const packed = Object.entries(steps).map(([name, { manifest, ...step }]) =>
    [name, manifest === undefined ? step : { ...step, manifest: own(manifest) }] as const
  );
  return {
    format: 2,
    shared,
    steps: Object.fromEntries(packed),
    codeOfSteps: [...lists.keys()].map((text) => JSON.parse(text)),
  };
}

/** The record in a file. */
export function unpackRecorded({ shared, codeOfSteps, steps }: RecordedFile): Recorded {
  const whole = (manifest: OwnManifest): Manifest => ({
    ...manifest,
    ...Object.fromEntries(SHARED.map((part) => [part, { ...shared[part], ...manifest[part] }])),
    steps: manifest.steps.map((step) => ({ ...step, code: codeOfSteps[step.code] })),
  });
  const unpacked = Object.entries(steps).map(([name, { manifest, ...step }]) =>
    [name, manifest === undefined ? step : { ...step, manifest: whole(manifest) }] as const
  );
  return { steps: Object.fromEntries(unpacked) };
}

type Values = Record<string, string>;

/** The entries that all have. */
function common(tables: readonly Values[]): Values {
  const [first = {}, ...others] = tables;
  return Object.fromEntries(
    Object.entries(first).filter(([name, value]) => others.every((other) => other[name] === value)),
  );
}

function without(table: Values, shared: Values): Values {
  return Object.fromEntries(Object.entries(table).filter(([name]) => !Object.hasOwn(shared, name)));
}
