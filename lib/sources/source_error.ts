/**
 * Why a service gave no answer:
 *
 * - `key`: none in the environment, or the service refuses it (401, 403).
 * - `network`: it cannot be reached, or breaks off.
 * - `throttled`: it wants fewer requests, for longer than we would wait.
 * - `missing`: it knows nothing of what was asked.
 * - `failed`: it says that something is wrong.
 * - `unreadable`: what it answers is not what its documentation says, or just the beginning of it.
 */
export type SourceErrorKind = "key" | "network" | "throttled" | "missing" | "failed" | "unreadable";

/** A service gave no answer that could be used; the message says what must be done, and holds no key. */
export class SourceError extends Error {
  override readonly name = "SourceError";
  readonly kind: SourceErrorKind;
  /** Of HTTP; undefined where no answer came. */
  readonly status?: number;

  constructor(kind: SourceErrorKind, message: string, { status, cause }: { status?: number; cause?: unknown } = {}) {
    super(message, { cause });
    this.kind = kind;
    this.status = status;
  }
}
