import assert from "node:assert/strict";
import { tf, useBackend } from "@lib/tensorflow";
import { lossNamed, lossNames, lossSlopes, saveLoss } from "./mod.ts";

interface GoldenCase {
  name: string;
  options: Record<string, number>;
  actual: number[][];
  forecast: number[][];
  value: number;
  gradient: number[][];
}
const golden = JSON.parse(await Deno.readTextFile(new URL("testdata/losses.json", import.meta.url)));
const cases: GoldenCase[] = golden.cases;
const ROUNDING = 3e-5; // single precision, against double

const { backend: best } = await useBackend();
const backends = new Set([best, "wasm", "cpu"] as const);
await useBackend({ backend: "cpu" });

const close = (one: number, other: number) => Math.abs(one - other) < ROUNDING * (1 + Math.abs(other));

function computed({ name, options, actual, forecast }: GoldenCase) {
  const [y, f, weights] = [tf.tensor2d(actual), tf.tensor2d(forecast), tf.tensor1d(golden.weights)];
  const loss = lossNamed(name, options);
  const { value, grad } = tf.valueAndGrad((f) => loss.compute(y, f as tf.Tensor2D, weights))(f);
  return { value: value.dataSync()[0], gradient: grad.arraySync() as number[][] };
}

for (const told of cases) {
  Deno.test(`lossNamed("${told.name}", ${JSON.stringify(told.options)}) has the value and gradient of its formula`, async () => {
    assert.ok(told.value !== 0, "a value of 0 would show nothing");
    for (const backend of backends) {
      await useBackend({ backend });
      const { value, gradient } = computed(told);
      assert.ok(close(value, told.value), `${value} on ${backend}, wanted ${told.value}`);
      gradient.flat().forEach((slope, at) => {
        const wanted = told.gradient.flat()[at];
        assert.ok(close(slope, wanted), `slope ${at} is ${slope} on ${backend}, wanted ${wanted}`);
      });
    }
  });
}

Deno.test("lossNames names each loss, and each has a golden case", () => {
  assert.deepEqual([...new Set(cases.map(({ name }) => name))].sort(), lossNames);
});

Deno.test("a loss that is called differentiable sees all of its value in the gradient, and no other", () => {
  const rows = Array.from({ length: 40 }, (_, row) => [0.6 * Math.sin(row * row)]);
  const said = Array.from({ length: 40 }, (_, row) => [0.5 * Math.sin(row * row + 0.9) + 0.002]);
  for (const name of lossNames) {
    const { outputs, differentiable, compute } = lossNamed(name);
    if (outputs !== undefined && outputs > 1 || /binary|qlike/.test(name)) continue; // smooth by their golden gradients
    const actual = tf.tensor2d(rows);
    // Along a line that carries all forecasts above 0, the integral of the slope is the change of the value.
    const at = (shift: number) => tf.tensor2d(said.map(([value]) => [value + shift]));
    const [from, to, steps] = [-0.1, 0.7, 500];
    let integral = 0;
    for (let step = 0; step < steps; step++) {
      const forecast = at(from + (step + 0.5) * (to - from) / steps);
      const slope = tf.grad((f) => compute(actual, f as tf.Tensor2D))(forecast);
      integral += tf.sum(slope).dataSync()[0] * (to - from) / steps;
    }
    const change = compute(actual, at(to)).dataSync()[0] - compute(actual, at(from)).dataSync()[0];
    const isSeen = Math.abs(integral - change) < 2e-3;
    assert.equal(isSeen, differentiable, `${name}: integral ${integral}, change ${change}`);
  }
});

Deno.test("sign_balance has no gradient however large its weight, and smooth_sign_balance has one", () => {
  const actual = tf.tensor2d([[0.1], [-0.2], [0.3]]);
  const forecast = tf.tensor2d([[0.01], [0.02], [-0.01]]);
  const steepest = (name: string, weight: number) => {
    const { compute } = lossNamed(name, { weight });
    return tf.max(tf.abs(tf.grad((f) => compute(actual, f as tf.Tensor2D))(forecast))).dataSync()[0];
  };
  for (const name of ["sign_balance", "sign_variance_floor"]) {
    for (const weight of [0.15, 0.15 * 80, 1e6]) assert.equal(steepest(name, weight), 0, name);
  }
  assert.ok(steepest("smooth_sign_balance", 0.15) > 0.01);
});

