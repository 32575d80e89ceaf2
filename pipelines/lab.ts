/**
 * Opens JupyterLab on the repository with the Deno kernel, on this machine only, and prints the address.
 *
 * Reads and writes notebooks where they are; everything of Jupyter's own lies in .tools/jupyter, nothing in HOME.
 * Starts in some ten seconds and runs until Ctrl-C. Run: make lab, or deno run -A pipelines/lab.ts --help
 */
import { join } from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import { checkInteger, repositoryPath, stableJson, writeAtomically } from "@lib/core";
import { FIGURES_VARIABLE } from "@lib/notebook";
import { $ } from "zx";

const HELP = `Opens JupyterLab on the repository with the Deno kernel

  --port=8888     port on 127.0.0.1; without it the first free one from 8888 on
  --no-browser    print the address only
  --help          show this text`;

const FIRST_PORT = 8888;
const PORTS_TRIED = 20;
const PATIENCE_SECONDS = 120;

const jupyterFolder = repositoryPath(".tools", "jupyter");

function isFree(port: number): boolean {
  try {
    Deno.listen({ hostname: "127.0.0.1", port }).close();
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.AddrInUse) return false;
    throw error;
  }
}

function choosePort(asked: string | undefined): number {
  const action = "open JupyterLab";
  if (asked !== undefined) checkInteger(action, "--port", Number(asked), { least: 1, most: 65535 });
  const ports = asked === undefined ? Array.from({ length: PORTS_TRIED }, (_, i) => FIRST_PORT + i) : [Number(asked)];
  const port = ports.find(isFree);
  if (port !== undefined) return port;
  throw new RangeError(`Cannot ${action}: --port must be free on 127.0.0.1, current value is ${ports.join(", ")}`);
}

/** Our kernel, so that the stop button interrupts a cell instead of killing the kernel; and no questions about news. */
async function writeSettings(): Promise<void> {
  await writeAtomically(
    join(jupyterFolder, "data", "kernels", "deno", "kernel.json"),
    stableJson({
      argv: [Deno.execPath(), "jupyter", "--kernel", "--conn", "{connection_file}"],
      display_name: "Deno",
      language: "typescript",
      interrupt_mode: "message",
      env: {
        DENO_DIR: repositoryPath(".tools", "deno-dir"),
        DENO_NO_UPDATE_CHECK: "1",
        [FIGURES_VARIABLE]: "interactive",
      },
    }),
  );
  const notifications = [
    "lab",
    "user-settings",
    "@jupyterlab",
    "apputils-extension",
    "notification.jupyterlab-settings",
  ];
  await writeAtomically(
    join(jupyterFolder, "config", ...notifications),
    stableJson({ checkForUpdates: false, fetchNews: "false" }),
  );
  // The picture of a figure that was drawn elsewhere, at the size of the interactive one that takes its place.
  const style = ".jp-RenderedPlotly .plot-img { width: 960px; max-width: 100%; }\n";
  await writeAtomically(join(jupyterFolder, "config", "custom", "custom.css"), style);
}

async function untilReady(address: string, exited: Promise<unknown>): Promise<boolean> {
  let running = true;
  exited.finally(() => running = false);
  for (const start = performance.now(); running && performance.now() - start < PATIENCE_SECONDS * 1000;) {
    const answer = await fetch(address).catch(() => undefined);
    await answer?.body?.cancel();
    if (answer?.ok) return true;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return false;
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { port: { type: "string" }, "no-browser": { type: "boolean" }, help: { type: "boolean" } },
  });
  if (values.help) return console.log(HELP), 0;
  const port = choosePort(values.port);
  await writeSettings();
  const token = crypto.randomUUID();
  const server = $({
    nothrow: true,
    quiet: true,
    stdio: ["ignore", "inherit", "inherit"],
    detached: true, // out of reach of the terminal's Ctrl-C: interrupted, the server would leave its kernels behind
    cwd: repositoryPath(),
    env: {
      ...process.env,
      JUPYTER_TOKEN: token, // not an argument: those can be read by every user of the machine
      JUPYTER_DATA_DIR: join(jupyterFolder, "data"),
      JUPYTER_PATH: join(jupyterFolder, "data"),
      JUPYTER_CONFIG_DIR: join(jupyterFolder, "config"),
      JUPYTER_RUNTIME_DIR: join(jupyterFolder, "runtime"),
      IPYTHONDIR: join(jupyterFolder, "ipython"),
    },
  })`${repositoryPath(".tools", "python", "bin", "python")} -m jupyterlab ${[
    "--ServerApp.ip=127.0.0.1",
    `--ServerApp.port=${port}`,
    "--ServerApp.port_retries=0",
    `--ServerApp.root_dir=${repositoryPath()}`,
    "--ServerApp.log_level=WARN",
    "--LabApp.log_level=WARN",
    "--KernelSpecManager.ensure_native_kernel=False",
    "--KernelSpecManager.allowed_kernelspecs=deno",
    "--LanguageServerManager.autodetect=False", // it would call npm, which writes into HOME
    "--LabApp.custom_css=True",
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    ...(Deno.uid() === 0 ? ["--ServerApp.allow_root=True"] : []),
    ...(values["no-browser"] ? ["--no-browser"] : []),
  ]}`;
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    Deno.addSignalListener(signal, () => server.child?.kill("SIGTERM"));
  }
  if (await untilReady(`http://127.0.0.1:${port}/api`, server)) {
    console.log(`JupyterLab: http://127.0.0.1:${port}/lab?token=${token}\nCtrl-C stops it`);
  }
  return (await server).exitCode ?? 0;
}

if (import.meta.main) {
  const code = await main().catch((error: Error) => {
    console.error(error.message);
    return 2;
  });
  Deno.exit(code);
}
