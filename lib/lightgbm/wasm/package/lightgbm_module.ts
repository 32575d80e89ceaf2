/** Where the package keeps its module. */
export const lightgbmModuleUrl = new URL("../../../lightgbm.wasm", import.meta.url);

/**
 * The module of this package, compiled: for `loadWasmLightgbm` and `trainFolds`, as often as wanted.
 *
 * @param url Where it is, if a bundler or a server has moved it. Default: where the package keeps it.
 * @throws {Error} If there is none.
 */
export async function compileLightgbmModule(url: URL = lightgbmModuleUrl): Promise<WebAssembly.Module> {
  if (url.protocol === "file:") {
    const files = "node:fs/promises"; // not written where bundlers for browsers would look for it
    return await WebAssembly.compile(await (await import(files)).readFile(url));
  }
  const response = await fetch(url);
  if (!response.ok) {
    throw new Error(`Cannot load LightGBM: ${url} must be there, the server's answer is ${response.status}`);
  }
  return await WebAssembly.compile(await response.arrayBuffer());
}
