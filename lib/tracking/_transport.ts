import { MlflowError } from "./mlflow_error.ts";
import { directFetch, onceFetch } from "./_direct_fetch.ts";

/** Options of a client that concern the wire. */
export interface TransportOptions {
  /** What sends requests. Default: the global fetch, past any configured proxy where the server is on this machine. */
  fetch?: typeof globalThis.fetch;
  /** Tries after the first one failed in a way that may pass. Default 5. */
  retries?: number;
  /** Wait before the second try; doubles with each further one, up to 5 s. Default 200. */
  backoffMs?: number;
  /** Longest wait for an answer. Default 60. */
  timeoutSeconds?: number;
  /** Longest duration of one artifact's way up or down. Default 600. */
  transferTimeoutSeconds?: number;
  /** Sent with each request, for instance an `Authorization`. Default: none. */
  headers?: Record<string, string>;
}

type Query = Record<string, string | number | undefined>;

interface Sending {
  method: string;
  url: string;
  body?: () => Promise<BodyInit> | BodyInit;
  headers?: Record<string, string>;
  timeoutSeconds: number;
  fetch?: typeof globalThis.fetch;
}

const longestBackoffMs = 5_000;

/** Sends requests to one MLflow server, repeats those that may pass, and turns each failure into an MlflowError. */
export class Transport {
  readonly trackingUri: string;
  readonly retries: number;
  readonly backoffMs: number;
  readonly timeoutSeconds: number;
  readonly transferTimeoutSeconds: number;
  readonly #fetch: typeof globalThis.fetch;
  readonly #fetchOnce: typeof globalThis.fetch;
  readonly #headers: Record<string, string>;

  constructor(trackingUri: string, options: TransportOptions = {}) {
    if (!/^https?:\/\/[^/]/.test(trackingUri)) {
      throw new SyntaxError(
        `Cannot talk to MLflow: trackingUri must be an http or https address, current value is ${trackingUri}`,
      );
    }
    this.trackingUri = trackingUri.replace(/\/+$/, "");
    this.retries = options.retries ?? 5;
    this.backoffMs = options.backoffMs ?? 200;
    this.timeoutSeconds = options.timeoutSeconds ?? 60;
    this.transferTimeoutSeconds = options.transferTimeoutSeconds ?? 600;
    this.#fetch = options.fetch ?? directFetch(this.trackingUri);
    this.#fetchOnce = options.fetch ?? onceFetch(this.trackingUri);
    this.#headers = options.headers ?? {};
  }

