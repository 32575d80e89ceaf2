/**
 * How long a scorecard takes, and how much memory, beside the nearest road in Python: alphalens-reloaded for the daily
 * rank IC and the book, arch for the bootstrap, statsmodels for the t, pandas for the rest. Both judge the same seeded
 * table in a process of their own; where both give a number, it must be the same.
 *
 * The road in Python stops at the numbers that it shares with the scorecard, which gives many more (symbol by symbol,
 * rank IC over all rows, neutral figures, books held day by day and in tranches, books of signs and of every name,
 * consistency, the verdict). Half a minute.
 *
 *     python3 -m venv /tmp/judge && /tmp/judge/bin/pip install -r lib/f4/bench/peer.txt
 *     deno run -A lib/f4/bench/scorecard_speed.ts /tmp/judge/bin/python [names=431] [days=1750] [draws=2000]
 */
import { join } from "node:path";
import { normalRandom, Panel, seededRandom, weekdays } from "@lib/core";
import { isEstimate, type Measure, scorecard } from "@lib/f4";

interface Judgement {
  seconds: number;
  megabytes: number;
  parts: Record<string, number>;
  numbers: Record<string, number>;
}

const COLUMNS = ["forecast", "actual", "first", "second", "third"] as const;

/** Forecasts of a rank IC of about 0.03, and baselines that know less. */
function table(names: number, days: number): Float64Array[] {
  const normal = normalRandom(seededRandom(7));
  const columns = COLUMNS.map(() => new Float64Array(names * days));
  for (let row = 0; row < names * days; row++) {
    const noise = normal();
    columns[0][row] = 0.001 * normal();
    columns[1][row] = 0.03 * columns[0][row] / 0.001 * 0.02 + 0.02 * noise;
    for (const baseline of columns.slice(2)) baseline[row] = 0.1 * columns[0][row] + 0.001 * normal();
  }
  return columns;
}

/** Reads the columns (names x days, one after the other) and judges them. */
async function judgeHere(folder: string, names: number, days: number, draws: number): Promise<Judgement> {
  const dates = weekdays("2010-01-01", days);
  const symbols = Array.from({ length: names }, (_, name) => `S${String(name).padStart(4, "0")}`);
  const read = async (name: string) => new Float64Array((await Deno.readFile(join(folder, name))).buffer);
  const panel = Panel.fromRows({
    symbol: symbols.flatMap((name) => dates.map(() => name)),
    date: symbols.flatMap(() => dates),
    columns: Object.fromEntries(await Promise.all(COLUMNS.map(async (name) => [name, await read(name)] as const))),
  });
  const start = performance.now();
  const card = scorecard(panel, { baselines: COLUMNS.slice(2), draws });
  const seconds = (performance.now() - start) / 1000;
  if ("reason" in card.crossSectional || "reason" in card.pooled) throw new Error("the table was not judged");
  const { crossSectional, pooled } = card;
  const value = (measure: Measure) => isEstimate(measure) ? measure.value : NaN;
  const [, , , dear] = crossSectional.book.costs;
  const numbers = {
    "mean rank IC": value(crossSectional.rankIc),
    "ICIR": value(crossSectional.rankIcir),
    "mean IC": value(crossSectional.ic),
    "Newey-West t": value(crossSectional.rankIcT),
    "IC of all rows": value(pooled.ic),
    "hit rate": value(pooled.hitRate),
    "R2 against 0": value(pooled.rSquaredZero),
    "turnover": value(crossSectional.book.turnover),
    "Sharpe ratio at 20 bp": value(dear.sharpe),
    "largest drawdown at 20 bp": value(dear.maximumDrawdown),
    "rank IC beyond the first baseline": value(card.baselines[0].advantage),
  };
  const peak = Number(/VmHWM:\s+(\d+)/.exec(await Deno.readTextFile("/proc/self/status"))?.[1]) / 1024;
  return { seconds, megabytes: peak, parts: {}, numbers };
}

async function run(program: string, ...parameters: string[]): Promise<Judgement> {
  const { success, stdout, stderr } = await new Deno.Command(program, {
    args: parameters,
    env: { OMP_NUM_THREADS: "2", PYTHONWARNINGS: "ignore" },
  }).output();
  if (!success) throw new Error(`Cannot compare: ${program} must end well\n${new TextDecoder().decode(stderr)}`);
  return JSON.parse(new TextDecoder().decode(stdout).trim().split("\n").at(-1)!);
}

if (Deno.args[0] === "--here") {
  const [, folder, ...sizes] = Deno.args;
  const [names, days, draws] = sizes.map(Number);
  console.log(JSON.stringify(await judgeHere(folder, names, days, draws)));
  Deno.exit();
}

const [python, names = "431", days = "1750", draws = "2000"] = Deno.args;
if (python === undefined) {
  throw new RangeError("Cannot compare: the first argument must be a Python with the packages of peer.txt");
}
const folder = await Deno.makeTempDir({ prefix: "scorecard-speed-" });
try {
  const columns = table(Number(names), Number(days));
  for (const [place, name] of COLUMNS.entries()) {
    await Deno.writeFile(join(folder, name), new Uint8Array(columns[place].buffer));
  }
  const here = await run(
    Deno.execPath(),
    ...["run", "-A", import.meta.filename!, "--here", folder, names, days, draws],
  );
  const there = await run(python, join(import.meta.dirname!, "peer.py"), folder, names, days, draws);
  console.log(`${names} names x ${days} days, ${draws} draws\n`);
  console.log("                                     here      Python      ratio");
  const line = (what: string, one: number, other: number, digits: number) =>
    console.log(
      what.padEnd(30) + one.toFixed(digits).padStart(11) + other.toFixed(digits).padStart(12) +
        (other / one).toFixed(1).padStart(11),
    );
  line("seconds", here.seconds, there.seconds, 1);
  line("peak memory, MiB", here.megabytes, there.megabytes, 0);
  console.log("\nof the seconds in Python");
  for (const [part, seconds] of Object.entries(there.parts)) {
    console.log(part.padEnd(41) + seconds.toFixed(1).padStart(12));
  }
  console.log("\nnumbers that both give");
  for (const [name, value] of Object.entries(here.numbers)) {
    const gap = Math.abs(value - there.numbers[name]);
    const isSame = gap <= 1e-9 * Math.max(1, Math.abs(value));
    console.log(name.padEnd(36) + value.toPrecision(6).padStart(14) + (isSame ? "   the same" : `   off by ${gap}`));
    if (!isSame) Deno.exitCode = 1;
  }
} finally {
  await Deno.remove(folder, { recursive: true });
}
