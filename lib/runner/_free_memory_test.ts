import assert from "node:assert/strict";
import { freeMemoryMb } from "./_free_memory.ts";

Deno.test("freeMemoryMb() is something, and not more than the machine has", () => {
  const free = freeMemoryMb();
  assert.ok(free > 0 && free <= Deno.systemMemoryInfo().total / 2 ** 20, `${free}`);
});
