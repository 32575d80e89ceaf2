import assert from "node:assert/strict";
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
