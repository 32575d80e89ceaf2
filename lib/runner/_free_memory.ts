import { join } from "node:path";

const MB = 2 ** 20;

/** Memory in MB that programs can still take: what the system has available, or less where a container allows less. */
export function freeMemoryMb(): number {
  return Math.min(Deno.systemMemoryInfo().available, containerFree()) / MB;
}

/** Under control groups of either version: the limit less what is held, not counting files that can be dropped. */
function containerFree(): number {
  let free = Infinity;
  for (const line of (read("/proc/self/cgroup") ?? "").split("\n")) {
    const [, controllers, path] = /^\d+:([^:]*):(.*)$/.exec(line) ?? [];
    if (path === undefined || !(controllers === "" || controllers.split(",").includes("memory"))) continue;
    const [mount, limitFile, usageFile, droppable] = controllers === ""
      ? ["/sys/fs/cgroup", "memory.max", "memory.current", "inactive_file"]
      : ["/sys/fs/cgroup/memory", "memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file"];
    for (const folder of [join(mount, path), mount]) { // inside a container the mount is the group itself
      const limit = Number(read(join(folder, limitFile)) ?? NaN); // "max" is no number either
      const usage = Number(read(join(folder, usageFile)) ?? NaN);
      if (Number.isNaN(limit - usage)) continue;
      const files = new RegExp(`^${droppable} (\\d+)$`, "m").exec(read(join(folder, "memory.stat")) ?? "")?.[1];
      free = Math.min(free, limit - usage + Number(files ?? 0));
    }
  }
  return Math.max(0, free);
}

function read(path: string): string | undefined {
  try {
    return Deno.readTextFileSync(path);
  } catch {
    return undefined;
  }
}
