import YahooFinance from "yahoo-finance2";
import type { Connection, GetOptions, Got } from "../connection.ts";
import { yahooService } from "./yahoo_service.ts";

/** Options for a call of the package, of which its own reading of the answer is none. */
export type CallOptions = { fetch: typeof fetch; validateResult: false };

const silent = () => {};
const clients = new WeakMap<Connection, InstanceType<typeof YahooFinance>>();

function clientOf(connection: Connection) {
  let client = clients.get(connection);
  if (client === undefined) {
    client = new YahooFinance({
      suppressNotices: ["yahooSurvey"],
      versionCheck: false, // it would ask a registry
      validation: { logErrors: false, logOptionsErrors: false },
      // it warns that Deno is too old, taking the version of a stand-in of its own for Deno's
      logger: { info: silent, warn: silent, error: silent, debug: silent, dir: silent },
    });
    clients.set(connection, client);
  }
  return client;
}

/**
 * Asks Yahoo by the package yahoo-finance2, which knows its addresses and how cookies and crumbs are had; what it sends
 * goes through the connection, which waits, asks again and keeps, and what comes is read by us from the bytes.
 *
 * @param path How the path of the address begins under which the data are; all else is about cookies.
 */
export async function throughYahoo<Value>(
  connection: Connection,
  { path, call, read, isCurrent }: {
    path: string;
    call: (client: InstanceType<typeof YahooFinance>, options: CallOptions) => Promise<unknown>;
    read: (bytes: Uint8Array) => Value;
  } & GetOptions<Value>,
): Promise<Got<Value>> {
  let got: Got<Value> | undefined;
  const listening: typeof fetch = async (input, init = {}) => {
    const url = new URL(String(input));
    const { cookie = "", ...headers } = Object.fromEntries(new Headers(init.headers));
    const secret = { headers: { cookie }, parameters: {} as Record<string, string> };
    const crumb = url.searchParams.get("crumb");
    if (crumb !== null) secret.parameters.crumb = crumb;
    url.searchParams.delete("crumb");
    if (url.pathname.startsWith(path)) {
      got = await connection.get(yahooService, { url: url.href, headers, secret }, read, { isCurrent });
      return new Response(got.bytes);
    }
    const { status, headers: answered, bytes } = await connection.pass(yahooService, {
      ...{ url: url.href, headers, secret },
      method: init.method === "POST" ? "POST" : "GET",
      body: typeof init.body === "string" ? init.body : undefined,
      redirect: init.redirect === "manual" ? "manual" : "follow",
    });
    return new Response([204, 304].includes(status) ? null : bytes, { status, headers: answered });
  };
  await call(clientOf(connection), { fetch: listening, validateResult: false });
  return got!;
}
