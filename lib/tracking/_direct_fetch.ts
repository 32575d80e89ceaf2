type Fetch = typeof globalThis.fetch;

const proxyVariables = ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"];

let pastProxy: Deno.HttpClient | undefined;

/**
 * The global fetch, or, where the server is on this machine and a proxy is configured, a fetch that goes past the proxy:
 * Deno would otherwise ask the proxy for 127.0.0.1, which is another machine there.
 */
export function directFetch(trackingUri: string): Fetch {
  if (!needsNoProxy(trackingUri)) return globalThis.fetch;
  const client = pastProxy ??= withoutProxy(() => Deno.createHttpClient({}));
  return (input, init) => globalThis.fetch(input, { ...init, client });
}

/**
 * A fetch that sends a request once. The global one repeats a request by itself, a POST too, when a connection that it
 * had kept open breaks (denoland/deno#35610): here none is kept.
 */
export function onceFetch(trackingUri: string): Fetch {
  return async (input, init) => {
    const make = () => Deno.createHttpClient({ poolMaxIdlePerHost: 0 });
    using client = needsNoProxy(trackingUri) ? withoutProxy(make) : make();
    const answer = await globalThis.fetch(input, { ...init, client });
    const { status, statusText, headers } = answer;
    return new Response(await answer.arrayBuffer(), { status, statusText, headers }); // read before the client closes
  };
}

function needsNoProxy(trackingUri: string): boolean {
  const { hostname } = new URL(trackingUri);
  const onThisMachine = hostname === "localhost" || hostname === "[::1]" || hostname.startsWith("127.");
  return onThisMachine && proxyVariables.some((name) => Deno.env.get(name));
}

/** A client reads the variables once, when it is made, and there is no option that says "no proxy". */
function withoutProxy(make: () => Deno.HttpClient): Deno.HttpClient {
  const before = Deno.env.get("NO_PROXY");
  Deno.env.set("NO_PROXY", "127.0.0.1,localhost,::1");
  try {
    return make();
  } finally {
    if (before === undefined) Deno.env.delete("NO_PROXY");
    else Deno.env.set("NO_PROXY", before);
  }
}
