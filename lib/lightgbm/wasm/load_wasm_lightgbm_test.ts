import assert from "node:assert/strict";
import { loadWasmLightgbm } from "./load_wasm_lightgbm.ts";

/** A module with what the loader needs of LightGBM: `malloc` is a trap, all else does nothing. */
const trapping = Uint8Array.from([
  ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
  ...section(1, [3, 0x60, 0, 1, 0x7f, 0x60, 1, 0x7f, 1, 0x7f, 0x60, 0, 0]), // () => i32, i32 => i32, () => nothing
  ...section(3, [3, 0, 1, 2]),
  ...section(5, [1, 0x00, 1]),
  ...section(7, [
    4,
    ...[...named("lightgbm_version"), 0, 0],
    ...[...named("malloc"), 0, 1],
    ...[...named("_initialize"), 0, 2],
    ...[...named("memory"), 2, 0],
  ]),
  ...section(10, [3, ...[4, 0, 0x41, 0, 0x0b], ...[3, 0, 0x00, 0x0b], ...[2, 0, 0x0b]]),
]);

function section(kind: number, content: number[]): number[] {
  return [kind, content.length, ...content];
}

function named(name: string): number[] {
  return [name.length, ...new TextEncoder().encode(name)];
}

Deno.test("loadWasmLightgbm() says what stopped a module, and lets nobody use it any more", async () => {
  const lightgbm = await loadWasmLightgbm(trapping);
  assert.throws(() => lightgbm.allocate(8), { name: "Error", message: /^the module was stopped: / });
  assert.throws(() => lightgbm.allocate(8), { name: "Error", message: /^the module was stopped before: / });
});

Deno.test("loadWasmLightgbm() takes a compiled module, and gives each its own memory", async () => {
  const module = await WebAssembly.compile(trapping);
  const [one, other] = [await loadWasmLightgbm(module), await loadWasmLightgbm(module)];
  one.view(0, 1)[0] = 7;
  assert.equal(other.view(0, 1)[0], 0);
  assert.equal(one.memoryBytes, 65_536);
});
