import assert from "node:assert/strict";
import type { Service } from "./service.ts";
import { SourceError, type SourceErrorKind } from "./source_error.ts";
import { withFakeService } from "./testdata/fake_service.ts";

const service: Service = {
  name: "numbers",
  rate: { perSecond: 100, burst: 100 },
  key: {
    variable: "NUMBERS_KEY",
    from: "https://example.org/keys",
    sign: (key) => ({ parameters: { token: key }, headers: { "X-Key": key } }),
  },
};
const question = { url: "https://example.org/numbers?of=A" };
const read = (bytes: Uint8Array): number[] => JSON.parse(new TextDecoder().decode(bytes));

const isError = (kind: SourceErrorKind, message: RegExp) => (error: unknown) =>
  error instanceof SourceError && error.kind === kind && message.test(error.message) &&
  !error.message.includes("key-of-a-test");

Deno.test("Connection.get() sends the key, and neither keeps nor tells it", () =>
  withFakeService(() => new Response("[1]"), async ({ connect, asked, headers, store }) => {
    const { value, record, isNew } = await connect().get(service, question, read);
    assert.deepEqual([value, isNew, record.url], [[1], true, question.url]);
    assert.equal(asked[0], "/numbers?of=A&token=key-of-a-test");
    assert.equal(headers[0].get("x-key"), "key-of-a-test");
    assert.equal((await store.history("numbers", question.url)).length, 1);
  }));

Deno.test("Connection.get() asks again after 5xx and 429, longer each time, and as long as Retry-After says", () =>
  withFakeService(
    (_, count) =>
      [
        new Response("busy", { status: 503 }),
        new Response("", { status: 500 }),
        new Response("slow down", { status: 429, headers: { "Retry-After": "7" } }),
        new Response("[2]"),
      ][count],
    async ({ connect, clock }) => {
      assert.deepEqual((await connect().get(service, question, read)).value, [2]);
      const [first, second, third] = clock.waited;
      assert.ok(first >= 500 && first <= 1000 && second >= 1000 && second <= 2000, String(clock.waited));
      assert.equal(third, 7000);
    },
  ));

Deno.test("Connection.get() takes its chance from the seed", async () => {
  const pauses = async (seed: number) => {
    let waited: number[] = [];
    await withFakeService((_, count) => new Response("[]", { status: count < 3 ? 502 : 200 }), async (fake) => {
      await fake.connect({ seed }).get(service, question, read);
      waited = fake.clock.waited;
    });
    return waited;
  };
  assert.deepEqual(await pauses(3), await pauses(3));
  assert.notDeepEqual(await pauses(3), await pauses(4));
});

Deno.test("Connection.get() gives up after its attempts, and keeps nothing", () =>
  withFakeService(() => new Response("down", { status: 503 }), async ({ connect, asked, store }) => {
    await assert.rejects(
      connect({ attempts: 3 }).get(service, question, read),
      isError("failed", /^Cannot fetch https:\/\/example\.org\/numbers\?of=A from numbers: .* answers 503: down$/),
    );
    assert.equal(asked.length, 3);
    assert.deepEqual(await store.history("numbers", question.url), []);
  }));

Deno.test("Connection.get() does not wait for longer than it may", () =>
  withFakeService(
    () => new Response("", { status: 429, headers: { "Retry-After": "86400" } }),
    async ({ connect, asked }) => {
      await assert.rejects(connect().get(service, question, read), isError("throttled", /must not be asked too often/));
      assert.equal(asked.length, 1);
    },
  ));

Deno.test("Connection.get() asks once where asking again does not help, and says what is wanted", async () => {
  const refusals: [number, SourceErrorKind, RegExp][] = [
    [401, "key", /must accept what NUMBERS_KEY holds \(https:\/\/example\.org\/keys\), currently it answers 401: no …/],
    [403, "key", /NUMBERS_KEY/],
    [404, "missing", /must know what is asked for/],
    [400, "failed", /answers 400/],
  ];
  for (const [status, kind, message] of refusals) {
    await withFakeService(() => new Response("no key-of-a-test", { status }), async ({ connect, asked }) => {
      await assert.rejects(connect().get(service, question, read), isError(kind, message));
      assert.equal(asked.length, 1);
    });
  }
});

