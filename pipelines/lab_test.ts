import assert from "node:assert/strict";
import { repositoryPath } from "@lib/core";

const texts = [new TextEncoder(), new TextDecoder()] as const;

/** A message as JupyterLab frames it on its socket: the number of parts and their places, then the parts. */
function framed(channel: string, parts: unknown[]): Uint8Array<ArrayBuffer> {
  const bytes = [texts[0].encode(channel), ...parts.map((part) => texts[0].encode(JSON.stringify(part)))];
  const head = 8 * (bytes.length + 2);
  const places = bytes.reduce((ends, { length }) => [...ends, ends.at(-1)! + length], [head]);
  const whole = new Uint8Array(places.at(-1)!);
  const view = new DataView(whole.buffer);
  [places.length, ...places].forEach((value, index) => view.setBigUint64(8 * index, BigInt(value), true));
  bytes.forEach((part, index) => whole.set(part, places[index]));
  return whole;
}

function unframed(data: ArrayBuffer): { type: string; parent: string; content: Record<string, unknown> } {
  const view = new DataView(data);
  const place = (index: number) => Number(view.getBigUint64(8 * (index + 1), true));
  const part = (index: number) => JSON.parse(texts[1].decode(data.slice(place(index), place(index + 1))));
  return { type: part(1).msg_type, parent: part(2).msg_id, content: part(4) };
}

Deno.test("lab.ts serves our kernel alone, and gives each value its time before the next cell runs", async () => {
  const lab = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", repositoryPath("pipelines", "lab.ts"), "--no-browser"],
    stdout: "null",
    stderr: "piped",
    env: { NO_COLOR: "1" },
  }).spawn();
  const reader = lab.stderr.pipeThrough(new TextDecoderStream()).getReader();
  await using _stopped = {
    [Symbol.asyncDispose]: async () => {
      lab.kill("SIGTERM");
      await lab.status;
      await reader.cancel();
    },
  };
  let said = "";
  let address: RegExpExecArray | null = null;
  while (address === null) {
    const { value, done } = await reader.read();
    assert.ok(!done, said);
    said += value;
    address = /http:\/\/(127\.0\.0\.1:\d+)\/lab\?token=(\w+)\n/.exec(said);
  }
  const [, host, token] = address;
  const ask = async (method: string, path: string) =>
    await (await fetch(`http://${host}/api/${path}?token=${token}`, { method })).json();
  assert.deepEqual(Object.keys((await ask("GET", "kernelspecs")).kernelspecs), ["deno"]);

  const { id } = await ask("POST", "kernels");
  const socket = new WebSocket(
    `ws://${host}/api/kernels/${id}/channels?token=${token}`,
    "v1.kernel.websocket.jupyter.org",
  );
  socket.binaryType = "arraybuffer";
  await new Promise((resolve, reject) => Object.assign(socket, { onopen: resolve, onerror: reject }));
  const cells = Array.from({ length: 6 }, (_, cell) => `cell_${cell}`);
  const values: Record<string, unknown> = {};
  let idleSince = -Infinity;
  const pausesMs: number[] = [];
  const all = Promise.withResolvers<void>();
  socket.onmessage = ({ data }) => {
    const { type, parent, content } = unframed(data);
    if (type === "status" && cells.includes(parent)) {
      if (content.execution_state === "idle") idleSince = performance.now();
      else pausesMs.push(performance.now() - idleSince);
    }
    if (type !== "execute_result") return;
    values[parent] = (content.data as Record<string, unknown>)["text/plain"];
    if (parent === cells.at(-1)) all.resolve();
  };
  for (const cell of cells) {
    const code = `({ [Symbol.for("Jupyter.display")]: () => ({ "text/plain": "value of ${cell}" }) })`;
    const header = {
      msg_id: cell,
      msg_type: "execute_request",
      session: "test",
      username: "",
      version: "5.3",
      date: "",
    };
    socket.send(framed("shell", [header, {}, {}, { code, silent: false, store_history: true, allow_stdin: false }]));
  }
  await all.promise;
  assert.ok(Math.min(...pausesMs) > 80, `pauses between cells, in milliseconds: ${pausesMs.join(", ")}`);
  assert.deepEqual(values, Object.fromEntries(cells.map((cell) => [cell, `value of ${cell}`])));

  const closed = new Promise((resolve) => socket.onclose = resolve);
  socket.close();
  await closed;
});
