import assert from "node:assert/strict";
import { freePorts, portIsFree } from "./free_ports.ts";

Deno.test("`freePorts()` gives different ports that can be listened on at the same time", () => {
  const ports = freePorts(5);
  assert.equal(new Set(ports).size, 5);
  const listeners = ports.map((port) => Deno.listen({ hostname: "127.0.0.1", port }));
  assert.ok(!ports.some(portIsFree));
  for (const listener of listeners) listener.close();
});

Deno.test("`freePorts()` gives up where there are not so many", () => {
  assert.throws(() => freePorts(1001), /^Error: Cannot find ports: 1001 from 15000 to 31999 must be free, /);
});
