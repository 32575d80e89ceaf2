import assert from "node:assert/strict";
import { join } from "node:path";
import { parameterSweep } from "./parameter_sweep.ts";
import { runNotebooks } from "./run_notebooks.ts";
import { sweepJobs } from "./sweep_jobs.ts";
import { codeCell } from "./testdata/code_cell.ts";

const folder = Deno.makeTempDirSync();
addEventListener("unload", () => Deno.removeSync(folder, { recursive: true }));

function write(...parts: string[]): string {
  const path = join(folder, ...parts);
  const cells = [
    codeCell("parameters", `let days = 1; let market = "a"; let outputFolder = "";`, ["parameters"]),
    codeCell("work", `await Deno.writeTextFile(outputFolder + "/left.txt", market + days);`),
  ];
  Deno.mkdirSync(join(path, ".."), { recursive: true });
  Deno.writeTextFileSync(path, JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 }));
  return path;
}

Deno.test("sweepJobs() gives each combination a folder that is named by what is swept", async () => {
  const paths = [write("a.ipynb"), write("b.ipynb")];
  const parameterSets = parameterSweep(`days=1|2 market="x/y"|"x:y"`);
  const jobs = await sweepJobs(paths, { parameterSets, outputFolder: join(folder, "out") });
  assert.deepEqual(jobs.slice(3, 6).map(({ name }) => name), [
    "a/days=2,market=x_y-2",
    "b/days=1,market=x_y",
    "b/days=1,market=x_y-2",
  ]);
  assert.equal(jobs[4].executedPath, join(folder, "out", "b", "days=1,market=x_y", "b.ipynb"));
  assert.deepEqual(jobs[5].swept, { days: "1", market: "x:y" });
});

Deno.test("sweepJobs() runs, and each job leaves notebook, page and files in its folder", async () => {
  const out = join(folder, "left");
  const jobs = await sweepJobs([write("c.ipynb")], {
    parameterSets: parameterSweep("days=3|4"),
    outputFolder: out,
    check: "none",
  });
  const runs = await runNotebooks(jobs, { memoryMb: 1e6 });
  assert.deepEqual(runs.map(({ status, failure }) => status + (failure ?? "")), ["ok", "ok"]);
  const left = Array.from(Deno.readDirSync(join(out, "days=4")), ({ name }) => name).sort();
  assert.deepEqual(left, ["c.html", "c.ipynb", "left.txt"]);
  assert.equal(Deno.readTextFileSync(join(out, "days=4", "left.txt")), "a4");
});

Deno.test("sweepJobs() leaves a single run in the folder itself, and tells notebooks of one name apart", async () => {
  const [one] = await sweepJobs([write("d.ipynb")], { outputFolder: folder });
  assert.deepEqual([one.name, one.pagePath, one.swept], ["d", join(folder, "d.html"), {}]);
  const two = await sweepJobs([write("e", "same.ipynb"), write("f", "same.ipynb")], { outputFolder: "/out" });
  assert.deepEqual(two.map(({ name, executedPath }) => [name, executedPath]), [
    ["e/same", "/out/e/same/same.ipynb"],
    ["f/same", "/out/f/same/same.ipynb"],
  ]);
});

Deno.test("sweepJobs() refuses a set that a notebook does not take", async () => {
  const path = write("g.ipynb");
  await assert.rejects(sweepJobs([path], { parameterSets: parameterSweep("days=1|x") }), /Cannot set parameter days/);
  const places = parameterSweep("days=1|2 outputFolder=here");
  await assert.rejects(sweepJobs([path], { parameterSets: places }), /outputFolder must be left to it/);
});
