import assert from "node:assert/strict";
import { join } from "node:path";
import { repositoryPath, stableJson, writeAtomically } from "@lib/core";

/** JupyterLab as `make lab` starts it, for a test: on a folder of its own, with settings of its own, without a browser. */
export class OpenLab implements AsyncDisposable {
  private constructor(readonly host: string, readonly token: string, readonly stop: () => Promise<void>) {}

  static async start(folder: string): Promise<OpenLab> {
    const settings = await Deno.makeTempDir({ prefix: "lab-settings-" });
    // A test may ask the page what it holds, and finds every cell in it, not only those in sight.
    await write(join(settings, "config", "jupyter_lab_config.json"), { LabApp: { expose_app_in_browser: true } });
    const tracker = "@jupyterlab/notebook-extension/tracker.jupyterlab-settings";
    await write(join(settings, "config", "lab", "user-settings", tracker), { windowingMode: "none" });
    const process = new Deno.Command(Deno.execPath(), {
      args: [
        "run",
        "-A",
        repositoryPath("pipelines", "lab.ts"),
        "--no-browser",
        `--folder=${folder}`,
        `--settings=${settings}`,
      ],
      stdout: "null",
      stderr: "piped",
      env: { NO_COLOR: "1" },
    }).spawn();
    const reader = process.stderr.pipeThrough(new TextDecoderStream()).getReader();
    const stop = async () => {
      process.kill("SIGTERM");
      await process.status;
      await reader.cancel();
      await Deno.remove(settings, { recursive: true });
    };
    let said = "";
    while (true) {
      const { value, done } = await reader.read();
      if (done) break;
      said += value;
      const [, host, token] = /http:\/\/(127\.0\.0\.1:\d+)\/lab\?token=(\w+)\n/.exec(said) ?? [];
      if (token !== undefined) {
        drain(reader);
        const lab = new OpenLab(host, token, stop);
        await lab.#listens();
        return lab;
      }
    }
    await stop();
    throw new Error(`JupyterLab did not start: ${said}`);
  }

  /** What the server's interface answers. */
  // deno-lint-ignore no-explicit-any -- each path has a shape of its own, which the test that asks knows
  async ask(method: string, path: string, body?: unknown): Promise<any> {
    const response = await fetch(`http://${this.host}/api/${path}?token=${this.token}`, {
      method,
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.text();
    assert.ok(response.ok, `${method} ${path}: ${response.status} ${text}`);
    return text === "" ? undefined : JSON.parse(text);
  }

  /** The address is printed a moment before it is listened to. */
  async #listens(): Promise<void> {
    for (let attempt = 1;; attempt++) {
      try {
        return await this.ask("GET", "status");
      } catch (error) {
        if (!(error instanceof TypeError) || attempt === 100) throw error;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }
}

async function write(path: string, value: unknown): Promise<void> {
  await writeAtomically(path, stableJson(value));
}

/** Warnings of the server would stop it where nobody reads them. */
async function drain(reader: ReadableStreamDefaultReader<string>): Promise<void> {
  while (!(await reader.read().catch(() => ({ done: true }))).done);
}
