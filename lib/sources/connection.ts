import { checkInteger, checkNumber, type Random, seededRandom } from "@lib/core";
import { type Answer, ask, type AskTools } from "./_ask.ts";
import { type Clock, systemClock } from "./clock.ts";
import { keyOf } from "./key_of.ts";
import type { RawRecord, RawStore } from "./raw_store.ts";
import type { RequestExtras, Service, SourceRequest } from "./service.ts";
import { TokenBucket } from "./token_bucket.ts";

/** Options of {@linkcode Connection}. */
export interface ConnectionOptions {
  /** Where answers are kept. */
  store: RawStore;
  /** Looks a variable of the environment up. Default: none is set. */
  environment?: (variable: string) => string | undefined;
  /** Default: the runtime's. */
  fetch?: typeof fetch;
  /** Default: the computer's clock. */
  clock?: Clock;
  /** Seed of the chance in pauses. Default 1. */
  seed?: number;
  /** How often a question is asked in all, at least 1. Default 5. */
  attempts?: number;
  /** Seconds after which an attempt counts as failed, above 0. Default 30. */
  timeoutSeconds?: number;
  /** Longest pause before another attempt, in seconds; a service that asks for a longer one is left alone. Default 120. */
  longestWaitSeconds?: number;
}

/** Options of {@linkcode Connection.get}. */
export interface GetOptions<Value> {
  /**
   * Whether an answer that was kept earlier still says what the service would say now; it then is not asked.
   * Default: never.
   */
  isCurrent?: (value: Value, fetchedAt: Date, now: Date) => boolean;
}

/** An answer that was read, and where it lies. */
export interface Got<Value> {
  value: Value;
  bytes: Uint8Array<ArrayBuffer>;
  record: RawRecord;
  /** Whether the service was asked, or an earlier answer still held. */
  isNew: boolean;
}

/**
 * The way to all services: asks no more often than each allows, again where that may help, and keeps what comes.
 *
 * An answer is kept only after it could be read, so that a broken one is asked for again and never believed. What was
 * kept is read by today's code: whoever mends a reader need not fetch anew.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { RawStore } from "@lib/sources";
 * const folder = await Deno.makeTempDir();
 * const fetch = () => Promise.resolve(new Response("[1, 2]"));
 * const connection = new Connection({ store: new RawStore(folder), fetch });
 * const service = { name: "numbers", rate: { perSecond: 10, burst: 1 } };
 * const read = (bytes: Uint8Array) => JSON.parse(new TextDecoder().decode(bytes)) as number[];
 * const question = { url: "https://example.org/numbers" };
 * const isCurrent = () => true;
 * assert.deepEqual((await connection.get(service, question, read, { isCurrent })).value, [1, 2]);
 * assert.equal((await connection.get(service, question, read, { isCurrent })).isNew, false);
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export class Connection {
  readonly clock: Clock;
  readonly #store: RawStore;
  readonly #environment: (variable: string) => string | undefined;
  readonly #tools: Omit<AskTools, "bucket">;
  readonly #buckets = new Map<string, TokenBucket>();

  /** @throws {RangeError} If an option is out of range. */
  constructor(options: ConnectionOptions) {
    const { store, environment = () => undefined, fetch = globalThis.fetch, clock = systemClock, seed = 1 } = options;
    const { attempts = 5, timeoutSeconds = 30, longestWaitSeconds = 120 } = options;
    checkInteger("connect", "attempts", attempts, { least: 1 });
    checkNumber("connect", "timeoutSeconds", timeoutSeconds, { least: 0.001 });
    checkNumber("connect", "longestWaitSeconds", longestWaitSeconds, { least: 0 });
    const random: Random = seededRandom(seed);
    this.clock = clock;
    this.#store = store;
    this.#environment = environment;
    this.#tools = { fetch, clock, random, attempts, timeoutSeconds, longestWaitSeconds };
  }

  /**
   * What a service answers to a question, read and kept.
   *
   * @param read Makes a value of the bytes; throws SyntaxError where they are not what is documented.
   * @throws {SourceError} If no answer comes that can be read; of the kind `key` if there is none.
   */
  async get<Value>(
    service: Service,
    request: SourceRequest,
    read: (bytes: Uint8Array<ArrayBuffer>) => Value,
    { isCurrent = () => false }: GetOptions<Value> = {},
  ): Promise<Got<Value>> {
    const latest = (await this.#store.history(service.name, request.url)).at(-1);
    const kept = latest && await this.#store.read(latest);
    if (latest && kept) {
      const value = readOrNothing(read, kept);
      const now = new Date(this.clock.now());
      if (value !== undefined && isCurrent(value, new Date(latest.fetchedAt), now)) {
        return { value, bytes: kept, record: latest, isNew: false };
      }
    }
    const { value, answer } = await this.#ask(service, request, ({ bytes }) => read(bytes));
    const fetchedAt = new Date(this.clock.now());
    const { bytes } = answer;
    const record = await this.#store.keep({ source: service.name, url: request.url, fetchedAt, bytes });
    return { value, bytes, record, isNew: true };
  }

  /** An answer that is no data, such as one that sets a cookie: not kept. */
  async pass(service: Service, request: SourceRequest): Promise<Answer> {
    return (await this.#ask(service, request, (answer) => answer)).answer;
  }

  async #ask<Value>(service: Service, request: SourceRequest, read: (answer: Answer) => Value) {
    const signature: RequestExtras = service.key ? service.key.sign(keyOf(service, this.#environment)) : {};
    let bucket = this.#buckets.get(service.name);
    if (bucket === undefined) {
      bucket = new TokenBucket(service.rate, this.clock);
      this.#buckets.set(service.name, bucket);
    }
    return await ask({ service, request, signature }, read, { ...this.#tools, bucket });
  }
}

function readOrNothing<Value>(
  read: (bytes: Uint8Array<ArrayBuffer>) => Value,
  bytes: Uint8Array<ArrayBuffer>,
): Value | undefined {
  try {
    return read(bytes);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
}
