import { dirname, isAbsolute, join, normalize, relative, resolve } from "node:path";
import { readFileSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gitBlob } from "./git_blob.ts";
import { type ModuleLinks, moduleLinks } from "./module_links.ts";

/** What stands behind a piece of code. */
export interface CodeBehind {
  /** Our own files, from the root of the project, sorted. */
  files: string[];
  /** Versions of packages by name, such as `npm:yaml`; `unpinned` where the project names none. */
  packages: Record<string, string>;
}

/** Where an import leads: to a file of ours, or to a package. What belongs to Deno itself leads nowhere. */
type Target = { file: string } | { name: string; version: string } | undefined;

/**
 * The code of a project as a graph: from a name, or from the text of a script, to every file of ours and every package
 * that it can reach.
 *
 * Imports are followed name by name: of a front door, which only passes on what others define, the files count whose
 * names are used. A file counts as a whole. Types count for nothing. Files and packages that are named in a text
 * (`new URL("data.json", import.meta.url)`) count where they exist.
 *
 * Files are read when they are met, once: make a new graph after a change.
 */
export class CodeGraph {
  readonly root: string;
  readonly #imports: Record<string, string>;
  readonly #texts = new Map<string, Uint8Array>();
  readonly #links = new Map<string, ModuleLinks>();

  /**
   * @param root Folder of the project. Its `deno.json`, if there is one, gives the short names of imports.
   * @throws {SyntaxError} If `deno.json` is no JSON.
   */
  constructor(root: string) {
    this.root = resolve(root);
    const config = this.#isFile("deno.json") ? JSON.parse(this.#text("deno.json")) : {};
    this.#imports = config.imports ?? {};
  }

