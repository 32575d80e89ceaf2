import assert from "node:assert/strict";
import { join } from "node:path";
import { provenance } from "./provenance.ts";

async function git(folder: string, ...args: string[]): Promise<string> {
  const { stdout, stderr, success } = await new Deno.Command("git", {
    args: ["-C", folder, "-c", "user.name=test", "-c", "user.email=test@test", "-c", "commit.gpgsign=false", ...args],
  }).output();
  assert.ok(success, new TextDecoder().decode(stderr));
  return new TextDecoder().decode(stdout).trim();
}

async function inFolder(test: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "provenance" });
  try {
    await test(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("provenance() tells a clean tree from a dirty one, and two dirty ones from each other", () =>
  inFolder(async (folder) => {
    await git(folder, "init", "-q", "-b", "main");
    assert.equal((await provenance({ root: folder }))["git.commit"], "unknown: the repository has no commit yet");
    await Deno.writeTextFile(join(folder, "a.txt"), "one");
    await Deno.writeTextFile(join(folder, ".gitignore"), "ignored\n");
    await git(folder, "add", ".");
    await git(folder, "commit", "-q", "-m", "first");
    await Deno.writeTextFile(join(folder, "ignored"), "x");
    const clean = await provenance({ root: folder });
    assert.equal(clean["git.commit"], await git(folder, "rev-parse", "HEAD"));
    assert.equal(clean["mlflow.source.git.commit"], clean["git.commit"]);
    assert.deepEqual([clean["git.branch"], clean["git.tree"]], ["main", "clean"]);

    const states = new Set<string>();
    for (const content of ["two", "three"]) {
      await Deno.writeTextFile(join(folder, "a.txt"), content);
      states.add((await provenance({ root: folder }))["git.tree"]);
    }
    await git(folder, "add", "a.txt"); // staged or not, the content is the same
    states.add((await provenance({ root: folder }))["git.tree"]);
    assert.equal(states.size, 2);
    assert.match([...states][0], /^dirty: 1 files differ, sha256 [0-9a-f]{64}$/);
    await Deno.writeTextFile(join(folder, "new file.txt"), "untracked");
    await Deno.remove(join(folder, "a.txt"));
    assert.match((await provenance({ root: folder }))["git.tree"], /^dirty: 2 files differ/);
    await git(folder, "checkout", "-q", "--detach");
    assert.equal((await provenance({ root: folder }))["git.branch"], "none: detached head");
  }));

Deno.test("provenance() says in words what it cannot know", () =>
  inFolder(async (folder) => {
    const outside = await provenance({ root: folder });
    assert.equal(outside["git.commit"], "unknown: not inside a git repository");
    assert.equal(outside["lock.deno_sha256"], "none: there is no such file");
    assert.equal(outside["source.lib_sha256"], "unknown: there is no lib folder");
    assert.equal("mlflow.source.git.commit" in outside, false);
    const without = await provenance({ root: folder, git: "no-such-git" });
    assert.equal(without["git.tree"], "unknown: git is not installed");
  }));

Deno.test("provenance() hashes the sources, not their tests", () =>
  inFolder(async (folder) => {
    const hash = async () => (await provenance({ root: folder }))["source.lib_sha256"];
    await Deno.mkdir(join(folder, "lib", "room", "testdata"), { recursive: true });
    await Deno.writeTextFile(join(folder, "lib", "room", "a.ts"), "1");
    const first = await hash();
    await Deno.writeTextFile(join(folder, "lib", "room", "a_test.ts"), "2");
    await Deno.writeTextFile(join(folder, "lib", "room", "testdata", "golden.json"), "3");
    assert.equal(await hash(), first);
    await Deno.rename(join(folder, "lib", "room", "a.ts"), join(folder, "lib", "room", "b.ts"));
    assert.notEqual(await hash(), first);
  }));

Deno.test("provenance() gives tags that the server takes as they are", async () => {
  for (const [name, value] of Object.entries(await provenance())) {
    assert.match(name, /^[\w.]+$/);
    assert.ok(value.length > 0 && value.length <= 500, `${name}: ${value}`);
  }
});
