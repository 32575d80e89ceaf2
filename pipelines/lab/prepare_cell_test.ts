import assert from "node:assert/strict";
import { prepareCell } from "./prepare_cell.ts";

Deno.test("`prepareCell()` sends what a cell waits for through the prelude, and leaves the kernel to refuse bad code", () => {
  assert.equal(prepareCell("await a;"), 'await globalThis[Symbol.for("lab")].orStopped( a);');
  assert.equal(prepareCell("let = = 5"), "let = = 5");
});
