import assert from "node:assert/strict";
import { repositoryPath } from "@lib/core";

/** Trains on made-up rows, says each round, and at the end what the weights come to. */
const program = `
  import { sha256, stableJson } from "@lib/core";
  import { fitNetwork } from "@lib/models";
  const [rows, columns] = [480, ["a", "b"]];
  const values = Float32Array.from({ length: 2 * rows }, (_, at) => Math.sin(at * at));
  const all = { values, rows, columns };
  const at = Int32Array.from({ length: rows }, (_, row) => row);
  const features = { ...all, history: { all, at, first: new Int32Array(rows) } };
  const target = Float64Array.from(at, (row) => Math.sin(row * row + 1));
  const part = { features, target, day: at };
  using model = await fitNetwork({ ...part, stop: part }, {
    network: { name: "lstm_transformer", options: { lstmUnits: 4, width: 4, heads: 2, feedForward: 6, dropout: 0.1 } },
    steps: 4, epochs: 6, batchRows: 40, patience: 6, seed: 3,
    checkpoints: Deno.args[0],
    onEpoch: ({ epoch }) => console.log(\`round \${epoch}\`),
  });
  const { weights, epochs } = model.state;
  const plain = Object.entries(weights).map(([name, { values }]) => [name, [...values]]);
  console.log("weights " + sha256(stableJson([plain, epochs])));`;

interface Told {
  rounds: number[];
  weights?: string;
}

/** Runs the program, and kills it a while after it has said its first round, or lets it end. */
async function train(folder: string, killAfterMs?: number): Promise<Told> {
  const process = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "-A",
      "--quiet",
      "--no-check",
      `--config=${repositoryPath("deno.json")}`,
      `${folder}/train.ts`,
      folder,
    ],
    env: { LAB_TF_BACKEND: "cpu" },
    cwd: repositoryPath(),
    stdout: "piped",
  }).spawn();
  let text = "";
  for await (const chunk of process.stdout.pipeThrough(new TextDecoderStream())) {
    const isFirst = !text.includes("round") && chunk.includes("round");
    text += chunk;
    if (isFirst && killAfterMs !== undefined) setTimeout(() => process.kill("SIGKILL"), killAfterMs);
  }
  await process.status;
  return {
    rounds: [...text.matchAll(/round (\d+)/g)].map(([, round]) => Number(round)),
    weights: text.match(/weights (\w+)/)?.[1],
  };
}

Deno.test("a training that is killed again and again comes to the weights of one that is not, to the last bit", async () => {
  const [killed, whole] = [await Deno.makeTempDir(), await Deno.makeTempDir()];
  for (const folder of [killed, whole]) await Deno.writeTextFile(`${folder}/train.ts`, program);
  const wanted = await train(whole);
  assert.deepEqual(wanted.rounds, [1, 2, 3, 4, 5, 6]);
  const lives = [];
  for (const killAfterMs of [0, 25]) lives.push(await train(killed, killAfterMs));
  assert.ok(lives.every(({ weights }) => weights === undefined), "it ended before it was killed");
  const last = await train(killed);
  assert.ok(last.rounds[0] > 1, "nothing was kept");
  assert.equal(last.weights, wanted.weights);
  for (const folder of [killed, whole]) await Deno.remove(folder, { recursive: true });
});
