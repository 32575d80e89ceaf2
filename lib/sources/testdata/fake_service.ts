import { Connection, type ConnectionOptions } from "../connection.ts";
import { RawStore } from "../raw_store.ts";

/** What a fake service does with a request; `socket` breaks off in the middle of the answer. */
export type Reply = Response | { broken: string; length: number };

/** A server on this machine that plays services, and all that was asked of it. */
export interface FakeService {
  /** In place of the runtime's own: every address leads to the server. */
  fetch: typeof fetch;
  /** Path and query of each request. */
  asked: string[];
  headers: Headers[];
  /** A clock that jumps instead of waiting. */
  clock: { now(): number; wait(milliseconds: number): Promise<void>; waited: number[] };
  folder: string;
  store: RawStore;
  connect(options?: Partial<ConnectionOptions>): Connection;
}

/**
 * Runs a test against a server that answers by a function of path and query and of how often it was asked before.
 *
 * @param now First instant of the clock.
 */
export async function withFakeService(
  reply: (url: URL, count: number) => Reply | Promise<Reply>,
  use: (service: FakeService) => Promise<void>,
  { now = Date.parse("2024-01-17T12:00:00Z") }: { now?: number } = {},
): Promise<void> {
  const [asked, headers, waited]: [string[], Headers[], number[]] = [[], [], []];
  const raw = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const rawPort = raw.addr.port;
  const breaking = breakOff(raw);
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, async (request) => {
    const url = new URL(request.url);
    asked.push(url.pathname + url.search);
    headers.push(request.headers);
    const given = await reply(url, asked.length - 1);
    if (given instanceof Response) return given;
    return Response.redirect(`http://127.0.0.1:${rawPort}/?${new URLSearchParams({ text: given.broken, length: String(given.length) })}`);
  });
  const folder = await Deno.makeTempDir();
  const clock = {
    waited,
    now: () => now,
    wait: (milliseconds: number) => Promise.resolve(void (waited.push(milliseconds), now += milliseconds)),
  };
  const reroute: typeof fetch = (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    return fetch(`http://127.0.0.1:${server.addr.port}${url.pathname}${url.search}`, init);
  };
  const store = new RawStore(folder);
  const connect = (options: Partial<ConnectionOptions> = {}) =>
    new Connection({ store, fetch: reroute, clock, environment: () => "key-of-a-test", ...options });
  try {
    await use({ fetch: reroute, asked, headers, clock, folder, store, connect });
  } finally {
    await server.shutdown();
    raw.close();
    await breaking;
    await Deno.remove(folder, { recursive: true });
  }
}

/** Promises more bytes than it sends, and hangs up. */
async function breakOff(listener: Deno.Listener): Promise<void> {
  for await (const connection of listener) {
    const bytes = new Uint8Array(4000);
    const length = await connection.read(bytes) ?? 0;
    const path = new TextDecoder().decode(bytes.subarray(0, length)).split(" ")[1] ?? "/";
    const query = new URL(path, "http://localhost").searchParams;
    const head = `HTTP/1.1 200 OK\r\nContent-Length: ${query.get("length")}\r\n\r\n`;
    await connection.write(new TextEncoder().encode(head + query.get("text")));
    connection.close();
  }
}
