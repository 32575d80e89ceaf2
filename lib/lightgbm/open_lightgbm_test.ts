import assert from "node:assert/strict";
import type { LightgbmInterface } from "./lightgbm_interface.ts";
import { openLightgbm } from "./open_lightgbm.ts";
import { wasmLightgbm } from "./wasm_lightgbm.ts";

const named = (engine: string) => ({ engine }) as LightgbmInterface;
const missing = () => {
  throw new Error("Cannot load LightGBM: the system must have libgomp.so.1");
};
const none = () => Promise.reject(new Error("Cannot load LightGBM as WebAssembly: run make wasm"));

Deno.test("openLightgbm() opens the native engine where it can", async () => {
  const wasm = () => Promise.resolve(named("wasm"));
  assert.equal((await openLightgbm({ native: () => named("native"), wasm })).engine, "native");
  assert.equal((await openLightgbm({ engine: "wasm", native: () => named("native"), wasm })).engine, "wasm");
});

Deno.test("openLightgbm() lets WebAssembly take over, and says so once", async () => {
  const said: string[] = [];
  const options = {
    native: missing,
    wasm: () => Promise.resolve(named("wasm")),
    warn: (words: string) => said.push(words),
  };
  assert.equal((await openLightgbm(options)).engine, "wasm");
  assert.equal((await openLightgbm(options)).engine, "wasm");
  assert.deepEqual(said, [
    "Cannot load LightGBM: the system must have libgomp.so.1. wasm takes over: the same trees, slower",
  ]);
});

Deno.test("openLightgbm() says why none opens", async () => {
  await assert.rejects(openLightgbm({ engine: "native", native: missing, wasm: none }), { message: /libgomp.so.1$/ });
  await assert.rejects(openLightgbm({ native: missing, wasm: none }), {
    message: /libgomp.so.1. Cannot .* make wasm$/,
  });
  // deno-lint-ignore no-explicit-any -- what a caller without types may hand in
  await assert.rejects(openLightgbm({ engine: "fast" as any }), { name: "RangeError", message: /native, wasm, best/ });
});

Deno.test("wasmLightgbm() says how to get what is missing", async () => {
  await assert.rejects(wasmLightgbm("/nowhere.wasm"), { message: /\/nowhere.wasm must be there, run make wasm/ });
});
