import assert from "node:assert/strict";
import { contentHash, decodeValue, encodeValue } from "@lib/cache";
import { Panel } from "@lib/core";
import fc from "fast-check";

const throughBytes = (value: unknown) => {
  const { tree, blobs } = encodeValue(value);
  return decodeValue(tree, [...blobs.values()]);
};

const panel = Panel.fromRows({
  symbol: ["B", "A", "A"],
  date: ["2020-01-02", "2020-01-03", "2020-01-02"],
  columns: { close: Float64Array.of(3, NaN, 1), volume: Float64Array.of(-0, 2, Infinity) },
});

const everything = Object.freeze({
  scalars: [null, undefined, true, NaN, -NaN, Infinity, -Infinity, 0, -0, 5e-324, 1e21, 0.1 + 0.2, 2n ** 70n, -1n],
  texts: ["", "é\u0000\u2028", "\ud800 alone", "[]", '"', "undefined"],
  dates: [new Date("2020-01-02T03:04:05.678Z"), new Date(NaN)],
  map: new Map<unknown, unknown>([[{ a: 1 }, NaN], ["b", new Map()], [NaN, undefined]]),
  set: new Set([3, 1, "1", undefined]),
  arrays: [
    Float64Array.of(NaN, -0, 1e-310),
    Float32Array.of(0.1, NaN),
    Float16Array.of(0.5, NaN),
    Int8Array.of(-1),
    Uint8Array.of(255),
    Uint8ClampedArray.of(7),
    Int16Array.of(-300),
    Uint16Array.of(65535),
    Int32Array.of(-70000),
    Uint32Array.of(4e9),
    BigInt64Array.of(-1n),
    BigUint64Array.of(2n ** 64n - 1n),
    new Float64Array(0),
    new Float64Array([1, 2, 3, 4]).subarray(1, 3),
    new Uint8Array([1, 2, 3]).buffer,
  ],
  bare: Object.assign(Object.create(null), { constructor: 1 }),
  ["__proto__"]: ["array", "of a text like a tag"],
  panel,
});

Deno.test("`encodeValue()` and `decodeValue()` give back every kind of value exactly", () => {
  assert.deepEqual(throughBytes(everything), everything);
  const { panel: back } = throughBytes({ panel }) as { panel: Panel };
  assert.ok(back instanceof Panel);
  assert.deepEqual([back.names, back.symbolOf, back.rowsOfDay(0)], [panel.names, panel.symbolOf, panel.rowsOfDay(0)]);
  const keys = Object.keys(throughBytes({ z: 1, a: 2 }) as object);
  assert.deepEqual(keys, ["z", "a"]);
});

Deno.test("`encodeValue()` gives the same bytes for the same value, and others for another", () => {
  const one = encodeValue(everything);
  const again = encodeValue(throughBytes(everything));
  assert.equal(again.tree, one.tree);
  assert.deepEqual(again.blobs, one.blobs);
  assert.equal(contentHash(everything), one.hash);
  const strange = new Float64Array(new BigUint64Array([0xfff8000000000001n]).buffer);
  assert.equal(contentHash(strange), contentHash(Float64Array.of(NaN)));
  const distinct = [0, -0, "0", 0n, null, undefined, false, "", [], {}, new Map(), new Set(), ["undefined"], [[]]];
  assert.equal(new Set(distinct.map((value) => contentHash(value))).size, distinct.length);
  assert.notEqual(contentHash(panel.pick(["close", "volume"])), contentHash(panel.pick(["volume", "close"])));
  assert.notEqual(contentHash(Float64Array.of(0)), contentHash(BigInt64Array.of(0n)));
});

Deno.test("`decodeValue()` gives arrays that came from the same bytes apart", () => {
  const array = Float64Array.of(1, 2);
  const { tree, blobs } = encodeValue([array, array]);
  assert.equal(blobs.size, 1);
  const [one, other] = decodeValue(tree, [...blobs.values()]) as Float64Array[];
  one[0] = 7;
  assert.deepEqual(other, Float64Array.of(1, 2));
});

Deno.test("`decodeValue()` gives back whatever JSON and arrays can make", () => {
  const value = fc.anything({ withBigInt: true, withDate: true, withMap: true, withSet: true, withTypedArray: true });
  fc.assert(
    fc.property(value, (value) => {
      const { tree, blobs } = encodeValue(value);
      const whole = Uint8Array.from([...blobs.values()].flatMap((bytes) => [...bytes]));
      assert.deepEqual(decodeValue(tree, [whole]), value);
      assert.equal(encodeValue(decodeValue(tree, [whole])).tree, tree);
    }),
    { seed: 1, numRuns: 300 },
  );
});

Deno.test("`encodeValue()` refuses by name what could not be given back", () => {
  const circle: { self?: unknown } = {};
  circle.self = circle;
  class Model {}
  const refused: [unknown, RegExp][] = [
    [{ a: [new Model()] }, /Cannot keep value: .* value\.a\[0\] is a Model$/],
    [{ run: () => 1 }, /value\.run is a function/],
    [[Symbol("s")], /value\[0\] is a symbol/],
    [circle, /value\.self is a part of itself/],
    [[1, , 3], /value is an array with holes/], // deno-lint-ignore no-sparse-arrays
    [/x/g.exec("x"), /value is an array with holes or with properties of its own/],
    [{
      get now() {
        return 1;
      },
    }, /value\.now is no plain property/], // deno-fmt-ignore
    [{ [Symbol("s")]: 1 }, /no plain property/],
    [new Map([[1, Promise.resolve()]]), /value\[0\]\[1\] is a Promise/],
    [Object.assign(new Set(), { note: 1 }), /properties of its own/],
    [new Error("x"), /a Error/],
  ];
  for (const [value, message] of refused) assert.throws(() => encodeValue(value), { name: "TypeError", message });
});

Deno.test("`decodeValue()` finds bytes that were changed, cut off, added or taken from elsewhere", () => {
  const { tree, blobs } = encodeValue({ a: Float64Array.of(1, 2), b: Int32Array.of(3) });
  const pieces = [...blobs.values()];
  const [a, b] = pieces;
  const refused: [string, Uint8Array[], RegExp][] = [
    [tree, [a, Uint8Array.of(3, 0, 0, 1)], /the hash of numbers must be/],
    [tree, [b, a], /bytes must follow|the hash of numbers/],
    [tree, [a, b.subarray(1)], /4 bytes must follow, current number is 3/],
    [tree, [a], /4 bytes must follow, current number is 0/],
    [tree, [a, b, b], /no bytes must be left over/],
    [tree.slice(1), pieces, /the tree must be JSON/],
    ['["secret"]', [], /a tag must be known, current one is secret/],
  ];
  for (const [text, bytes, message] of refused) {
    assert.throws(() => decodeValue(text, bytes), { name: "SyntaxError", message });
  }
});
