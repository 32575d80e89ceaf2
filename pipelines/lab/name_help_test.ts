import assert from "node:assert/strict";
import { nameHelp, wordAt } from "./name_help.ts";

Deno.test("`wordAt()` is the word on either side of the cursor", () => {
  assert.equal(wordAt("f(fitRidge, 1)", 5), "fitRidge");
  assert.equal(wordAt("f(fitRidge, 1)", 2), "fitRidge");
  assert.equal(wordAt("f(fitRidge, 1)", 10), "fitRidge");
  assert.equal(wordAt("f( )", 3), "");
});

Deno.test("`nameHelp()` shows place, signature and words of an export, and its options", async () => {
  const help = await nameHelp("showFigure");
  assert.match(help ?? "", /^lib\/notebook\/show_figure\.ts:\d+:1\n\nfunction showFigure\(figure: Figure/);
  assert.match(help ?? "", /interactive in JupyterLab/);
  assert.match(help ?? "", /interface ShowFigureOptions[\s\S]*png\?: Uint8Array/);
});

Deno.test("`nameHelp()` knows no other names", async () => {
  assert.equal(await nameHelp("nobody"), undefined);
  assert.equal(await nameHelp(""), undefined);
  assert.equal(await nameHelp("constructor"), undefined);
});
