import { fileURLToPath } from "node:url";
import { freePorts, portIsFree, repositoryPath } from "@lib/core";
import { answers, type Endpoint, type MlflowStore } from "./_mlflow_store.ts";

/** Options of {@linkcode spawnMlflow}. */
export interface SpawnMlflowOptions {
  port?: number;
  python?: string;
  home?: string;
}

/** Starts the server's process and waits until it answers. */
export async function spawnMlflow(
  store: MlflowStore,
  { port, python = repositoryPath(".tools", "python", "bin", "python"), home = repositoryPath(".tools", "home") }:
    SpawnMlflowOptions,
  deadline: number,
): Promise<{ endpoint: Endpoint; child: Deno.ChildProcess }> {
  if (port !== undefined && !portIsFree(port)) {
    throw new Error(`Cannot start MLflow: port ${port} must be free, current state is taken`);
  }
  await Deno.mkdir(home, { recursive: true });
  await Deno.writeTextFile(store.logFile, ""); // of this server's life only
  for (let tries = 1;; tries++) {
    const chosen = port ?? freePorts(1)[0];
    const child = launch(store, python, home, chosen);
    const endpoint = { pid: child.pid, trackingUri: `http://127.0.0.1:${chosen}` };
    let code: number | undefined;
    const status = child.status.then((ended) => code = ended.code);
    while (code === undefined && Date.now() < deadline) {
      if (await answers(endpoint.trackingUri)) return { endpoint, child };
      await Promise.race([new Promise((resolve) => setTimeout(resolve, 50)), status]);
    }
    if (code === undefined) {
      child.kill("SIGKILL");
      await status;
      throw new Error(
        `Cannot start MLflow: it must answer in time, current state is silence; ${await store.lastWords()}`,
      );
    }
    const log = await Deno.readTextFile(store.logFile);
    if (port === undefined && tries < 5 && /address already in use/i.test(log)) continue; // someone was quicker
    throw new Error(
      `Cannot start MLflow: it must go on running, it ended with code ${code}; ${await store.lastWords()}`,
    );
  }
}

function launch(store: MlflowStore, python: string, home: string, port: number): Deno.ChildProcess {
  const script = fileURLToPath(new URL("./serve_mlflow.py", import.meta.url));
  // deno-fmt-ignore
  const args = [
    script, "--store", store.folder, "--port", String(port), "--log", store.logFile, "--endpoint", store.endpointFile,
    "--owners-lock", store.ownersLock, "--serving-lock", store.servingLock,
  ];
  try {
    return new Deno.Command(python, {
      args,
      clearEnv: true,
      env: serverEnvironment(home),
      cwd: store.folder,
      stdin: "null",
      stdout: "null",
      stderr: "null",
      detached: true, // Ctrl-C in the owner's terminal is the owner's affair: another one may go on
    }).spawn();
  } catch (cause) {
    if (!(cause instanceof Deno.errors.NotFound)) throw cause;
    throw new Error(
      `Cannot start MLflow: a Python with MLflow must be at ${python}, current state is that it is missing`,
      {
        cause,
      },
    );
  }
}

/** Without the caller's own settings of Python and MLflow, which would change what is served and where. */
function serverEnvironment(home: string): Record<string, string> {
  const kept = Object.entries(Deno.env.toObject()).filter(([name]) => !/^_?(PYTHON|MLFLOW|UVICORN)/.test(name));
  return {
    ...Object.fromEntries(kept),
    HOME: home,
    DO_NOT_TRACK: "true",
    MLFLOW_DISABLE_TELEMETRY: "true",
    MLFLOW_SERVER_ENABLE_JOB_EXECUTION: "false",
    MLFLOW_TRUNCATE_LONG_VALUES: "false",
  };
}
