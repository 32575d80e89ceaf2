import { dirname, join } from "node:path/posix";

/** The floor of each room of lib. */
export type Floors = Record<string, number>;

/**
 * Reads the floors out of the Markdown table whose rows open with a number and the names of rooms in code quotes.
 *
 * @throws {SyntaxError} If there is no such row.
 */
export function readFloors(page: string): Floors {
  const floors: Floors = {};
  for (const [, floor, rooms] of page.matchAll(/^\| *(\d+) *\|([^|]*)\|/gm)) {
    for (const [, room] of rooms.matchAll(/`(\w+)`/g)) floors[room] = Number(floor);
  }
  if (Object.keys(floors).length === 0) {
    throw new SyntaxError("Cannot read the floors: the page must have a table with a row `| 0 | `room` | ... |`");
  }
  return floors;
}

/** Rooms that a pipeline may call; science in a script could be neither tested nor reused. */
const PIPELINE_ROOMS = ["code", "core", "data", "difference", "manifest", "notebook", "runner", "study", "tracking"];
/** Commands that are doors to one room, and the folders of their parts, may also call that room. */
const DOORS: Record<string, string[]> = {
  "pipelines/features.ts": ["feature_store", "features"],
  "pipelines/features/": ["features"],
  "pipelines/fetch/": ["sources"],
  "pipelines/f4.ts": ["f4"],
  "pipelines/f4/": ["f4"],
  "pipelines/ledger.ts": ["f4"],
  "pipelines/ledger/": ["f4"],
  "pipelines/checks/ledger_faults.ts": ["f4"],
  "pipelines/f4_audit.ts": ["proving"],
  "pipelines/checks/check_audit.ts": ["proving"],
};
/** Rooms that others take away with nothing else of ours but what is named here, whatever lies on lower floors. */
const ALONE: Record<string, string[]> = { f4: ["core"] };

/**
 * What a file does against the import rule, one sentence each.
 *
 * @param path Of the file, from the root of the repository.
 */
export function brokenFloorRules(path: string, source: string, floors: Floors): string[] {
  const room = /^lib\/(\w+)\//.exec(path)?.[1];
  const broken: string[] = [];
  if (room !== undefined && floors[room] === undefined) {
    return [`${path}: the room ${room} has no floor in ARCHITECTURE.md`];
  }
  const test = path.endsWith("_test.ts") || path.includes("/bench/") || path.includes("/testdata/");
  // examples in comments stand for a user's code, which may import from anywhere
  const code = source.replaceAll(/^\s*\*.*$/gm, "");
  for (const [, target] of code.matchAll(/(?:from|import)\s*\(?\s*"([^"]+)"/g)) {
    const other = /^@lib\/(\w+)$/.exec(target)?.[1];
    if (target.startsWith("@lib/") && other === undefined) {
      broken.push(`${path} imports ${target}: of a room only its front door is seen`);
    }
    if (/^\.\.?\//.test(target) && leavesRoom(path, target) && !(test && isSampleBelow(path, target, floors))) {
      broken.push(`${path} imports ${target}: other rooms are imported by their short name`);
    }
    if (other === undefined || test) continue;
    if (room === undefined) {
      const own = Object.entries(DOORS).flatMap(([start, rooms]) => path.startsWith(start) ? rooms : []);
      const isAllowed = [...PIPELINE_ROOMS, ...own].includes(other);
      if (!isAllowed) broken.push(`${path} imports ${target}: pipelines call ${PIPELINE_ROOMS.join(", ")}`);
      continue;
    }
    if (floors[other] === undefined) {
      broken.push(`${path} imports ${target}: that room has no floor in ARCHITECTURE.md`);
    } else if (floors[other] >= floors[room]) {
      broken.push(`${path} imports ${target}: ${room} is on floor ${floors[room]}, ${other} on ${floors[other]}`);
    } else if (ALONE[room]?.includes(other) === false) {
      broken.push(`${path} imports ${target}: ${room} stands alone, on nothing but ${ALONE[room].join(", ")}`);
    }
  }
  return broken;
}

/** Whether an import of a test leads to the sample data of a room on a lower floor. */
function isSampleBelow(path: string, target: string, floors: Floors): boolean {
  const [, room, other] = /^lib\/(\w+)\/.* lib\/(\w+)\/testdata\//.exec(`${path} ${join(dirname(path), target)}`) ?? [];
  return other !== undefined && floors[other] < floors[room];
}

function leavesRoom(path: string, target: string): boolean {
  const inRoom = path.split("/").length - 3; // lib/room/file.ts lies at depth 0 of its room
  const ups = target.split("/").filter((part) => part === "..").length;
  return path.startsWith("lib/") ? ups > inRoom : target.includes("/lib/");
}
