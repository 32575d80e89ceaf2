import assert from "node:assert/strict";
import { MessageCodec } from "./message.ts";

Deno.test("MessageCodec reads what it signed, also behind routing frames", () => {
  const codec = new MessageCodec("key", "session");
  const { id, frames } = codec.encode("execute_request", { code: "é" });
  const routed = [Uint8Array.of(1, 2), ...frames];
  assert.deepEqual(codec.decode(routed), {
    type: "execute_request",
    id,
    parentId: "",
    metadata: {},
    content: { code: "é" },
  });
});

Deno.test("MessageCodec signs as the Jupyter protocol says", async () => {
  const { frames } = new MessageCodec("secret", "session").encode("kernel_info_request", {});
  const bytes = new Uint8Array(await new Blob(frames.slice(2) as BlobPart[]).arrayBuffer());
  const usage: KeyUsage[] = ["sign"];
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", new TextEncoder().encode("secret"), algorithm, false, usage);
  const signature = new Uint8Array(await crypto.subtle.sign("HMAC", key, bytes)).toHex();
  assert.equal(new TextDecoder().decode(frames[1]), signature);
});

Deno.test("MessageCodec refuses messages of another key, changed ones, and what is none", () => {
  const codec = new MessageCodec("key", "session");
  const { frames } = codec.encode("status", {});
  assert.throws(() => new MessageCodec("other", "session").decode(frames), /its signature must fit our key/);
  assert.throws(() => codec.decode(frames.with(5, new TextEncoder().encode("[]"))), /its signature must fit our key/);
  assert.throws(() => codec.decode([Uint8Array.of(1)]), { name: "SyntaxError", message: /must have a delimiter/ });
});
