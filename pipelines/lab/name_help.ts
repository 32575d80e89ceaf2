import { CodeGraph } from "@lib/code";
import { repositoryPath } from "@lib/core";

/** The whole word around a place in code, "" where there is none. */
export function wordAt(code: string, place: number): string {
  return /[\w$]*$/.exec(code.slice(0, place))![0] + /^[\w$]*/.exec(code.slice(place))![0];
}

/**
 * What the documentation of `lib` says of an exported name and of the options that a function takes, as `deno doc`
 * prints it; undefined for any other name.
 */
export async function nameHelp(name: string): Promise<string | undefined> {
  const graph = new CodeGraph(repositoryPath()); // a new one each time: files change while the front end is open
  const options = `${name.charAt(0).toUpperCase()}${name.slice(1)}Options`;
  const pages = await Promise.all([name, options].map(async (each) => {
    const file = graph.definedIn(each);
    return file === undefined ? undefined : await documentationOf(each, file);
  }));
  return pages[0] && pages.filter((page) => page !== undefined).join("\n\n");
}

async function documentationOf(name: string, file: string): Promise<string | undefined> {
  const { success, stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["doc", "--quiet", `--filter=${name}`, repositoryPath(file)],
    env: { NO_COLOR: "1" },
    stderr: "null",
  }).output();
  const text = new TextDecoder().decode(stdout).replace(/^Defined in .*\/(?=lib\/)/gm, "").trim();
  return success ? text : undefined;
}
