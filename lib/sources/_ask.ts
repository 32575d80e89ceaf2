import type { Random } from "@lib/core";
import type { Clock } from "./clock.ts";
import { retryAfter } from "./retry_after.ts";
import type { RequestExtras, Service, SourceRequest } from "./service.ts";
import { SourceError, type SourceErrorKind } from "./source_error.ts";
import type { TokenBucket } from "./token_bucket.ts";

/** What came back, whole. */
export interface Answer {
  status: number;
  headers: Headers;
  bytes: Uint8Array<ArrayBuffer>;
}

/** With what a question is asked, and how patiently. */
export interface AskTools {
  fetch: typeof fetch;
  clock: Clock;
  random: Random;
  bucket: TokenBucket;
  /** How often a question is asked in all. */
  attempts: number;
  /** After which an attempt counts as failed. */
  timeoutSeconds: number;
  /** Longest pause before another attempt; a service that asks for a longer one has the last word. */
  longestWaitSeconds: number;
}

/** A question with everything that belongs to it, ready to be sent. */
export interface Question {
  service: Service;
  request: SourceRequest;
  /** What the service wants to know of who asks. */
  signature: RequestExtras;
}

const FIRST_PAUSE_MILLISECONDS = 1000;

/** Answers after which asking again may help: time-out, too early, too many requests, and faults of the service. */
const isPassing = (status: number) => [408, 425, 429].includes(status) || status >= 500;

/**
 * Asks until an answer comes that can be read, an error comes that asking again does not mend, or patience ends.
 *
 * Pauses double from one second, each by chance between half and all of that (so that many who were turned away together
 * do not come back together), unless the service names one by Retry-After.
 *
 * @param read Makes a value of the answer; a SyntaxError says that the answer is broken off or otherwise unreadable.
 * @throws {SourceError}
 */
export async function ask<Value>(
  question: Question,
  read: (answer: Answer) => Value,
  { fetch, clock, random, bucket, attempts, timeoutSeconds, longestWaitSeconds }: AskTools,
): Promise<{ value: Value; answer: Answer }> {
  for (let attempt = 1;; attempt++) {
    await bucket.take();
    const pause = Math.min(FIRST_PAUSE_MILLISECONDS * 2 ** (attempt - 1), longestWaitSeconds * 1000);
    let wait = pause * (0.5 + 0.5 * random());
    let error: SourceError;
    try {
      const answer = await send(question, fetch, timeoutSeconds);
      if (answer.status >= 400) {
        error = refusal(question, answer);
        if (!isPassing(answer.status)) throw error;
        const wanted = retryAfter(answer.headers.get("retry-after"), clock.now());
        if (wanted !== undefined && wanted > longestWaitSeconds * 1000) throw error;
        wait = wanted ?? wait;
        if (answer.status === 429) bucket.pause(wait); // the others would be turned away too
      } else {
        return { value: read(answer), answer };
      }
    } catch (cause) {
      if (cause instanceof SourceError && !(cause.kind === "network")) throw cause;
      error = cause instanceof SourceError ? cause : unreadable(question, cause);
    }
    if (attempt >= attempts) throw error;
    await clock.wait(wait);
  }
}

/** @throws {SourceError} If no answer comes, or just a part of one. */
async function send({ service, request, signature }: Question, fetch: AskTools["fetch"], timeoutSeconds: number) {
  const url = new URL(request.url);
  const extras = [signature, request.secret ?? {}];
  for (const { parameters = {} } of extras) {
    for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  }
  const headers = new Headers(request.headers);
  for (const { headers: more = {} } of extras) {
    for (const [name, value] of Object.entries(more)) headers.set(name, value);
  }
  try {
    const response = await fetch(url, {
      headers,
      redirect: request.redirect ?? "follow",
      method: request.method ?? "GET",
      body: request.body,
      signal: AbortSignal.timeout(timeoutSeconds * 1000),
    });
    const bytes = new Uint8Array(await response.arrayBuffer());
    return { status: response.status, headers: response.headers, bytes };
  } catch (cause) {
    const isLate = cause instanceof DOMException && cause.name === "TimeoutError";
    const current = isLate
      ? `no whole answer within ${timeoutSeconds} seconds`
      : withoutSecrets(reasonOf(cause), extras);
    throw new SourceError(
      "network",
      `Cannot fetch ${request.url}: the network must lead to ${url.host} (${service.name}), currently there is ` +
        `${isLate ? current : `no way (${current})`}`,
      { cause: isLate ? cause : undefined }, // the error of a failed request tells the address with the key
    );
  }
}

/** What the runtime says, without the address, which the message has already. */
function reasonOf(cause: unknown): string {
  const { message, cause: inner } = cause instanceof Error ? cause : new Error(String(cause));
  return (inner instanceof Error ? inner.message : message).replace(/^error sending request for url \([^)]*\): /, "");
}

function refusal({ service, request, signature }: Question, { status, bytes }: Answer): SourceError {
  const extras = [signature, request.secret ?? {}];
  const text = withoutSecrets(new TextDecoder().decode(bytes.subarray(0, 400)), extras).replace(/\s+/g, " ").trim();
  const current = `currently it answers ${status}${text === "" ? "" : `: ${text.slice(0, 200)}`}`;
  const kinds: [SourceErrorKind, string, boolean][] = [
    ["key", keyWanted(service), [401, 403].includes(status) || service.key?.isRefused?.(status, text) === true],
    ["missing", "it must know what is asked for", status === 404 || status === 410],
    ["throttled", "it must not be asked too often", status === 429],
  ];
  const [kind, wanted] = kinds.find(([, , isIt]) => isIt) ?? ["failed" as const, "it must be in order"];
  return new SourceError(kind, `Cannot fetch ${request.url} from ${service.name}: ${wanted}, ${current}`, { status });
}

function keyWanted({ key }: Service): string {
  return key ? `it must accept what ${key.variable} holds (${key.from})` : "it must let us in";
}

function unreadable({ service, request }: Question, cause: unknown): SourceError {
  if (!(cause instanceof SyntaxError)) throw cause;
  return new SourceError(
    "unreadable",
    `Cannot fetch ${request.url} from ${service.name}: its answer must be as documented, currently it is not: ` +
      cause.message,
    { cause },
  );
}

/** Services repeat what they were sent. */
function withoutSecrets(text: string, extras: readonly RequestExtras[]): string {
  const secrets = extras.flatMap(({ parameters = {}, headers = {} }) => [parameters, headers].flatMap(Object.values));
  const written = secrets.filter((secret) => secret !== "").flatMap((secret) => [secret, encodeURIComponent(secret)]);
  return written.reduce((rest, secret) => rest.replaceAll(secret, "…"), text);
}