Deno.test("a saved loss is the same one in a process that knows nothing but its JSON", async () => {
  const told = cases.map(({ name, options, actual, forecast }) => ({
    saved: saveLoss(lossNamed(name, options)),
    actual,
    forecast,
  }));
  const program = `
    import { lossNamed } from "@lib/losses";
    import { tf, useBackend } from "@lib/tensorflow";
    await useBackend({ backend: "cpu" });
    const told = JSON.parse(Deno.env.get("TOLD"));
    const values = told.map(({ saved: { name, options }, actual, forecast }) =>
      lossNamed(name, options).compute(tf.tensor2d(actual), tf.tensor2d(forecast)).dataSync()[0]);
    console.log(JSON.stringify(values));`;
  const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["eval", "--quiet", program],
    cwd: import.meta.dirname,
    env: { TOLD: JSON.stringify(told) },
  }).output();
  const values = told.map(({ saved, actual, forecast }) =>
    lossNamed(saved.name, saved.options).compute(tf.tensor2d(actual), tf.tensor2d(forecast)).dataSync()[0]
  );
  assert.deepEqual(JSON.parse(new TextDecoder().decode(stdout) || "[]"), values, new TextDecoder().decode(stderr));
});

Deno.test("a missing number makes a loss missing, and nothing takes its place, on each backend", async () => {
  const row = 3;
  const without = (table: number[][], column: number) => table.with(row, table[row].with(column, NaN));
  for (const backend of backends) {
    await useBackend({ backend });
    for (const { name, options, actual, forecast } of cases) {
      const { compute } = lossNamed(name, options);
      const lacking = [
        [without(actual, 0), forecast],
        ...forecast[row].map((_, column) => [actual, without(forecast, column)]),
      ];
      for (const [y, f] of lacking) {
        const value = compute(tf.tensor2d(y), tf.tensor2d(f)).dataSync()[0];
        assert.ok(Number.isNaN(value), `${name} on ${backend} is ${value}`);
      }
    }
  }
});

Deno.test("multiclass_focal makes no class of an outcome that is none", () => {
  for (const outcome of [0.5, 3, -1]) {
    const value = lossNamed("multiclass_focal").compute(tf.tensor2d([[outcome]]), tf.tensor2d([[0.2, 0.3, 0.5]]));
    assert.ok(Number.isNaN(value.dataSync()[0]), `of ${outcome}`);
  }
});

Deno.test("lossNamed() and compute() refuse what they cannot use", () => {
  const refuses = (work: () => unknown, message: RegExp) => assert.throws(work, { message });
  refuses(() => lossNamed("hubert"), /its name must be among anti_collapse_directional, .*, current name is hubert/);
  refuses(() => lossNamed("toString"), /current name is toString/);
  refuses(() => lossNamed("huber", { delta: 0 }), /make the loss huber: delta must/);
  refuses(() => lossNamed("huber", { gamma: 1 }), /options must be among delta, current one is gamma/);
  refuses(() => lossNamed("pinball", { levels: [0.5, 1] }), /levels must/);
  refuses(() => lossNamed("pinball", { levels: [] }), /levels must have at least one number/);
  refuses(() => lossNamed("pinball", { levels: 0.5 }), /levels must be a list of numbers, current value is 0.5/);
  refuses(
    () => lossNamed("pinball").compute(tf.zeros([4, 1]), tf.zeros([4, 2])),
    /shapes \(4, 1\), \(4, 3\), \(4\), current shapes are \(4, 1\), \(4, 2\)/,
  );
  refuses(() => lossSlopes(lossNamed("huber"), { actual: [1], forecast: [1, 2] }), /actual/);
  refuses(() => lossNamed("huber").compute(tf.zeros([0, 1]), tf.zeros([0, 1])), /must have rows/);
});
