import assert from "node:assert/strict";
import { join, relative } from "node:path";
import { repositoryPath } from "@lib/core";
import { glob } from "zx";

/** What somebody writes who takes the two folders into a project of his own. */
const JUDGE = `
import { Panel, normalRandom, seededRandom, weekdays } from "@lib/core";
import { scorecard } from "@lib/f4";
const normal = normalRandom(seededRandom(3));
const [symbol, date]: [string[], string[]] = [[], []];
for (const day of weekdays("2020-01-01", 90)) for (const name of "ABCDEF") symbol.push(name), date.push(day);
const actual = Float64Array.from(symbol, () => 0.01 * normal());
const panel = Panel.fromRows({ symbol, date, columns: { actual, forecast: actual } });
console.log(scorecard(panel, { draws: 100 }).verdict.verdict);
`;

Deno.test("lib/f4 and lib/core, copied into an empty folder, pass the type check and judge", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const files = await glob(["lib/core/**/*", "lib/f4/**/*"], { cwd: repositoryPath(), absolute: true });
    for (const file of files.filter((path) => !/_test\.ts$|\/(testdata|bench)\//.test(path))) {
      const copy = join(folder, relative(repositoryPath(), file));
      await Deno.mkdir(join(copy, ".."), { recursive: true });
      await Deno.copyFile(file, copy);
    }
    const { imports } = JSON.parse(await Deno.readTextFile(repositoryPath("deno.json")));
    const needed = ["@lib/core", "@lib/f4", "nodejs-polars"];
    const config = { imports: Object.fromEntries(needed.map((name) => [name, imports[name]])) };
    await Deno.writeTextFile(join(folder, "deno.json"), JSON.stringify(config));
    await Deno.writeTextFile(join(folder, "judge.ts"), JUDGE);
    const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "--check", "--allow-read", "--allow-env", "--allow-ffi", "--allow-sys", "judge.ts"],
      cwd: folder,
      env: { NO_COLOR: "1" },
    }).output();
    assert.equal(code, 0, new TextDecoder().decode(stderr));
    assert.equal(new TextDecoder().decode(stdout), "suspected leak\n");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
