/**
 * Executes one notebook from its first cell to its last, or to the first that fails.
 *
 * Reads the notebook; leaves <name>.ipynb with all outputs and <name>.html, one page that needs nothing else, in the
 * output folder. A parameter `outputFolder` of the notebook is that folder unless it is set. Takes as long as the cells
 * do and half a second. Run: make notebook NB=path PARAMS='horizonDays=5' OUT=folder
 */
import { basename, join, relative, resolve } from "node:path";
import { parseArgs } from "node:util";
import { repositoryPath, writeAtomically } from "@lib/core";
import {
  type CellProgress,
  htmlPage,
  type NotebookRun,
  readNotebook,
  readParameters,
  runNotebook,
  splitAssignments,
} from "@lib/runner";
import { chalk } from "zx";

const HELP = `Executes a notebook of the Deno kernel and leaves it with its outputs, and as an HTML page

  deno task notebook --notebook notebooks/00_tour.ipynb --out folder --parameters 'horizonDays=5 name="a b"'
  deno task notebook notebooks/00_tour.ipynb horizonDays=5

  --notebook    path of the notebook; also the first argument that is no assignment
  --out         folder for what it leaves (default experiments/runs/notebook/<name>)
  --parameters  values for names of the cell tagged parameters; also as single arguments name=value
  --timeout     longest time for one cell, in seconds (default 3600)
  --help        this text

Exit code: 0 all cells ran; 1 one failed, or nothing could be run; 130 interrupted`;

try {
  Deno.exitCode = await main();
} catch (error) {
  console.error(chalk.red((error as Error).message));
  Deno.exitCode = 1;
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    args: Deno.args,
    allowPositionals: true,
    options: {
      notebook: { type: "string" },
      out: { type: "string" },
      parameters: { type: "string", default: "" },
      timeout: { type: "string", default: "3600" },
      help: { type: "boolean", default: false },
    },
  });
  const [path = values.notebook, ...others] = positionals.filter((argument) => !argument.includes("="));
  if (values.help) return console.log(HELP), 0;
  if (!path || others.length > 0) {
    const current = path ? [path, ...others].join(", ") : "none";
    throw new RangeError(`Cannot run a notebook: NB must be the path of one, current value is ${current}\n\n${HELP}`);
  }
  const name = basename(path, ".ipynb");
  const outputFolder = resolve(values.out || repositoryPath("experiments", "runs", "notebook", name));
  const parameters = [...splitAssignments(values.parameters), ...positionals.filter((each) => each.includes("="))];
  const declared = readParameters(await readNotebook(path));
  const isSet = parameters.some((assignment) => assignment.startsWith("outputFolder="));
  if (!isSet && declared.some((parameter) => parameter.name === "outputFolder")) {
    parameters.push(`outputFolder=${outputFolder}`);
  }

  const run = await runNotebook(path, {
    parameters,
    outputFolder,
    timeoutSeconds: Number(values.timeout),
    onProgress: showProgress,
    signal: interruption(),
  });
  const pagePath = join(outputFolder, `${name}.html`);
  await writeAtomically(pagePath, htmlPage(await readNotebook(run.executedPath)));
  showEnd(path, run);
  console.log(`${relative(".", run.executedPath)}\n${relative(".", pagePath)}`);
  return run.status === "ok" ? 0 : run.status === "interrupted" ? 130 : 1;
}

/** Aborted by the first signal, so that the notebook is left as far as it came; a second ends at once. */
function interruption(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    Deno.addSignalListener(signal, () => controller.signal.aborted ? Deno.exit(130) : controller.abort());
  }
  return controller.signal;
}

function showProgress({ number, count, title, status, seconds }: CellProgress): void {
  const live = Deno.stdout.isTerminal();
  const write = (text: string) => Deno.stdout.writeSync(new TextEncoder().encode(text));
  const place = `${String(number).padStart(String(count).length)}/${count}`;
  if (live) write("\r\x1b[K");
  if (status !== "running") {
    const mark = status === "ok" ? chalk.green("ok") : chalk.red(status);
    write(`${place}  ${mark}  ${seconds.toFixed(2).padStart(7)} s  ${chalk.dim(title.slice(0, 80))}\n`);
  } else if (live) {
    write(`${place}  ${title.slice(0, 80)}`);
  }
}

function showEnd(path: string, { status, failedCell, seconds }: NotebookRun): void {
  if (failedCell === undefined) {
    console.log(chalk.green(`\n${path}: all cells ran in ${seconds.toFixed(1)} s`));
    return;
  }
  const { number, id, errorName, errorMessage, traceback } = failedCell;
  console.error(chalk.red(`\n${path}: ${status} in cell ${number} (id ${id}): ${errorName}: ${errorMessage}`));
  const text = traceback.join("\n");
  if (text !== "") console.error(chalk.dim(text));
}
