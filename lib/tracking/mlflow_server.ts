import { resolve } from "node:path";
import { FileLock } from "@lib/core";
import { spawnMlflow } from "./_mlflow_process.ts";
import { type Endpoint, MlflowStore } from "./_mlflow_store.ts";

/** Options of {@linkcode startMlflowServer}. */
export interface StartMlflowServerOptions {
  /** Folder of the store: database, artifacts, log and locks. Made where missing. */
  storeFolder: string;
  /** Port on 127.0.0.1. Default: a free one below 32768. */
  port?: number;
  /** Python that has MLflow. Default: the repository's own, `.tools/python/bin/python`. */
  python?: string;
  /** HOME of the server's process. Default: `.tools/home` in the repository. */
  home?: string;
  /** Longest wait until the server answers. Default 90. */
  readyTimeoutSeconds?: number;
}

/** A running server, shared with everyone else in whose name it runs. */
export interface MlflowServer extends AsyncDisposable {
  /** Address for clients and browsers. */
  readonly trackingUri: string;
  /** Process id of the server. */
  readonly pid: number;
  /** Whether it was already running for another owner. */
  readonly reused: boolean;
  /** What the server said. */
  readonly logFile: string;
  /** Whether the server's process is still there. */
  isAlive(): Promise<boolean>;
  /** Gives the server up; the last owner ends it, and waits until it is gone. A second call does nothing. */
  stop(): Promise<void>;
}

/**
 * Serves an MLflow store (SQLite, artifacts through the server's proxy) on this machine's loopback, or joins the server
 * that already does. One store never has two servers: a lock of the operating system sees to it.
 *
 * The server is one process of about 220 MB. It lives as long as someone owns it: `stop` of the last owner ends it, and
 * so does the end of the last owner's process, by whatever signal, within a second. It sends nothing anywhere: telemetry
 * and job execution are off. Long texts are refused, not cut.
 *
 * Linux and macOS, on a local disk.
 *
 * @throws {Error} If Python or MLflow is missing, the port is taken, or the server ends or does not answer in time; the
 * message holds the last lines of its log.
 */
export async function startMlflowServer(options: StartMlflowServerOptions): Promise<MlflowServer> {
  const { readyTimeoutSeconds = 90 } = options;
  const store = new MlflowStore(resolve(options.storeFolder));
  const deadline = Date.now() + 1_000 * readyTimeoutSeconds;
  await Deno.mkdir(store.locks, { recursive: true });
  // one starter at a time; an owner from before the server is there, so that the server never finds itself alone
  const starting = await FileLock.take(store.startingLock, "exclusive", deadline);
  const owner = starting && await FileLock.take(store.ownersLock, "shared", deadline);
  try {
    if (!owner) {
      throw new Error(
        `Cannot start MLflow: ${store.folder} must be free, current state is that another start holds it`,
      );
    }
    const running = await store.running(deadline);
    if (running) return server(store, owner, running, { reused: true, child: undefined });
    const { endpoint, child } = await spawnMlflow(store, options, deadline);
    return server(store, owner, endpoint, { reused: false, child });
  } catch (error) {
    owner?.release();
    throw error;
  } finally {
    starting?.release();
  }
}

function server(
  store: MlflowStore,
  owner: FileLock,
  { pid, trackingUri }: Endpoint,
  { reused, child }: { reused: boolean; child: Deno.ChildProcess | undefined },
): MlflowServer {
  child?.unref(); // an owner that forgets to stop may end all the same, and the server with it
  let stopping: Promise<void> | undefined;
  const stop = () => stopping ??= giveUp(store, owner, pid, child);
  return {
    trackingUri,
    pid,
    reused,
    logFile: store.logFile,
    isAlive: async () => !await FileLock.isFree(store.servingLock),
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

const endingSeconds = 10;

/** The last owner ends the server; the lock on starting keeps others from joining it meanwhile. */
async function giveUp(
  store: MlflowStore,
  owner: FileLock,
  pid: number,
  child: Deno.ChildProcess | undefined,
): Promise<void> {
  owner.release();
  const deadline = Date.now() + 1_000 * endingSeconds;
  const starting = await FileLock.take(store.startingLock, "exclusive", deadline);
  if (!starting) return; // somebody is just joining
  const last = await FileLock.tryTake(store.ownersLock, "exclusive");
  try {
    if (!last && await isOwned(store)) return;
    if (last) signal(pid, "SIGTERM");
    while (!await FileLock.isFree(store.servingLock)) {
      if (Date.now() > deadline) signal(pid, "SIGKILL");
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    await child?.status;
    await Deno.remove(store.endpointFile).catch(() => {});
  } finally {
    last?.release();
    starting.release();
  }
}

async function isOwned(store: MlflowStore): Promise<boolean> {
  const other = await FileLock.tryTake(store.ownersLock, "shared");
  other?.release();
  return other !== undefined; // or else the server has found itself alone and is ending
}

function signal(pid: number, name: "SIGTERM" | "SIGKILL"): void {
  try {
    Deno.kill(pid, name);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
