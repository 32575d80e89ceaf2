import { Buffer } from "node:buffer";
import { currentTime } from "@lib/core";
import type { StoreFiles, WriterTurn } from "./store_files.ts";

/** A string of Redis holds at most 512 MB. */
const PIECE_BYTES = 64 * 2 ** 20;
/** A writer that was not heard of for so long has lost its turn; it is heard of whenever it does not compute. */
const TURN_MS = 120_000;
const RENEW_MS = 20_000;
const ASK_MS = 50;
/** Pieces of a file whose writer was cut off before the last of them. */
const UNLISTED_MS = 3_600_000;

const WRITE_IN_TURN = `if redis.call("GET", KEYS[1]) ~= ARGV[1] then return 0 end
redis.call("SET", KEYS[2], ARGV[2])
redis.call("HSET", KEYS[3], ARGV[3], ARGV[4])
return 1`;
const RENEW =
  `if redis.call("GET", KEYS[1]) == ARGV[1] then return redis.call("PEXPIRE", KEYS[1], ARGV[2]) end return 0`;
const RELEASE = `if redis.call("GET", KEYS[1]) == ARGV[1] then return redis.call("DEL", KEYS[1]) end return 0`;

/** What the list of files says of one. */
interface Listed {
  bytes: number;
  pieces: number;
  writtenAt: number;
}

type Client = Awaited<ReturnType<typeof clientOf>>;

/**
 * Files in a Redis: pieces under keys of their own, and a list of whole files, to which a file belongs once all its pieces
 * are there. What Redis has thrown away for want of memory is missing, and made again. The turn of writers is a key that
 * expires; what counts is changed by a script that looks at it first, so that a writer who lost the turn changes nothing.
 */
export class RedisFiles implements StoreFiles {
  readonly #client: Client;
  readonly #prefix: string;

  private constructor(client: Client, readonly place: string, prefix: string) {
    this.#client = client;
    this.#prefix = prefix;
  }

  static async connect(address: string, prefix: string): Promise<RedisFiles> {
    const place = address.replace(/\/\/[^@/]*@/, "//"); // without the password
    const client = await clientOf(address);
    client.on("error", () => {}); // told by the command that meets it
    try {
      await client.connect();
      await client.ping();
    } catch (error) {
      client.destroy();
      throw new Error(
        `Cannot open the feature store: a Redis must answer at ${place} and take the credentials, current answer is ${
          (error as Error).message || "none"
        }`,
      );
    }
    return new RedisFiles(client, place, prefix);
  }

  async read(name: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
    const listed = await this.#listed(name);
    if (!listed) return undefined;
    const content = new Uint8Array(listed.bytes);
    for (let piece = 0; piece < listed.pieces; piece++) {
      const bytes = await this.#client.get(this.#pieceKey(name, piece));
      const at = piece * PIECE_BYTES;
      if (!bytes || at + bytes.length > content.length) return undefined;
      content.set(bytes, at);
    }
    return content;
  }

  async size(name: string): Promise<number | undefined> {
    const listed = await this.#listed(name);
    if (!listed) return undefined;
    for (let piece = 0; piece < listed.pieces; piece++) {
      if (!await this.#client.exists(this.#pieceKey(name, piece))) return undefined;
    }
    return listed.bytes;
  }

  async write(name: string, content: Uint8Array | string): Promise<void> {
    const bytes = bytesOf(content);
    const pieces = Math.max(1, Math.ceil(bytes.length / PIECE_BYTES));
    for (let piece = 0; piece < pieces; piece++) {
      const part = Buffer.from(bytes.subarray(piece * PIECE_BYTES, (piece + 1) * PIECE_BYTES));
      await this.#client.set(this.#pieceKey(name, piece), part, { expiration: { type: "PX", value: UNLISTED_MS } });
    }
    const whole = this.#client.multi().hSet(this.#key("files"), name, listing(bytes, pieces));
    for (let piece = 0; piece < pieces; piece++) whole.persist(this.#pieceKey(name, piece));
    await whole.exec();
  }

  async remove(name: string): Promise<void> {
    const listed = await this.#listed(name);
    if (!listed) return;
    await this.#client.hDel(this.#key("files"), name);
    for (let piece = 0; piece < listed.pieces; piece++) await this.#client.del(this.#pieceKey(name, piece));
  }

  async list(): Promise<{ name: string; writtenAt: number }[]> {
    const files = await this.#client.hGetAll(this.#key("files"));
    return Object.entries(files).map(([name, text]) => ({ name, writtenAt: JSON.parse(String(text)).writtenAt }));
  }

  async takeTurn(deadline: number): Promise<WriterTurn | undefined> {
    const [key, token] = [this.#key("writer"), crypto.randomUUID()];
    const take = () => this.#client.set(key, token, { condition: "NX", expiration: { type: "PX", value: TURN_MS } });
    while (await take() === null) {
      if (currentTime().getTime() >= deadline) return undefined;
      await new Promise((resolve) => setTimeout(resolve, ASK_MS));
    }
    const call = (script: string, keys: string[], ...rest: (string | Buffer)[]) =>
      this.#client.eval(script, { keys: [key, ...keys], arguments: [token, ...rest] });
    const timer = setInterval(() => call(RENEW, [], String(TURN_MS)).catch(() => {}), RENEW_MS);
    return {
      write: async (name, content) => {
        const bytes = bytesOf(content);
        const keys = [this.#pieceKey(name, 0), this.#key("files")];
        const isWritten = await call(WRITE_IN_TURN, keys, Buffer.from(bytes), name, listing(bytes, 1));
        if (Number(isWritten) === 1) return;
        throw new Error(
          `Cannot write ${name} of the feature store: the turn to write at ${this.place} must last, it was lost after ${
            TURN_MS / 1000
          } s of silence; nothing was changed`,
        );
      },
      release: async () => {
        clearInterval(timer);
        await call(RELEASE, []);
      },
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#client.close();
  }

  async #listed(name: string): Promise<Listed | undefined> {
    const text = await this.#client.hGet(this.#key("files"), name);
    return text === null ? undefined : JSON.parse(String(text));
  }

  #key(part: string): string {
    return this.#prefix + part;
  }

  #pieceKey(name: string, piece: number): string {
    return this.#key(`file:${name}:${piece}`);
  }
}

/** The package is loaded by those who use a Redis and by no one else. */
async function clientOf(url: string) {
  const { createClient, RESP_TYPES } = await import("@redis/client");
  const socket = { reconnectStrategy: false as const, connectTimeout: 5_000 };
  return createClient({ url, socket }).withTypeMapping({ [RESP_TYPES.BLOB_STRING]: Buffer });
}

function bytesOf(content: Uint8Array | string): Uint8Array {
  return typeof content === "string" ? new TextEncoder().encode(content) : content;
}

function listing({ length: bytes }: Uint8Array, pieces: number): string {
  return JSON.stringify({ bytes, pieces, writtenAt: currentTime().getTime() } satisfies Listed);
}
