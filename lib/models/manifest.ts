import { join } from "node:path";
import { sha256, stableJson, writeAtomically } from "@lib/core";
import { codeDigest } from "./code_digest.ts";
import type { ForecasterDescription } from "./forecaster.ts";

/**
 * What `manifest.json` in the folder of a saved model says: by which code and engine it was fitted, on which rows with
 * which content, for which features, losses and seed, and where it came from.
 */
export interface ForecasterManifest extends ForecasterDescription {
  /** Version of this form. */
  readonly format: 1;
  /** The file with what was learnt. */
  readonly payload: { readonly file: string; readonly bytes: number; readonly sha256: string };
  /** Where the model came from, as its maker told. */
  readonly provenance: Readonly<Record<string, string>>;
}

/**
 * Writes what was learnt, then the manifest that vouches for it: a folder with a manifest is whole.
 *
 * @param madeBy The exported function that fitted it, whose code the manifest names by hash. A model that was loaded and
 * is saved again keeps the code that it came with.
 */
export async function writeForecaster(
  folder: string,
  { description, madeBy, file, text, provenance = {} }: {
    description: ForecasterDescription;
    madeBy: string;
    file: string;
    text: string;
    provenance?: Readonly<Record<string, string>>;
  },
): Promise<void> {
  const bytes = new TextEncoder().encode(text);
  const payload = { file, bytes: bytes.length, sha256: sha256(bytes) };
  await writeAtomically(join(folder, file), bytes);
  const code = description.code ?? await codeDigest(madeBy);
  const manifest: ForecasterManifest = { ...description, format: 1, code, payload, provenance };
  await writeAtomically(join(folder, "manifest.json"), stableJson(manifest));
}

/**
 * Reads a saved model's manifest and its payload, and checks one against the other.
 *
 * @throws {SyntaxError} If the manifest cannot be read.
 * @throws {RangeError} If it has another format, or the payload is not the one that was saved.
 */
export async function readForecaster(folder: string): Promise<{ manifest: ForecasterManifest; text: string }> {
  const path = join(folder, "manifest.json");
  const manifest = parseManifest(path, await Deno.readTextFile(path));
  const bytes = await Deno.readFile(join(folder, manifest.payload.file));
  const current = sha256(bytes);
  if (current !== manifest.payload.sha256) {
    throw new RangeError(
      `Cannot load a model: ${
        join(folder, manifest.payload.file)
      } must have the SHA-256 of its manifest ${manifest.payload.sha256}, current value is ${current} (${bytes.length} bytes of ${manifest.payload.bytes})`,
    );
  }
  return { manifest, text: new TextDecoder().decode(bytes) };
}

function parseManifest(path: string, text: string): ForecasterManifest {
  let manifest: ForecasterManifest;
  try {
    manifest = JSON.parse(text);
  } catch (cause) {
    throw new SyntaxError(`Cannot load a model: ${path} must be JSON, ${(cause as Error).message}`, { cause });
  }
  if (manifest?.format !== 1) {
    throw new RangeError(`Cannot load a model: format in ${path} must be 1, current value is ${manifest?.format}`);
  }
  const { model, engine, features, payload } = manifest;
  const whole = [model, engine, payload?.file, payload?.sha256].every((value) => typeof value === "string") &&
    Array.isArray(features) && features.every((name) => typeof name === "string") && !/[/\\]/.test(payload.file);
  if (!whole) {
    throw new SyntaxError(
      `Cannot load a model: ${path} must name model, engine, features and a payload beside it, current keys are ${
        Object.keys(manifest).join(", ")
      }`,
    );
  }
  return manifest;
}
