import { randomUUID } from "node:crypto";
import { join, resolve } from "node:path";
import { freePorts } from "@lib/core";

/** A kernel's process, and what is needed to talk to it and to clear up after it. */
export interface KernelProcess {
  process: Deno.ChildProcess;
  /** Ends the kernel if this process ends first. To be killed after the kernel. */
  watcher: Deno.ChildProcess;
  /** Holds the connection file; to be removed. */
  temporaryFolder: string;
  ports: { shell: number; control: number; iopub: number };
  /** Secret that signs the messages. */
  key: string;
}

/** Starts `deno jupyter` as the leader of its own process group, on ports that are free now. */
export async function startKernelProcess(folder: string, environment: Record<string, string>): Promise<KernelProcess> {
  const [shell, iopub, stdin, control, heartbeat] = freePorts(5);
  const key = randomUUID();
  const temporaryFolder = await Deno.makeTempDir({ prefix: "deno-kernel-" });
  const connectionFile = join(temporaryFolder, "connection.json");
  const connection = {
    transport: "tcp",
    ip: "127.0.0.1",
    shell_port: shell,
    iopub_port: iopub,
    stdin_port: stdin,
    control_port: control,
    hb_port: heartbeat,
    key,
    signature_scheme: "hmac-sha256",
    kernel_name: "deno",
  };
  try {
    await Deno.writeTextFile(connectionFile, JSON.stringify(connection), { mode: 0o600 });
    const process = new Deno.Command(Deno.execPath(), {
      args: ["jupyter", "--quiet", "--kernel", "--conn", connectionFile],
      cwd: folder,
      env: { DENO_NO_UPDATE_CHECK: "1", ...absoluteDenoDir(), ...environment },
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
      detached: true,
    }).spawn();
    const watcher = watchOver(process.pid, temporaryFolder);
    return { process, watcher, temporaryFolder, ports: { shell, control, iopub }, key };
  } catch (error) {
    await Deno.remove(temporaryFolder, { recursive: true });
    throw error;
  }
}

/** Kills a process group; one that is gone already is no error. */
export function killGroup(processId: number): void {
  try {
    Deno.kill(-processId, "SIGKILL");
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound) && !/ESRCH|No such process/.test(String(error))) throw error;
  }
}

/** A shell that waits for the end of this process, then kills the process group and removes the folder. */
function watchOver(processId: number, temporaryFolder: string): Deno.ChildProcess {
  return new Deno.Command("sh", {
    args: ["-c", 'read -r _; kill -s KILL -- "-$1"; rm -rf -- "$2"', "sh", String(processId), temporaryFolder],
    stdin: "piped", // never written to: it closes when this process ends
    stdout: "null",
    stderr: "null",
    detached: true, // Ctrl-C in a terminal goes to the whole foreground group
  }).spawn();
}

/** Other processes of Deno start in other folders than this one, where a relative cache folder would be another one. */
export function absoluteDenoDir(): Record<string, string> {
  const denoDir = Deno.env.get("DENO_DIR");
  return denoDir === undefined ? {} : { DENO_DIR: resolve(denoDir) };
}
