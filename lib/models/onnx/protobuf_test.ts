import assert from "node:assert/strict";
import { ProtobufMessage } from "./protobuf.ts";

Deno.test("ProtobufMessage writes the examples of the encoding's own description", () => {
  // https://protobuf.dev/programming-guides/encoding: field 1 is 150; field 2 is "testing"; field 3 is the first.
  const first = new ProtobufMessage().integer(1, 150);
  assert.deepEqual(Array.from(first.encode()), [0x08, 0x96, 0x01]);
  const testing = [0x12, 0x07, 0x74, 0x65, 0x73, 0x74, 0x69, 0x6e, 0x67];
  assert.deepEqual(Array.from(new ProtobufMessage().bytes(2, "testing").encode()), testing);
  assert.deepEqual(Array.from(new ProtobufMessage().bytes(3, first).encode()), [0x1a, 0x03, 0x08, 0x96, 0x01]);
});

Deno.test("ProtobufMessage writes numbers beyond 32 bits, and refuses those that are not whole", () => {
  const bytes = new ProtobufMessage().integer(20, 2 ** 40).encode();
  assert.deepEqual(Array.from(bytes), [0xa0, 0x01, 0x80, 0x80, 0x80, 0x80, 0x80, 0x20]);
  for (const value of [-1, 0.5, NaN, 2 ** 53]) {
    assert.throws(() => new ProtobufMessage().integer(1, value), { name: "RangeError" });
  }
});
