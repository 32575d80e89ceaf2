/**
 * Executes notebooks from the first cell to the last, or to the first that fails, several at a time.
 *
 * Reads the notebooks; leaves <name>.ipynb with all outputs and <name>.html, one page that needs nothing else, of each
 * in a folder of its own. Takes as long as the cells do and half a second each.
 *
 *   make notebook NB=path PARAMS='horizonDays=5' OUT=folder
 *   make notebook NB='a.ipynb b.ipynb' PARAMS='horizonDays=1|5|20'      every combination
 */
import { basename, join, relative } from "node:path";
import { parseArgs } from "node:util";
import { repositoryPath } from "@lib/core";
import {
  type JobRun,
  parameterSweep,
  ProgressBoard,
  refuseFaultyCells,
  runNotebooks,
  splitAssignments,
  sweepJobs,
} from "@lib/runner";
import { chalk } from "zx";
import { showRuns } from "./show_runs.ts";
import { stopSignals } from "./stop_signals.ts";

const HELP = `Executes notebooks of the Deno kernel and leaves each with its outputs, and as an HTML page

  deno run -A ${relative(".", repositoryPath("pipelines", "notebook.ts"))} notebook.ipynb ... name=value ...
  make notebook NB=notebook.ipynb PARAMS='name=value name="a b"' OUT=folder

Several notebooks run at the same time, as cores and memory allow. So do several values of a parameter, with bars
between them: 'horizonDays=1|5|20 seed=1|2' is six runs. A bar in quotes or after a backslash is part of the value.

  --notebook    paths of notebooks, with spaces between them; also every argument that is no assignment
  --parameters  values for names of the cell tagged parameters; also as single arguments name=value
  --out         folder for what they leave (default experiments/runs/notebook/<name> for a notebook of this workspace,
                runs/<name> in the working folder for others); in it a folder for each of several notebooks, and for
                each of several sets of values, such as horizonDays=5,seed=1
  --timeout     longest time for one cell, in seconds (default 3600)
  --run-timeout longest time for a whole notebook, in seconds (default none)
  --check       which faults in the code of cells keep a notebook from running: types, what cannot be parsed or does not
                fit (default); all, what the linter finds too; none, nothing is checked
  --cores       most cores to keep busy (default all); one notebook takes one
  --memory      most memory to fill, in MB (default nine tenths of what is free); a notebook counts with what it took
                before, and one that is alone runs whatever it takes
  --help        this text

Exit code: 0 all cells ran; 1 one failed, or nothing could be run; 130 interrupted (what ran is left as far as it came)`;

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    args: Deno.args,
    allowPositionals: true,
    options: {
      notebook: { type: "string", default: "" },
      out: { type: "string" },
      parameters: { type: "string", default: "" },
      timeout: { type: "string", default: "3600" },
      "run-timeout": { type: "string" },
      check: { type: "string", default: "types" },
      cores: { type: "string" },
      memory: { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return console.log(HELP), 0;
  const isAssignment = (argument: string) => /^[A-Za-z_$][\w$]*=/.test(argument);
  const paths = [...await notebookPaths(values.notebook), ...positionals.filter((each) => !isAssignment(each))];
  if (paths.length === 0) {
    throw new RangeError(`Cannot run a notebook: NB must be the path of one, current value is none\n\n${HELP}`);
  }
  const ofWords = parameterSweep(positionals.filter(isAssignment));
  const parameterSets = parameterSweep(values.parameters).flatMap((set) => ofWords.map((words) => [...set, ...words]));
  const jobs = await sweepJobs(paths, {
    parameterSets,
    outputFolder: values.out || defaultFolder(paths),
    timeoutSeconds: Number(values.timeout),
    ...(values["run-timeout"] && { runTimeoutSeconds: Number(values["run-timeout"]) }),
    check: checkOf(values.check),
  });

  const signal = stopSignals();
  // one alone is checked while its kernel starts
  if (jobs.length > 1 && values.check !== "none") await refuseFaultyCells(paths, signal);
  const board = new ProgressBoard({ showCells: jobs.length === 1 });
  let runs: JobRun[];
  try {
    runs = await runNotebooks(jobs, {
      ...(values.cores && { cores: Number(values.cores) }),
      ...(values.memory && { memoryMb: Number(values.memory) }),
      historyPath: repositoryPath("data", "derived", "durations.json"),
      onProgress: board.update,
      signal,
    });
  } finally {
    board.close();
  }
  showRuns(jobs, runs);
  return signal.aborted ? 130 : runs.every(({ status }) => status === "ok") ? 0 : 1;
}

/** A file of that name, spaces and all; else the words of the line. */
async function notebookPaths(line: string): Promise<string[]> {
  const isFile = line !== "" && await Deno.stat(line).then((stat) => stat.isFile, () => false);
  return isFile ? [line] : splitAssignments(line);
}

function checkOf(text: string): "types" | "all" | "none" {
  if (text === "types" || text === "all" || text === "none") return text;
  throw new RangeError(`Cannot run a notebook: --check must be types, all or none, current value is ${text}`);
}

function defaultFolder(paths: readonly string[]): string {
  const isOwn = paths.every((path) => !relative(repositoryPath(), path).startsWith(".."));
  const folder = isOwn ? repositoryPath("experiments", "runs", "notebook") : "runs";
  return paths.length === 1 ? join(folder, basename(paths[0], ".ipynb")) : folder;
}

try {
  Deno.exitCode = await main();
} catch (error) {
  console.error(chalk.red((error as Error).message));
  Deno.exitCode = 1;
}