  /**
   * The file that defines an exported name of the project, looked for behind all front doors in `deno.json`.
   *
   * @example
   * ```ts
   * import assert from "node:assert/strict";
   * import { repositoryPath } from "@lib/core";
   * const graph = new CodeGraph(repositoryPath());
   * assert.equal(graph.definedIn("sha256"), "lib/core/hash.ts");
   * assert.equal(graph.definedIn("nobody"), undefined);
   * ```
   */
  definedIn(name: string): string | undefined {
    for (const specifier of Object.keys(this.#imports)) {
      const target = this.#target(specifier, "deno.json");
      if (target === undefined || !("file" in target) || !isCode(target.file)) continue;
      const found = this.#definition(target.file, name, new Set());
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /**
   * What stands behind exported names of the project.
   *
   * @throws {RangeError} If no front door exports a name.
   */
  behindNames(names: Iterable<string>): CodeBehind {
    const behind = new Behind();
    for (const name of names) {
      const file = this.definedIn(name);
      if (file === undefined) {
        throw new RangeError(`Cannot follow a name: a front door in deno.json must export it, current one is ${name}`);
      }
      this.#follow(file, "*", behind);
    }
    return behind.sorted();
  }

  /**
   * What stands behind the imports of a text, such as a script or the cells of a notebook.
   *
   * @param path Where the text lies, from the root: its relative imports count from there. It is not in the result.
   */
  behindSource(text: string, path: string): CodeBehind {
    const behind = new Behind();
    this.#followLinks(moduleLinks(text, path), path, behind);
    return behind.sorted();
  }

  /** The id of a file's content in git; see {@linkcode gitBlob}. */
  blob(path: string): string {
    return gitBlob(this.#bytes(path));
  }

  /** Every text in the code of a file: there it names what it loads in other ways than by `import`. */
  textsIn(path: string): ReadonlySet<string> {
    return this.#linksOf(path).texts;
  }

  /** Adds what is behind some names of a file. */
  #follow(file: string, names: readonly string[] | "*", behind: Behind): void {
    if (!isCode(file)) return void behind.files.add(file);
    const links = this.#linksOf(file);
    if (links.isFrontDoor) {
      for (const { specifier, name } of links.reexports) {
        const target = this.#target(specifier, file);
        if (name === undefined) {
          const passed = names === "*" || target === undefined || !("file" in target)
            ? names
            : names.filter((wanted) => this.#definition(target.file, wanted, new Set()) !== undefined);
          if (passed === "*" || passed.length > 0) this.#followTarget(target, passed, behind);
        } else if (names === "*" || names.includes(name.exported)) {
          this.#followTarget(target, name.imported === "*" ? "*" : [name.imported], behind);
        }
      }
      if (links.imports.length === 0) return; // those are there for their effects
    }
    if (behind.files.has(file)) return;
    behind.files.add(file);
    this.#followLinks(links, file, behind);
  }

  #followLinks({ imports, reexports, texts, isFrontDoor }: ModuleLinks, path: string, behind: Behind): void {
    for (const { specifier, names } of imports) this.#followTarget(this.#target(specifier, path), names, behind);
    if (!isFrontDoor) {
      for (const { specifier } of reexports) this.#followTarget(this.#target(specifier, path), "*", behind);
    }
    for (const text of texts) {
      const name = Object.keys(this.#imports).find((key) => text === key || text.startsWith(`${key}/`));
      if (name !== undefined && this.#imports[name].startsWith("npm:")) {
        this.#followTarget(this.#target(name, path), "*", behind);
      }
      if (/^\.{1,2}\/[^*?]*\.\w+$/.test(text)) {
        const file = join(dirname(path), text);
        if (this.#isFile(file)) this.#follow(file, "*", behind);
      }
    }
  }

  #followTarget(target: Target, names: readonly string[] | "*", behind: Behind): void {
    if (target === undefined) return;
    if ("file" in target) this.#follow(target.file, names, behind);
    else behind.packages[target.name] = target.version;
  }

  /** The file that defines a name which a file exports, itself or by passing it on. */
  #definition(file: string, name: string, seen: Set<string>): string | undefined {
    if (seen.has(file) || !isCode(file)) return undefined;
    seen.add(file);
    const { exports, reexports } = this.#linksOf(file);
    if (exports.has(name)) return file;
    for (const { specifier, name: renamed } of reexports) {
      if (renamed !== undefined && renamed.exported !== name) continue;
      const target = this.#target(specifier, file);
      if (target === undefined || !("file" in target)) continue;
      const found = this.#definition(target.file, renamed?.imported ?? name, seen);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  #target(specifier: string, from: string): Target {
    const mapped = this.#imports[specifier];
    if (mapped !== undefined) return this.#target(mapped, "deno.json");
    const folder = Object.keys(this.#imports).find((key) => key.endsWith("/") && specifier.startsWith(key));
    if (folder !== undefined) {
      return this.#target(this.#imports[folder] + specifier.slice(folder.length), "deno.json");
    }
    if (specifier.startsWith("node:")) return undefined;
    if (specifier.startsWith("file:")) return this.#file(fileURLToPath(specifier), specifier, from);
    if (/^\.{0,2}\//.test(specifier)) return this.#file(join(dirname(from), specifier), specifier, from);
    const [, name, version] = /^((?:\w+:)?@?[^@]+)(?:@([^/]+))?/.exec(specifier)!;
    return { name, version: version ?? "unpinned" };
  }

  #file(path: string, specifier: string, from: string): Target {
    const file = isAbsolute(path) ? relative(this.root, path) : normalize(path);
    if (this.#isFile(file)) return { file };
    throw new Error(`Cannot follow ${from}: what it imports must be a file, ${specifier} is none`);
  }

  #linksOf(file: string): ModuleLinks {
    const known = this.#links.get(file);
    if (known !== undefined) return known;
    const links = moduleLinks(this.#text(file), file);
    this.#links.set(file, links);
    return links;
  }

  #text(path: string): string {
    return new TextDecoder().decode(this.#bytes(path));
  }

  #bytes(path: string): Uint8Array {
    const known = this.#texts.get(path);
    if (known !== undefined) return known;
    const bytes = readFileSync(join(this.root, path));
    this.#texts.set(path, bytes);
    return bytes;
  }

  #isFile(path: string): boolean {
    return statSync(join(this.root, path), { throwIfNoEntry: false })?.isFile() ?? false;
  }
}

class Behind {
  readonly files = new Set<string>();
  readonly packages: Record<string, string> = {};

  sorted(): CodeBehind {
    const packages = Object.entries(this.packages).sort(([a], [b]) => a < b ? -1 : 1);
    return { files: [...this.files].sort(), packages: Object.fromEntries(packages) };
  }
}

function isCode(file: string): boolean {
  return /\.[mc]?[tj]sx?$/.test(file);
}
