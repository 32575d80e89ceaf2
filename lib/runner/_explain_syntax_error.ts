/**
 * Why code cannot be parsed, with the place, in the words of Deno's parser; undefined where it can be parsed.
 * (The kernel says only "Execution failed".)
 */
export async function explainSyntaxError(code: string): Promise<{ message: string; traceback: string[] } | undefined> {
  const parser = new Deno.Command(Deno.execPath(), {
    args: ["fmt", "--no-config", "--ext=tsx", "-"],
    env: { NO_COLOR: "1", RUST_BACKTRACE: "0" },
    stdin: "piped",
    stdout: "null",
    stderr: "piped",
  }).spawn();
  const writer = parser.stdin.getWriter();
  await writer.write(new TextEncoder().encode(code)).then(() => writer.close()).catch(() => {}); // it may stop reading
  const { success, stderr } = await parser.output();
  const text = new TextDecoder().decode(stderr).replace(/\n+Stack backtrace:[\s\S]*$/, "").trim();
  const message = text.match(/SyntaxError: (.*)/)?.[1];
  if (success || message === undefined) return undefined;
  return { message, traceback: text.replace("error: ", "").replace(/file:\S+_stdin\.tsx/, "<cell>").split("\n") };
}
