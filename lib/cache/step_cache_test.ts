import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { StepCache, type StepCacheOptions, StepStore } from "@lib/cache";
import { Panel } from "@lib/core";

/** What the steps of these tests use: the project in the temporary folder exports the same names. */
let doubling = (value: number) => 2 * value;
const double = (value: number) => doubling(value);
const triple = (value: number) => 3 * value;

const PROJECT = {
  "deno.json": `{ "imports": { "@lib/a": "./lib/a/mod.ts" } }`,
  "deno.lock": "{}",
  "lib/a/mod.ts": `export * from "./double.ts"; export * from "./triple.ts";`,
  "lib/a/double.ts": `import { two } from "./two.ts"; export const double = (value: number) => two * value;`,
  "lib/a/two.ts": `export const two = 2;`,
  "lib/a/triple.ts": `const three = 3; export function triple(value: number) { return three * value; }`,
};

class Project implements AsyncDisposable {
  readonly root = Deno.makeTempDirSync();
  readonly notices: string[] = [];
  readonly store = new StepStore(join(this.root, "data/derived/steps"));

  constructor() {
    for (const [path, text] of Object.entries(PROJECT)) this.write(path, text);
  }

  write(path: string, text: string): void {
    Deno.mkdirSync(dirname(join(this.root, path)), { recursive: true });
    Deno.writeTextFileSync(join(this.root, path), text);
  }

