import assert from "node:assert/strict";
import { withoutComments } from "@lib/code";

Deno.test("`withoutComments()` keeps lines, code and texts that look like comments", () => {
  const source = 'let a = "// no"; /* one\n two */ let b = a;\n// three\n/** four */\nexport { b }; // five';
  const left = withoutComments(source, "a.ts").split("\n").map((line) => line.trim());
  assert.deepEqual(left, ['let a = "// no";', "let b = a;", "", "", "export { b };"]);
});
