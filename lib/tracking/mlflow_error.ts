/** What the server said, or that it said nothing. */
export interface MlflowErrorDetails {
  /** HTTP status; 0 where no answer came (refused, dropped, timed out). */
  status: number;
  /** The server's `error_code`, or `UNREACHABLE`, or `HTTP_<status>` where the answer names none. */
  code: string;
  /** Seconds the server asked to wait before the next try, where it did. */
  retryAfterSeconds?: number;
  /** The error underneath. */
  cause?: unknown;
}

const passingStatuses = new Set([0, 408, 429, 500, 502, 503, 504]);

/**
 * A request that MLflow did not fulfil. Catch it to tell a refusal, which a repetition would not change, from a server
 * that cannot be reached just now.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const refused = new MlflowError("Cannot get a run: no such run", { status: 404, code: "RESOURCE_DOES_NOT_EXIST" });
 * assert.equal(refused.mayPass, false);
 * assert.equal(new MlflowError("Cannot get a run: no answer", { status: 0, code: "UNREACHABLE" }).mayPass, true);
 * ```
 */
export class MlflowError extends Error {
  override readonly name = "MlflowError";
  /** HTTP status; 0 where no answer came. */
  readonly status: number;
  /** The server's `error_code`, `UNREACHABLE` or `HTTP_<status>`. */
  readonly code: string;
  /** Seconds to wait before the next try, where the server said so. */
  readonly retryAfterSeconds?: number;

  constructor(message: string, { status, code, retryAfterSeconds, cause }: MlflowErrorDetails) {
    super(message, { cause });
    this.status = status;
    this.code = code;
    this.retryAfterSeconds = retryAfterSeconds;
  }

  /** Whether the same request may succeed later: no answer, too many requests, or a fault of the server. */
  get mayPass(): boolean {
    return passingStatuses.has(this.status);
  }
}
