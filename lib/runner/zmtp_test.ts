import assert from "node:assert/strict";
import { ZmtpSocket } from "./zmtp.ts";

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const GREETING = Uint8Array.from(
  { length: 64 },
  (_, i) => [0xff, , , , , , , , 1, 0x7f, 3, 0, 0x4e, 0x55, 0x4c, 0x4c][i] ?? 0,
);
const READY = Uint8Array.of(4, 6, 5, ...new TextEncoder().encode("READY"));

/** A peer that sends these bytes in pieces, then closes, and remembers what it was sent. */
function peer(bytes: Uint8Array, pieceBytes: number): { port: number; received: Promise<Uint8Array> } {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const received = (async () => {
    using connection = await listener.accept();
    listener.close();
    const reading = (async () => {
      const all: number[] = [];
      const piece = new Uint8Array(4096);
      for (let n; (n = await connection.read(piece).catch(() => null)) !== null;) all.push(...piece.subarray(0, n));
      return Uint8Array.from(all);
    })();
    for (let sent = 0; sent < bytes.length;) {
      sent += await connection.write(bytes.subarray(sent, sent + pieceBytes));
      if (pieceBytes < 100) await new Promise((go) => setTimeout(go, 1));
    }
    await connection.closeWrite();
    return await reading;
  })();
  return { port: (listener.addr as Deno.NetAddr).port, received };
}

async function listen(port: number, type: "DEALER" | "SUB"): Promise<Uint8Array[][]> {
  const socket = await ZmtpSocket.connect(port, type, "me");
  const messages = await Array.fromAsync(socket.messages());
  socket.close();
  return messages;
}

const long = (flags: number, body: Uint8Array) => {
  const header = new Uint8Array(9);
  header[0] = flags | 2;
  new DataView(header.buffer).setBigUint64(1, BigInt(body.length));
  return [...header, ...body];
};

Deno.test("ZmtpSocket puts messages together from pieces of any size", async () => {
  const big = Uint8Array.from({ length: 300 }, (_, i) => i % 251);
  const bytes = Uint8Array.of(...GREETING, ...READY, 1, 1, 0x61, ...long(0, big), 0, 0, 1, 2, 0x62, 0x63, 0, 1, 0x64);
  for (const pieceBytes of [7, 64, 10_000]) {
    const { port, received } = peer(bytes, pieceBytes);
    const messages = await listen(port, "DEALER");
    assert.deepEqual(messages, [
      [Uint8Array.of(0x61), big],
      [new Uint8Array(0)],
      [Uint8Array.of(0x62, 0x63), Uint8Array.of(0x64)],
    ]);
    await received;
  }
});

Deno.test("ZmtpSocket takes a message that is larger than its buffer", async () => {
  const huge = new Uint8Array(3_000_000).fill(7);
  const bytes = new Uint8Array(
    await new Blob([GREETING, READY, Uint8Array.of(2, 0, 0, 0, 0), new Uint8Array(4), huge]).arrayBuffer(),
  );
  new DataView(bytes.buffer).setBigUint64(GREETING.length + READY.length + 1, BigInt(huge.length));
  const { port, received } = peer(bytes, 1 << 20);
  const [[body]] = await listen(port, "SUB");
  assert.ok(body.length === huge.length && body.every((byte) => byte === 7));
  await received;
});

Deno.test("ZmtpSocket says who it is, subscribes to everything, and marks long frames", async () => {
  const { port, received } = peer(Uint8Array.of(...GREETING, ...READY), 10_000);
  const socket = await ZmtpSocket.connect(port, "SUB");
  await socket.send([Uint8Array.of(9), new Uint8Array(256)]);
  socket.close();
  const bytes = await received;
  assert.deepEqual(bytes.subarray(0, 12), Uint8Array.of(0xff, 0, 0, 0, 0, 0, 0, 0, 1, 0x7f, 3, 0));
  assert.equal(text(bytes.subarray(12, 16)), "NULL");
  const after = bytes.subarray(64);
  assert.equal(text(after.subarray(3, 8)), "READY");
  assert.equal(text(after.subarray(9, 20)), "Socket-Type");
  assert.equal(text(after.subarray(24, 27)), "SUB");
  const rest = after.subarray(27).filter((_, i, all) => i < 3 || i >= all.length - 268);
  assert.deepEqual(rest.subarray(0, 3), Uint8Array.of(0, 1, 1));
  assert.deepEqual(rest.subarray(3), Uint8Array.of(1, 1, 9, 2, 0, 0, 0, 0, 0, 0, 1, 0, ...new Uint8Array(256)));
});

Deno.test("ZmtpSocket.connect() fails where nobody listens", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr as Deno.NetAddr;
  listener.close();
  await assert.rejects(ZmtpSocket.connect(port, "DEALER"), Deno.errors.ConnectionRefused);
});
