/**
 * Most memory in MB that the processes of each group have held, summed over those that live now; nothing where the
 * system has no `/proc`.
 *
 * The peaks of a group's processes may lie at different times: their sum is never too small.
 */
export function peakMemoryMb(groups: ReadonlySet<number>): Map<number, number> {
  const peaks = new Map<number, number>();
  for (const processId of processIds()) {
    try {
      const group = groupOf(Deno.readTextFileSync(`/proc/${processId}/stat`));
      if (!groups.has(group)) continue;
      const peakKb = /^VmHWM:\s+(\d+) kB/m.exec(Deno.readTextFileSync(`/proc/${processId}/status`))?.[1];
      peaks.set(group, (peaks.get(group) ?? 0) + Number(peakKb ?? 0) / 1024);
    } catch {
      // it ended between two looks
    }
  }
  return peaks;
}

function processIds(): string[] {
  try {
    return Array.from(Deno.readDirSync("/proc"), ({ name }) => name).filter((name) => /^\d+$/.test(name));
  } catch {
    return [];
  }
}

/** The fifth field; the second is the program's name in parentheses, which may hold anything. */
function groupOf(stat: string): number {
  return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[2]);
}
