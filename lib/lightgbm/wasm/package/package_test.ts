import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { repositoryPath, sha256File } from "@lib/core";
import { chromium } from "playwright-core";
import { behaviours } from "./behaviours.ts";

const PACKAGE = repositoryPath(".tools", "lightgbm-wasm");
const MODULE = join(PACKAGE, "lightgbm.wasm");
const CHROMIUM = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((path) =>
  existsSync(path)
);
const BROWSER_MS = 120_000;

const unbuilt = existsSync(MODULE) ? "" : " (skipped: it is not built; make wasm)";
const noNode = unbuilt || ((await version("node")) >= 20 ? "" : " (skipped: there is no node of version 20 in PATH)");
const noBrowser = unbuilt || (CHROMIUM ? "" : " (skipped: there is no Chromium; apt-get install chromium)");

async function version(program: string): Promise<number> {
  const asked = new Deno.Command(program, { args: ["--version"] }).output();
  const words = await asked.then(({ stdout }) => new TextDecoder().decode(stdout), () => "");
  return Number(/^v(\d+)/.exec(words)?.[1] ?? 0);
}

Deno.test({
  name: `lightgbm-wasm keeps its promises in Deno${unbuilt}`,
  ignore: unbuilt !== "",
  fn: async (test) => {
    const module = await WebAssembly.compile(await Deno.readFile(MODULE));
    for (const [rule, check] of Object.entries(behaviours)) await test.step(rule, () => check(module));
  },
});

Deno.test({
  name: `lightgbm-wasm keeps its promises in Node, as the package that would be published${noNode}`,
  ignore: noNode !== "",
  fn: async () => {
    const tested = await new Deno.Command("node", {
      args: ["--test", "--test-reporter=tap", "dist/wasm/package/node_behaviours.js"],
      cwd: PACKAGE,
      clearEnv: true,
      env: { PATH: Deno.env.get("PATH")! },
    }).output();
    const words = new TextDecoder().decode(tested.stdout);
    assert.equal(tested.code, 0, words + new TextDecoder().decode(tested.stderr));
    for (const rule of Object.keys(behaviours)) assert.match(words, new RegExp(`^ *ok \\d+ - ${rule}$`, "m"));
  },
});

Deno.test({
  name: `lightgbm-wasm keeps its promises in Chromium, as the package that would be published${noBrowser}`,
  ignore: noBrowser !== "",
  fn: async () => {
    const home = await Deno.makeTempDir();
    const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, servePackage);
    const browser = await chromium.launch({
      executablePath: CHROMIUM,
      args: ["--no-sandbox"],
      env: { ...Deno.env.toObject(), HOME: home }, // it leaves settings there
    });
    try {
      const page = await browser.newPage();
      const thrown: string[] = [];
      page.on("pageerror", (error) => void thrown.push(error.message));
      await page.goto(`http://127.0.0.1:${server.addr.port}/test/browser.html`);
      const shown = await page.waitForFunction("globalThis.results", undefined, { timeout: BROWSER_MS });
      assert.deepEqual(thrown, []);
      assert.deepEqual(await shown.jsonValue(), Object.keys(behaviours).map((rule) => ({ rule, failure: null })));
    } finally {
      await browser.close();
      await server.shutdown();
      await Deno.remove(home, { recursive: true });
    }
  },
});

Deno.test({
  name: `lightgbm-wasm is what two builds agreed on, and tells nothing of where it was built${unbuilt}`,
  ignore: unbuilt !== "",
  fn: async () => {
    const { sha256 } = JSON.parse(await Deno.readTextFile(new URL("../expected.json", import.meta.url)));
    assert.equal(await sha256File(MODULE), sha256);
    const texts = [
      "lightgbm.wasm",
      "dist/wasm/package/index.js",
      "dist/wasm/package/index.d.ts",
      "dist/grow_trees.d.ts",
    ];
    for (const name of texts) {
      const text = new TextDecoder("latin1").decode(await Deno.readFile(join(PACKAGE, name)));
      for (const place of [repositoryPath(), "file://", "/tmp/"]) assert.ok(!text.includes(place), `${name}: ${place}`);
    }
  },
});

const contentTypes: Record<string, string> = {
  html: "text/html",
  js: "text/javascript",
  wasm: "application/wasm",
};

async function servePackage(request: Request): Promise<Response> {
  const path = new URL(request.url).pathname;
  const file = await Deno.readFile(join(PACKAGE, path)).catch(() => undefined);
  const type = contentTypes[path.split(".").at(-1)!];
  return file ? new Response(file, { headers: { "content-type": type } }) : new Response(null, { status: 404 });
}
