import { join } from "node:path";
import { FileLock } from "@lib/core";
import { directFetch } from "./_direct_fetch.ts";

/** What a store's `server.json` says of the server that runs on it. */
export interface Endpoint {
  pid: number;
  trackingUri: string;
}

/** The files of a store's folder, and what they tell of its server. */
export class MlflowStore {
  readonly folder: string;

  constructor(folder: string) {
    if (/[?#%]/.test(folder)) {
      throw new RangeError(
        `Cannot start MLflow: storeFolder must not contain ? # or %, which mean something in a database's address, ` +
          `current value is ${folder}`,
      );
    }
    this.folder = folder;
  }

  get locks() {
    return join(this.folder, "locks");
  }
  get startingLock() {
    return join(this.locks, "starting");
  }
  get ownersLock() {
    return join(this.locks, "owners");
  }
  /** Held by the server itself. */
  get servingLock() {
    return join(this.locks, "serving");
  }
  get logFile() {
    return join(this.folder, "server.log");
  }
  get endpointFile() {
    return join(this.folder, "server.json");
  }

  /** The end of what the server said, in words for an error. */
  async lastWords(): Promise<string> {
    const log = await Deno.readTextFile(this.logFile).catch(() => "");
    const lines = log.split("\n").filter((line) => line.trim() !== "").slice(-12);
    return lines.length === 0 ? `${this.logFile} is empty` : `last lines of ${this.logFile}:\n${lines.join("\n")}`;
  }

  /** The server that runs on this store, when it answers; undefined when none runs. */
  async running(deadline: number): Promise<Endpoint | undefined> {
    while (!await FileLock.isFree(this.servingLock)) {
      const endpoint = await this.#endpoint();
      if (endpoint && await answers(endpoint.trackingUri)) return endpoint;
      if (Date.now() > deadline) {
        throw new Error(
          `Cannot start MLflow: the server that runs on ${this.folder} must answer, current state is silence; ` +
            await this.lastWords(),
        );
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  async #endpoint(): Promise<Endpoint | undefined> {
    try {
      return JSON.parse(await Deno.readTextFile(this.endpointFile));
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return undefined;
      throw error;
    }
  }
}

/** Whether a server says that it is well. */
export async function answers(trackingUri: string): Promise<boolean> {
  try {
    const answer = await directFetch(trackingUri)(`${trackingUri}/health`);
    return answer.ok && await answer.text() === "OK";
  } catch {
    return false;
  }
}
