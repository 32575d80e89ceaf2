import { join } from "node:path";

/**
 * The packages that are not installed in the wanted version, each with the version that is: `npm:yaml 2.9.0`, or
 * `npm:yaml none`. Those that belong to other systems may be missing.
 *
 * @param packages Wanted version by name, `npm:yaml` or `pypi:lightgbm`.
 */
export async function otherPackages(root: string, packages: Readonly<Record<string, string>>): Promise<string[]> {
  const python = await pythonVersions(join(root, ".tools", "python", "lib"));
  const found: string[] = [];
  for (const [name, wanted] of Object.entries(packages)) {
    const version = name.startsWith("npm:")
      ? await npmVersion(root, name.slice("npm:".length), wanted)
      : name.startsWith("pypi:")
      ? python.get(name.slice("pypi:".length)) ?? "none"
      : wanted;
    if (version !== wanted) found.push(`${name} ${version}`);
  }
  return found;
}

/** Deno links what is imported into `node_modules`, and keeps all else in a folder of its own. */
async function npmVersion(root: string, name: string, wanted: string): Promise<string> {
  const modules = join(root, "node_modules");
  const kept = join(modules, ".deno", `${name.replace("/", "+")}@${wanted}`, "node_modules", name, "package.json");
  for (const path of [kept, join(modules, name, "package.json")]) {
    const text = await Deno.readTextFile(path).catch(() => undefined);
    if (text !== undefined) return JSON.parse(text).version;
  }
  return "none";
}

async function pythonVersions(libraries: string): Promise<Map<string, string>> {
  const versions = new Map<string, string>();
  const entries = async (folder: string) => {
    try {
      return await Array.fromAsync(Deno.readDir(folder), ({ name }) => name);
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return [];
      throw error;
    }
  };
  for (const python of (await entries(libraries)).filter((name) => /^python3/.test(name))) {
    for (const name of await entries(join(libraries, python, "site-packages"))) {
      const [, distribution, version] = /^(.+?)-([^-]+)\.dist-info$/.exec(name) ?? [];
      if (distribution !== undefined) versions.set(distribution, version);
    }
  }
  return versions;
}
