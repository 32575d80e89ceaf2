import { repositoryPath } from "@lib/core";
import assert from "node:assert/strict";
import { hasNativeTensorflow, registerNativeTensorflow } from "./_native_tensorflow.ts";
import { tf, useBackend } from "./mod.ts";

Deno.test("`useBackend()` computes values and gradients", async () => {
  for (const backend of ["cpu", "wasm"] as const) {
    const description = await useBackend({ backend });
    assert.deepEqual(description, {
      backend,
      device: "cpu",
      version: "4.22.0",
      engine: `tensorflow.js 4.22.0 ${backend}`,
    });
    assert.equal(tf.getBackend(), backend);
    const a = tf.tensor2d([[1, 2], [3, 4]]);
    assert.deepEqual([...tf.matMul(a, a).dataSync()], [7, 10, 15, 22]);
    assert.deepEqual([...tf.grad((x) => tf.sum(tf.square(x)))(a).dataSync()], [2, 4, 6, 8]);
  }
});

const name = "`useBackend()` computes natively";
Deno.test({ name, ignore: !hasNativeTensorflow() }, async () => {
  const { backend, engine } = await useBackend({ backend: "native" });
  assert.equal(backend, "native");
  assert.match(engine, /^tensorflow.js 4.22.0 native \(libtensorflow 2\.\d+\.\d+, [cg]pu\)$/);
  assert.deepEqual([...tf.grad((x) => tf.sum(tf.square(x)))(tf.tensor1d([1, 2])).dataSync()], [2, 4]);
});

Deno.test("`useBackend()` computes on WebGPU, after which nothing native may start", async () => {
  const code = `
    import assert from "node:assert/strict";
    import { tf, useBackend } from "@lib/tensorflow";
    if (!await navigator.gpu?.requestAdapter()) Deno.exit(); // none here
    const { engine } = await useBackend({ backend: "webgpu" });
    assert.match(engine, /^tensorflow.js 4.22.0 webgpu \\(.*, [cg]pu\\)$/);
    assert.deepEqual([...await tf.square(tf.tensor1d([1, 2])).data()], [1, 4]);
    await assert.rejects(useBackend({ backend: "native" }), /native must come before webgpu/);
  `;
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["eval", code],
    cwd: repositoryPath(),
  }).output();
  assert(success, new TextDecoder().decode(stderr));
});

Deno.test("`registerNativeTensorflow()` says what to do where the library was not set up", () => {
  const call = () => registerNativeTensorflow("/nowhere");
  assert.throws(call, { message: "Cannot use the native backend: it must be in /nowhere, run make tensorflow" });
});

Deno.test("`useBackend()` keeps what was chosen", async () => {
  const chosen = await useBackend({ backend: "cpu" });
  assert.equal(await useBackend(), chosen);
  assert.equal(await useBackend({ backend: "cpu" }), chosen);
});

Deno.test("`useBackend()` refuses a name it does not know", async () => {
  await assert.rejects(() => useBackend({ backend: "cuda" as "cpu" }), {
    name: "RangeError",
    message: "Cannot use a backend: its name must be one of native, webgpu, wasm, cpu, current value is cuda",
  });
});