Deno.test("Connection.get() asks again for an answer that is broken off or half", () =>
  withFakeService(
    (_, count) => [{ broken: "[1, 2", length: 500 }, new Response("[1, 2"), new Response("[1, 2]")][count],
    async ({ connect, asked, store }) => {
      assert.deepEqual((await connect().get(service, question, read)).value, [1, 2]);
      assert.equal(asked.length, 3);
      assert.equal((await store.history("numbers", question.url)).length, 1);
    },
  ));

Deno.test("Connection.get() says that an answer is not as documented", () =>
  withFakeService(() => new Response("<html>"), async ({ connect }) => {
    await assert.rejects(connect({ attempts: 2 }).get(service, question, read), isError("unreadable", /as documented/));
  }));

Deno.test("Connection.get() says that there is no network, and tells no key", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  listener.close(); // nobody listens there now
  await withFakeService(() => new Response(""), async ({ connect }) => {
    const closed = { url: `http://127.0.0.1:${port}/x` };
    await assert.rejects(
      connect({ fetch: globalThis.fetch, attempts: 2 }).get(service, closed, read),
      isError(
        "network",
        new RegExp(`network must lead to 127\\.0\\.0\\.1:${port} \\(numbers\\), currently there is no way`),
      ),
    );
  });
});

Deno.test("Connection.get() does not wait for ever for a service that says nothing", () =>
  withFakeService(
    async (_, count) => {
      if (count === 0) await new Promise((resolve) => setTimeout(resolve, 300));
      return new Response("[3]");
    },
    async ({ connect, asked }) => {
      assert.deepEqual((await connect({ timeoutSeconds: 0.1 }).get(service, question, read)).value, [3]);
      assert.equal(asked.length, 2);
    },
  ));

Deno.test("Connection.get() asks for a missing key before it asks the service", () =>
  withFakeService(() => new Response("[1]"), async ({ connect, asked }) => {
    const connection = connect({ environment: () => undefined });
    await assert.rejects(
      connection.get(service, question, read),
      isError(
        "key",
        /environment variable NUMBERS_KEY must be set \(https:\/\/example\.org\/keys\), currently it is not/,
      ),
    );
    assert.equal(asked.length, 0);
  }));

Deno.test("Connection.get() asks no more often than the rate allows, however many ask at once", () =>
  withFakeService(() => new Response("[1]"), async ({ connect, clock, asked }) => {
    const slow: Service = { name: "numbers", rate: { perSecond: 2, burst: 2 } };
    const [connection, begin] = [connect(), clock.now()];
    for (let count = 0; count < 8; count++) {
      await connection.get(slow, { url: `https://example.org/${count}` }, read);
    }
    assert.equal(asked.length, 8);
    assert.equal(clock.now() - begin, 3000);
  }));

Deno.test("Connection.get() uses what was kept while it is current, and asks where that is damaged", () =>
  withFakeService((_, count) => new Response(`[${count}]`), async ({ connect, folder }) => {
    const isCurrent = (_: number[], fetchedAt: Date, now: Date) => now.getTime() - fetchedAt.getTime() < 60_000;
    const connection = connect();
    const first = await connection.get(service, question, read, { isCurrent });
    assert.equal((await connection.get(service, question, read, { isCurrent })).isNew, false);
    await connection.clock.wait(60_000);
    assert.deepEqual((await connection.get(service, question, read, { isCurrent })).value, [1]);
    const { hash } = (await connection.get(service, question, read, { isCurrent })).record;
    await Deno.writeTextFile(`${folder}/objects/${hash.slice(0, 2)}/${hash}`, "[9]");
    assert.deepEqual((await connection.get(service, question, read, { isCurrent })).value, [2]);
    assert.notEqual(first.record.hash, hash);
  }));