  /** A reading call, repeated where that may help. */
  get<Answer>(action: string, path: string, query: Query = {}): Promise<Answer> {
    const given = Object.entries(query).filter(([, value]) => value !== undefined);
    const search = new URLSearchParams(given.map(([key, value]) => [key, String(value)]));
    const url = `${this.trackingUri}/api/2.0/mlflow/${path}?${search}`;
    return this.retrying(() => this.#json(action, { method: "GET", url, timeoutSeconds: this.timeoutSeconds }));
  }

  /** A writing call that does no more when it arrives twice, repeated where that may help. */
  post<Answer>(action: string, path: string, body: unknown): Promise<Answer> {
    const text = JSON.stringify(body);
    return this.retrying(() => this.#post(action, path, text));
  }

  /** A writing call that would do more when it arrived twice: sent once. */
  postOnce<Answer>(action: string, path: string, body: unknown): Promise<Answer> {
    return this.#post(action, path, JSON.stringify(body), this.#fetchOnce);
  }

  /** A file's way up; `body` is called afresh for each try, since a stream can be read once only. */
  async put(action: string, path: string, body: () => Promise<BodyInit> | BodyInit): Promise<void> {
    const url = `${this.trackingUri}/${path}`;
    await this.retrying(() =>
      this.#send(
        action,
        { method: "PUT", url, body, timeoutSeconds: this.transferTimeoutSeconds },
        async (answer) => void await answer.arrayBuffer(),
      )
    );
  }

  /** A file's way down; `consume` may be called again when the connection breaks in the middle. */
  download<Result>(action: string, path: string, consume: (answer: Response) => Promise<Result>): Promise<Result> {
    const url = `${this.trackingUri}/${path}`;
    return this.retrying(() =>
      this.#send(action, { method: "GET", url, timeoutSeconds: this.transferTimeoutSeconds }, consume)
    );
  }

  /** Repeats `attempt` while it fails with something that may pass and tries are left. */
  async retrying<Result>(attempt: () => Promise<Result>): Promise<Result> {
    for (let tries = 0;; tries++) {
      try {
        return await attempt();
      } catch (error) {
        if (!(error instanceof MlflowError) || !error.mayPass || tries >= this.retries) throw error;
        const backoffMs = Math.min(this.backoffMs * 2 ** tries, longestBackoffMs);
        const waitMs = Math.max(backoffMs, 1_000 * Math.min(error.retryAfterSeconds ?? 0, 60));
        await new Promise((resolve) => setTimeout(resolve, waitMs));
      }
    }
  }

  #post<Answer>(action: string, path: string, text: string, fetch = this.#fetch): Promise<Answer> {
    return this.#json(action, {
      method: "POST",
      url: `${this.trackingUri}/api/2.0/mlflow/${path}`,
      body: () => text,
      headers: { "content-type": "application/json" },
      timeoutSeconds: this.timeoutSeconds,
      fetch,
    });
  }

  #json<Answer>(action: string, sending: Sending): Promise<Answer> {
    return this.#send(action, sending, async (answer) => {
      const text = await answer.text();
      try {
        return JSON.parse(text || "{}") as Answer;
      } catch (cause) {
        throw new MlflowError(
          `Cannot ${action}: MLflow must answer with JSON, current answer starts with ${text.slice(0, 80)}`,
          { status: answer.status, code: "BAD_ANSWER", cause },
        );
      }
    });
  }

  async #send<Result>(
    action: string,
    { method, url, body, headers, timeoutSeconds, fetch = this.#fetch }: Sending,
    consume: (answer: Response) => Promise<Result> | Result,
  ): Promise<Result> {
    const content = await body?.();
    const deadline = new AbortController();
    const timer = setTimeout(
      () => deadline.abort(new Error(`no answer within ${timeoutSeconds} s`)),
      1_000 * timeoutSeconds,
    );
    try {
      const answer = await fetch(url, {
        method,
        body: content,
        headers: { ...this.#headers, ...headers },
        signal: deadline.signal,
      });
      if (!answer.ok) throw await refusal(action, answer);
      return await consume(answer);
    } catch (error) {
      if (error instanceof MlflowError || isLocal(error)) throw error;
      const reason = deadline.signal.aborted ? deadline.signal.reason.message : deepestMessage(error);
      throw new MlflowError(
        `Cannot ${action}: an MLflow server must answer at ${this.trackingUri}, current state is ${reason}`,
        { status: 0, code: "UNREACHABLE", cause: error },
      );
    } finally {
      clearTimeout(timer);
      if (content instanceof ReadableStream && !content.locked) await content.cancel().catch(() => {});
    }
  }
}

/** Faults of this machine's disk met while a body is read or an answer is written: no fault of the server. */
function isLocal(error: unknown): boolean {
  return error instanceof Deno.errors.NotFound || error instanceof Deno.errors.PermissionDenied ||
    error instanceof Deno.errors.NotCapable || error instanceof Deno.errors.IsADirectory ||
    (error instanceof Error && "code" in error && error.code === "ENOSPC");
}

async function refusal(action: string, answer: Response): Promise<MlflowError> {
  const text = await answer.text().catch(() => "");
  let code = `HTTP_${answer.status}`;
  let message = text.slice(0, 500) || answer.statusText;
  try {
    const said = JSON.parse(text);
    code = said.error_code ?? code;
    message = said.message ?? (typeof said.detail === "string" ? said.detail : message);
  } catch {
    // an answer of something in between, not of MLflow: its text says most
  }
  const retryAfterSeconds = Number(answer.headers.get("retry-after") ?? NaN);
  return new MlflowError(`Cannot ${action}: MLflow answered ${answer.status} ${code}: ${message}`, {
    status: answer.status,
    code,
    retryAfterSeconds: Number.isFinite(retryAfterSeconds) ? retryAfterSeconds : undefined,
  });
}

function deepestMessage(error: unknown): string {
  let deepest = error;
  while (deepest instanceof Error && deepest.cause instanceof Error) deepest = deepest.cause;
  return deepest instanceof Error ? deepest.message : String(deepest);
}
