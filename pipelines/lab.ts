/**
 * Opens JupyterLab on the repository with the Deno kernel, on this machine only, and prints the address.
 *
 * Reads and writes notebooks where they are; everything of Jupyter's own lies in .tools/jupyter, nothing in HOME.
 * Starts in some ten seconds and runs until Ctrl-C. Run: make lab, or deno run -A pipelines/lab.ts --help
 */
import { join, resolve } from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import { checkInteger, repositoryPath, stableJson, writeAtomically } from "@lib/core";
import { FIGURES_VARIABLE } from "@lib/notebook";
import { $ } from "zx";
import { serveAnswers } from "./lab/answers.ts";

const HELP = `Opens JupyterLab on the repository with the Deno kernel

  --port=8888         port on 127.0.0.1; without it 8888, or the next free one
  --folder=notebooks  folder to show; without it the repository
  --settings=folder   where Jupyter keeps its settings; without it .tools/jupyter
  --no-browser        print the address only
  --help              show this text`;

interface LabOptions {
  port?: string;
  folder: string;
  settings: string;
  browser: boolean;
}

/** Our kernel, so that the stop button interrupts a cell instead of killing the kernel; and no questions about news. */
async function writeSettings(settings: string): Promise<void> {
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
  await writeAtomically(join(settings, "data", "kernels", "deno", "kernel.json"), stableJson(kernel));
  await writeAtomically(
    join(settings, "config", notifications),
    stableJson({ checkForUpdates: false, fetchNews: "false" }),
  );
  await writeAtomically(join(settings, "config", "custom", "custom.css"), style);
}

function startServer({ port, folder, settings, browser }: LabOptions, answers: string) {
  return $({
    nothrow: true,
    quiet: true,
    stdio: ["ignore", "inherit", "inherit"],
    detached: true, // out of reach of the terminal's Ctrl-C: interrupted, the server would leave its kernels behind
    cwd: repositoryPath(),
    env: {
      ...process.env,
      JUPYTER_PATH: join(settings, "data"),
      JUPYTER_DATA_DIR: join(settings, "data"),
      JUPYTER_CONFIG_DIR: join(settings, "config"),
      JUPYTER_RUNTIME_DIR: join(settings, "runtime"),
      IPYTHONDIR: join(settings, "ipython"),
      PYTHONPATH: repositoryPath("pipelines", "lab"),
      LAB_ANSWERS: answers,
      PYTHONDONTWRITEBYTECODE: "1",
    },
  })`exec ${repositoryPath(".tools", "python", "bin", "python")} -m jupyterlab ${[
    "--ServerApp.ip=127.0.0.1",
    `--ServerApp.root_dir=${folder}`,
    "--ServerApp.log_level=WARN",
    "--LabApp.log_level=WARN",
    "--LabApp.custom_css=True",
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    "--KernelSpecManager.ensure_native_kernel=False",
    "--KernelSpecManager.allowed_kernelspecs=deno",
    "--MultiKernelManager.default_kernel_name=deno",
    "--ServerApp.jpserver_extensions=lab_kernels=True",
    "--ServerApp.kernel_websocket_connection_class=lab_kernels.OneCellAtATime",
    "--MappingKernelManager.kernel_manager_class=lab_kernels.StoppableKernel",
    "--LanguageServerManager.autodetect=False", // it would call npm, which writes into HOME
    ...(port === undefined ? [] : [`--ServerApp.port=${port}`, "--ServerApp.port_retries=0"]),
    ...(Deno.uid() === 0 ? ["--ServerApp.allow_root=True"] : []),
    ...(browser ? [] : ["--no-browser"]),
  ]}`;
}

async function main(): Promise<number> {
  const text = { type: "string" } as const;
  const yes = { type: "boolean" } as const;
  const { values } = parseArgs({
    options: { port: text, folder: text, settings: text, "no-browser": yes, help: yes },
  });
  if (values.help) return console.log(HELP), 0;
  if (values.port) checkInteger("open JupyterLab", "--port", Number(values.port), { least: 1, most: 65535 });
  const settings = resolve(values.settings ?? repositoryPath(".tools", "jupyter"));
  const folder = resolve(values.folder ?? repositoryPath());
  await writeSettings(settings);
  const answersFolder = await Deno.makeTempDir({ prefix: "lab-" }); // a socket's path must be short
  try {
    const answers = join(answersFolder, "answers");
    using _answering = serveAnswers(answers);
    console.log("JupyterLab starts and prints its address; Ctrl-C stops it");
    const server = startServer({ port: values.port, folder, settings, browser: !values["no-browser"] }, answers);
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
      Deno.addSignalListener(signal, () => server.child?.kill("SIGTERM"));
    }
    return (await server).exitCode ?? 0;
  } finally {
    await Deno.remove(answersFolder, { recursive: true });
  }
}

if (import.meta.main) {
  const code = await main().catch((error: Error) => {
    console.error(error.message);
    return 2;
  });
  Deno.exit(code);
}
