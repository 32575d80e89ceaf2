import assert from "node:assert/strict";
import { join } from "node:path";
import { differences, runScene } from "./elsewhere/run_scene.ts";
import type { Scene } from "./elsewhere/scene.ts";
import { scenes } from "./elsewhere/scene.ts";

const folder = Deno.makeTempDirSync();
addEventListener("unload", () => Deno.removeSync(folder, { recursive: true }));
const small = { notebook: "pipelines/elsewhere/testdata/small.ipynb", parameters: { seed: 1 } };
const named = (name: string) => scenes.find((scene) => scene.name.startsWith(name))!;

async function digestsIn(scene: Scene): Promise<Record<string, string>> {
  const result = await runScene(scene, { ...small, outputFolder: join(folder, scene.name) });
  if ("problem" in result) assert.fail(`${scene.name}: ${result.problem}`);
  return result.digests;
}

Deno.test("a notebook leaves the same bytes elsewhere, and what depends on the place is found", async () => {
  const all: Scene = {
    name: "everything else at once",
    prefix: ["taskset", "-c", "0", ...named("fresh memory").prefix!],
    environment: {
      ...named("eight threads").environment,
      ...named("locale of Egypt").environment,
      ...named("time zone 14").environment,
      ...named("no home folder").environment,
      ...named("processor features").environment,
      GLIBC_TUNABLES: ["fresh memory", "processor features"].map((name) => named(name).environment!.GLIBC_TUNABLES)
        .join(":"),
    },
    umask: "077",
    holds: (facts) =>
      ["one core", "locale of Egypt", "time zone 14", "no home folder", "files for the owner"]
        .every((name) => named(name).holds!(facts)),
  };
  const [usual, other] = await Promise.all([digestsIn(scenes[0]), digestsIn(all)]);
  assert.deepEqual(differences(usual, other), ["cell 8", "planted.json"]);
  assert.ok(["metrics", "frames/forecasts.parquet", "figures/forecasts.png"].every((name) => name in usual));
  const program = await digestsIn({ name: "without a kernel", asProgram: true });
  assert.deepEqual(differences(usual, program), []);
});

Deno.test("runScene() says what could not be arranged", async () => {
  const problem = async (scene: Scene) => {
    const result = await runScene(scene, { ...small, outputFolder: join(folder, scene.name) });
    return "problem" in result ? result.problem : "none";
  };
  assert.equal(await problem({ name: "missing", prefix: ["no-such-program"] }), "no-such-program is not installed");
  assert.match(await problem({ name: "broken", root: folder }), /Module not found|Cannot find|No such file|deno.json/i);
});