  /** As a process that begins now would have it. */
  cache(options: Partial<StepCacheOptions> = {}): StepCache {
    return new StepCache(this.store, {
      root: this.root,
      lockFiles: ["deno.lock", "python.lock"],
      codeReadAt: Infinity,
      onNotice: (sentence) => this.notices.push(sentence),
      ...options,
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Deno.remove(this.root, { recursive: true });
  }
}

const doubled = (cache: StepCache, value = 4) => cache.remember("doubled", { value }, ({ value }) => double(value));
const tripled = (cache: StepCache, value = 4) => cache.remember("tripled", { value }, ({ value }) => triple(value));

async function outcomes(cache: StepCache): Promise<string[]> {
  return [await doubled(cache), await tripled(cache)].map(({ record }) => record.outcome);
}

Deno.test("`StepCache.remember()` computes once, and notes what the step hangs on", async () => {
  await using project = new Project();
  const ticks = [0, 1500, 2000, 2250];
  const cache = project.cache({ clock: () => ticks.shift()! });
  const first = await doubled(cache);
  const second = await doubled(cache);
  assert.deepEqual([first.value, second.value], [8, 8]);
  assert.deepEqual(first.record, {
    name: "doubled",
    key: first.record.key,
    output: first.record.output,
    inputs: { value: first.record.inputs.value },
    code: ["lib/a/double.ts", "lib/a/two.ts"],
    outcome: "computed",
    seconds: 1.5,
  });
  assert.deepEqual(second.record, { ...first.record, outcome: "kept", seconds: 0.25 });
  assert.equal((await doubled(project.cache(), 5)).record.outcome, "computed");
  assert.deepEqual(project.notices, []);
});

Deno.test("`StepCache.remember()` computes again what a changed line stands behind, and nothing else", async () => {
  await using project = new Project();
  assert.deepEqual(await outcomes(project.cache()), ["computed", "computed"]);
  assert.deepEqual(await outcomes(project.cache()), ["kept", "kept"]);
  project.write("lib/a/two.ts", `export const two = 2.0;`);
  assert.deepEqual(await outcomes(project.cache()), ["computed", "kept"]);
  project.write("lib/a/triple.ts", PROJECT["lib/a/triple.ts"].replace("three = 3", "three = 3.0"));
  assert.deepEqual(await outcomes(project.cache()), ["kept", "computed"]);
  project.write("lib/a/two.ts", PROJECT["lib/a/two.ts"]);
  assert.deepEqual(await outcomes(project.cache()), ["kept", "kept"], "back at the first text, the first entry serves");
  project.write("lib/a/mod.ts", `${PROJECT["lib/a/mod.ts"]} // a front door computes nothing`);
  assert.deepEqual(await outcomes(project.cache()), ["kept", "kept"]);
  project.write("deno.lock", `{ "version": "5" }`);
  assert.deepEqual(await outcomes(project.cache()), ["computed", "computed"]);
});

Deno.test("`StepCache.remember()` tells steps apart by their text and by the functions among their inputs", async () => {
  await using project = new Project();
  const cache = project.cache();
  const applied = async (models: Record<string, (value: number) => number>, factor = 1) => {
    const inputs = { models, factor };
    const step = await cache.remember(
      "applied",
      inputs,
      ({ models }) => Object.values(models).map((model) => model(1)),
    );
    return [step.value, step.record.outcome];
  };
  const factor = 1;
  const build = (text: string) => new Function("triple", "factor", `return ${text}`)(triple, factor);
  assert.deepEqual(await applied({ a: build("(value) => factor * triple(value)") }), [[3], "computed"]);
  assert.deepEqual(await applied({ a: build("(value) => factor * triple(value)") }), [[3], "kept"]);
  assert.deepEqual(await applied({ a: build("(value) => factor * triple(value) + 0") }), [[3], "computed"]);
  assert.deepEqual((await applied({ a: build("(value) => factor * triple(value)") }, 2))[1], "computed");
  project.write("lib/a/triple.ts", PROJECT["lib/a/triple.ts"] + " ");
  const changed = await project.cache().remember(
    "applied",
    { models: { a: build("(value) => factor * triple(value)") }, factor },
    ({ models }) => Object.values(models).map((model) => model(1)),
  );
  assert.equal(changed.record.outcome, "computed");
  assert.deepEqual(changed.record.code, ["lib/a/triple.ts"]);
});

Deno.test("`StepCache.remember()` takes a function of the project by name, though it uses names of its own file", async () => {
  await using project = new Project();
  const withOwn = (name: string) => new Function(name, `return function triple(value) { return ${name} * value; }`)(3);
  const applied = (own: (value: number) => number) => project.cache().remember("own", { own }, ({ own }) => own(1));
  const { value, record } = await applied(withOwn("three"));
  assert.deepEqual([value, record.code], [3, ["lib/a/triple.ts"]]);
  await assert.rejects(applied(withOwn("four")), /Cannot keep the step own \(own\): .* also uses four$/);
});

Deno.test("`StepCache.remember()` refuses code that hangs on more than its inputs", async () => {
  await using project = new Project();
  const cache = project.cache();
  const seed = 1;
  await assert.rejects(cache.remember("fit", { value: 1 }, ({ value }) => value + seed), {
    name: "TypeError",
    message:
      "Cannot keep the step fit: its code must use only its inputs (value), exports of the project and the language, " +
      "current one also uses seed",
  });
  const model = () => seed;
  await assert.rejects(
    cache.remember("fit", { models: { model } }, ({ models }) => models.model()),
    /Cannot keep the step fit \(models\.model\): .* also uses seed$/,
  );
  await assert.rejects(cache.remember("clock", {}, () => performance.now()), /also uses performance$/);
  await assert.rejects(cache.remember("result", {}, () => ({ run: () => 1 })), /Cannot keep result: .* is a function/);
  await assert.rejects(cache.remember("input", { a: [new WeakMap()] }, () => 1), /a\[0\] is a WeakMap/);
  await assert.rejects(cache.remember("broken", {}, () => Promise.reject(new Error("planted"))), /planted/);
});

Deno.test("`StepCache.remember()` finds damaged entries, says so, and builds them again", async () => {
  await using project = new Project();
  const { record } = await doubled(project.cache());
  const path = join(project.store.folder, `${record.key}.step`);
  const sound = await Deno.readFile(path);
  for (const bytes of [sound.slice(0, -1), sound.with(-1, 0), new Uint8Array()]) {
    await Deno.writeFile(path, bytes);
    const again = await doubled(project.cache());
    assert.deepEqual([again.value, again.record.outcome], [8, "computed"]);
    assert.match(project.notices.pop()!, /^What was kept of the step doubled cannot be used, it is computed again: /);
    assert.deepEqual(await Deno.readFile(path), sound);
  }
});

Deno.test("`StepCache.remember()` says that a step gave something else from the same", async () => {
  await using project = new Project();
  const rolled = (attempt: string) => project.cache({ attempt }).remember("rolled", {}, () => Math.random());
  await rolled("one");
  assert.deepEqual(project.notices, []);
  await rolled("two");
  assert.match(project.notices.pop()!, /^The step rolled is not deterministic: .* gave \w{12} before and \w{12} now$/);
});

Deno.test("`StepCache.remember()` uses in an attempt only what that attempt has computed", async () => {
  await using project = new Project();
  assert.equal((await doubled(project.cache())).record.outcome, "computed");
  assert.equal((await doubled(project.cache({ attempt: "one" }))).record.outcome, "computed");
  assert.equal((await doubled(project.cache({ attempt: "one" }))).record.outcome, "kept");
  assert.equal((await doubled(project.cache({ attempt: "two" }))).record.outcome, "computed");
  assert.equal((await doubled(project.cache({ attempt: "one" }))).record.outcome, "kept");
  assert.equal((await doubled(project.cache())).record.outcome, "kept");
  await project.store.forget("one");
  assert.equal((await doubled(project.cache({ attempt: "one" }))).record.outcome, "computed");
});

Deno.test("`StepCache.remember()` keeps nothing of code that was changed after it was read", async () => {
  await using project = new Project();
  const stale = project.cache({ codeReadAt: 0 });
  assert.deepEqual((await doubled(stale)).value, 8);
  assert.match(
    project.notices[0],
    /The step doubled is not kept: lib\/a\/double\.ts was changed .* Restart the kernel$/,
  );
  assert.equal((await doubled(project.cache())).record.outcome, "computed");
});

Deno.test("`StepCache.remember()` gives what it computed also where nothing can be written", async () => {
  await using project = new Project();
  project.write("data/derived/steps", "a file where the folder should be");
  assert.equal((await doubled(project.cache())).value, 8);
  assert.match(project.notices[0], /^What was kept of the step doubled cannot be used, it is computed again: /);
  assert.match(project.notices[1], /^The step doubled is not kept: /);
  await Deno.remove(project.store.folder);
  const small = new StepCache(new StepStore(project.store.folder, { mostBytes: 1 }), {
    root: project.root,
    onNotice: (sentence) => project.notices.push(sentence),
  });
  assert.equal((await small.remember("one", {}, () => 1)).value, 1);
  assert.match(project.notices.at(-1)!, /larger than the whole store may be$/);
});

Deno.test("`StepCache.rememberEach()` keeps the items that were done when a later one fails", async () => {
  await using project = new Project();
  const panel = Panel.fromRows({ symbol: ["A"], date: ["2020-01-02"], columns: { close: Float64Array.of(7) } });
  const folds = [2010, 2011, 2012].map((year) => ({ name: `${year}`, year }));
  let done: string[] = [];
  const run = () =>
    project.cache().rememberEach(
      "fits",
      folds,
      { panel },
      ({ year }, { panel }) => double(panel.column("close")[0] + year),
      ({ name, outcome }) => done.push(`${name} ${outcome}`),
    );
  doubling = (value) => {
    if (value === 2019) throw new Error("cut off");
    return 2 * value;
  };
  await assert.rejects(run(), /cut off/);
  doubling = (value) => 2 * value;
  assert.deepEqual(done, ["fits/2010 computed", "fits/2011 computed"]);
  done = [];
  assert.deepEqual(await run(), [4034, 4036, 4038]);
  assert.deepEqual(done, ["fits/2010 kept", "fits/2011 kept", "fits/2012 computed"]);
  await assert.rejects(
    project.cache().rememberEach("fits", folds, { item: 1 }, () => 1),
    /no input must be called item, current one is 1/,
  );
});
