import assert from "node:assert/strict";
import { lockedPackages } from "./_locked_packages.ts";

const denoLock = {
  version: "5",
  specifiers: { "npm:a@^1": "1.2.0_peer@9.0.0", "npm:other@5": "5.0.0" },
  npm: {
    "@b/c@2.0.0": { integrity: "two" },
    "@b/c@3.0.0": { integrity: "three" },
    "a@1.2.0_peer@9.0.0": {
      integrity: "one",
      dependencies: ["@b/c@3.0.0", "peer"],
      optionalDependencies: ["native-here", "native-there"],
    },
    "native-here@1.0.0": { integrity: "here", os: ["linux", "darwin", "win32"], cpu: ["x64", "arm64"] },
    "native-there@1.0.0": { integrity: "there", os: ["aix"], cpu: ["ppc64"] },
    "other@5.0.0": { integrity: "five" },
    "peer@9.0.0": { integrity: "nine" },
  },
};
const pythonLock =
  "alone==1.0 \\\n    --hash=sha256:aa\nlightgbm==4.7.0 ; python_version < '4' \\\n    --hash=sha256:bb\n";
const rawData = { files: [{ path: "source-1.0/prices.csv", sha256: "cc" }, { path: "other-2.0/x.csv", sha256: "dd" }] };

async function inFolder(test: (root: string) => Promise<void>): Promise<void> {
  const root = await Deno.makeTempDir();
  try {
    await Deno.mkdir(`${root}/pipelines/setup`, { recursive: true });
    await Deno.mkdir(`${root}/data/raw`, { recursive: true });
    await Deno.writeTextFile(`${root}/deno.lock`, JSON.stringify(denoLock));
    await Deno.writeTextFile(`${root}/pipelines/setup/python.lock`, pythonLock);
    await Deno.writeTextFile(`${root}/data/raw/manifest.json`, JSON.stringify(rawData));
    await test(root);
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}

const texts = [new Set(["site-packages", "lightgbm", "lib"]), new Set(["source-1.0", "alone"])];

Deno.test("`lockedPackages()` follows what packages need, in the versions of the lock", () =>
  inFolder(async (root) => {
    assert.deepEqual((await lockedPackages(root, { "npm:a": "^1" }, texts)).packages, {
      "npm:@b/c": "3.0.0",
      "npm:a": "1.2.0",
      "npm:native-here": "1.0.0",
      "npm:peer": "9.0.0",
      "pypi:lightgbm": "4.7.0",
    });
  }));

Deno.test("`lockedPackages()` hashes the entries that count, and no other", () =>
  inFolder(async (root) => {
    const locks = async () => (await lockedPackages(root, { "npm:a": "^1" }, texts)).locks;
    const before = await locks();
    assert.deepEqual(Object.keys(before), ["deno.lock", "pipelines/setup/python.lock", "data/raw/manifest.json"]);
    const replace = async (path: string, from: string, to: string) => {
      const text = await Deno.readTextFile(`${root}/${path}`);
      assert.ok(text.includes(from));
      await Deno.writeTextFile(`${root}/${path}`, text.replace(from, to));
    };
    await replace("deno.lock", "five", "six");
    await replace("deno.lock", `"two"`, `"twice"`);
    // as deno writes it when something else needs another version of the same package
    await replace("deno.lock", `"@b/c@3.0.0","peer"`, `"@b/c@3.0.0","peer@9.0.0"`);
    await replace("deno.lock", `"peer@9.0.0":`, `"peer@8.0.0":{"integrity":"eight"},"peer@9.0.0":`);
    await replace("pipelines/setup/python.lock", "aa", "ab");
    await replace("data/raw/manifest.json", "dd", "de");
    assert.deepEqual(await locks(), before);
    await replace("deno.lock", "there", "elsewhere"); // of another system, but the lock is the same everywhere
    await replace("pipelines/setup/python.lock", "bb", "bc");
    await replace("data/raw/manifest.json", "cc", "cd");
    const after = await locks();
    for (const lock of Object.keys(before)) assert.notEqual(after[lock], before[lock], lock);
  }));

Deno.test("`lockedPackages()` takes versions as imported where there is no lock", async () => {
  const root = await Deno.makeTempDir();
  assert.deepEqual(await lockedPackages(root, { "npm:a": "1.0.0" }, texts), {
    packages: { "npm:a": "1.0.0" },
    locks: {},
  });
  await Deno.remove(root);
});
