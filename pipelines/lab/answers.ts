import { explainSyntaxError } from "@lib/runner";
import { nameHelp, wordAt } from "./name_help.ts";
import { prepareCell } from "./prepare_cell.ts";

/** What lab_kernels.py asks. */
type Question =
  | { question: "prepare"; code: string }
  | { question: "explain"; code: string }
  | { question: "help"; code: string; place: number };

/** Answers one question on each connection to a Unix socket at `path`, until the listener is closed. */
export function serveAnswers(path: string): Deno.UnixListener {
  const listener = Deno.listen({ transport: "unix", path });
  (async () => {
    for await (const connection of listener) {
      answer(connection).catch(() => {}); // who asked has gone, and goes on without
    }
  })();
  return listener;
}

async function answer(connection: Deno.UnixConn): Promise<void> {
  using _closed = connection;
  const asked = await new Response(ReadableStream.from(chunksOf(connection))).json();
  const reply = new TextEncoder().encode(JSON.stringify(await replyTo(asked)));
  for (let sent = 0; sent < reply.length;) sent += await connection.write(reply.subarray(sent));
}

/** What arrives until the other side has said all; `readable` would close the connection with it. */
async function* chunksOf(connection: Deno.UnixConn): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const buffer = new Uint8Array(65_536);
  for (let read; (read = await connection.read(buffer)) !== null;) yield buffer.slice(0, read);
}

async function replyTo(asked: Question): Promise<Record<string, unknown>> {
  if (asked.question === "prepare") return { code: prepareCell(asked.code) };
  if (asked.question === "help") return { text: await nameHelp(wordAt(asked.code, asked.place)) };
  const { message, traceback } = await explainSyntaxError(asked.code) ?? {};
  return message === undefined ? {} : { ename: "SyntaxError", evalue: message, traceback };
}
