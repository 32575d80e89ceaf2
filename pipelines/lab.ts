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

  --port=8888     port on 127.0.0.1; without it 8888, or the next free one
  --no-browser    print the address only
  --help          show this text`;

const jupyterFolder = repositoryPath(".tools", "jupyter");
const [dataFolder, configFolder, runtimeFolder, pythonFolder] = ["data", "config", "runtime", "ipython"]
  .map((name) => join(jupyterFolder, name));

/** Our kernel, so that the stop button interrupts a cell instead of killing the kernel; and no questions about news. */
async function writeSettings(): Promise<void> {
  const kernel = {
    argv: [Deno.execPath(), "jupyter", "--kernel", "--conn", "{connection_file}"],
    display_name: "Deno",
    language: "typescript",
    interrupt_mode: "message",
    env: {
      DENO_DIR: repositoryPath(".tools", "deno-dir"),
      DENO_NO_UPDATE_CHECK: "1",
      [FIGURES_VARIABLE]: "interactive",
    },
  };
  const notifications = "lab/user-settings/@jupyterlab/apputils-extension/notification.jupyterlab-settings";
  // The picture of a figure that was drawn elsewhere, at the size of the interactive one that takes its place.
  const style = ".jp-RenderedPlotly .plot-img { width: 960px; max-width: 100%; }\n";
  await writeAtomically(join(dataFolder, "kernels", "deno", "kernel.json"), stableJson(kernel));
  await writeAtomically(join(configFolder, notifications), stableJson({ checkForUpdates: false, fetchNews: "false" }));
  await writeAtomically(join(configFolder, "custom", "custom.css"), style);
}

function startServer(port: string | undefined, browser: boolean) {
  return $({
    nothrow: true,
    quiet: true,
    stdio: ["ignore", "inherit", "inherit"],
    detached: true, // out of reach of the terminal's Ctrl-C: interrupted, the server would leave its kernels behind
    cwd: repositoryPath(),
    env: {
      ...process.env,
      JUPYTER_PATH: dataFolder,
      JUPYTER_DATA_DIR: dataFolder,
      JUPYTER_CONFIG_DIR: configFolder,
      JUPYTER_RUNTIME_DIR: runtimeFolder,
      IPYTHONDIR: pythonFolder,
      PYTHONPATH: repositoryPath("pipelines"), // for lab_connection.py
      PYTHONDONTWRITEBYTECODE: "1",
    },
  })`exec ${repositoryPath(".tools", "python", "bin", "python")} -m jupyterlab ${[
    "--ServerApp.ip=127.0.0.1",
    `--ServerApp.root_dir=${repositoryPath()}`,
    "--ServerApp.log_level=WARN",
    "--LabApp.log_level=WARN",
    "--LabApp.custom_css=True",
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    "--KernelSpecManager.ensure_native_kernel=False",
    "--KernelSpecManager.allowed_kernelspecs=deno",
    "--MultiKernelManager.default_kernel_name=deno",
    "--ServerApp.kernel_websocket_connection_class=lab_connection.OneCellAtATime",
    "--LanguageServerManager.autodetect=False", // it would call npm, which writes into HOME
    ...(port === undefined ? [] : [`--ServerApp.port=${port}`, "--ServerApp.port_retries=0"]),
    ...(Deno.uid() === 0 ? ["--ServerApp.allow_root=True"] : []),
    ...(browser ? [] : ["--no-browser"]),
  ]}`;
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { port: { type: "string" }, "no-browser": { type: "boolean" }, help: { type: "boolean" } },
  });
  if (values.help) return console.log(HELP), 0;
  if (values.port) checkInteger("open JupyterLab", "--port", Number(values.port), { least: 1, most: 65535 });
  await writeSettings();
  console.log("JupyterLab starts and prints its address; Ctrl-C stops it");
  const server = startServer(values.port, !values["no-browser"]);
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    Deno.addSignalListener(signal, () => server.child?.kill("SIGTERM"));
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
