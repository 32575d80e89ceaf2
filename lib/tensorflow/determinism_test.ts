import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { hasNativeTensorflow } from "./_native_tensorflow.ts";

const script = fileURLToPath(new URL("_train_once.ts", import.meta.url));

async function trained(backend: string, env: Record<string, string> = {}): Promise<string> {
  const args = ["run", "-A", "--quiet", script, backend];
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), { args, env }).output();
  assert(success, new TextDecoder().decode(stderr));
  const values = new TextDecoder().decode(stdout);
  assert(JSON.parse(values).every(Number.isFinite));
  return values;
}

Deno.test("training on WebAssembly gives the same bits in every process", async () => {
  assert.equal(await trained("wasm"), await trained("wasm"));
});

const ignore = !hasNativeTensorflow(); // make tensorflow
Deno.test({ name: "training natively gives the same bits on one thread and on two", ignore }, async () => {
  const alone = await trained("native");
  assert.equal(await trained("native"), alone);
  assert.equal(await trained("native", { TF_NUM_INTRAOP_THREADS: "2" }), alone);
});
