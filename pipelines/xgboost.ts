/**
 * Installs XGBoost's C library into .tools/xgboost: the wheel of pipelines/setup/xgboost.lock, without what its Python
 * package depends on. Seconds; needs the network once, and does nothing when the library of this lock is there.
 *
 *   make xgboost
 */
import { repositoryPath, writeAtomically } from "@lib/core";
import { $ } from "zx";

const lock = repositoryPath("pipelines", "setup", "xgboost.lock");
const folder = repositoryPath(".tools", "xgboost");
const stamp = repositoryPath(".tools", "xgboost", "lock");
const wanted = await Deno.readTextFile(lock);
const installed = await Deno.readTextFile(stamp).catch(() => "");
if (installed === wanted) console.log("XGBoost is installed");
else {
  await Deno.remove(folder, { recursive: true }).catch(() => {});
  const uv = repositoryPath(".tools", "python", "bin", "uv");
  const python = repositoryPath(".tools", "python", "bin", "python");
  const cache = { UV_CACHE_DIR: repositoryPath(".tools", "uv-cache"), UV_NO_CONFIG: "1", UV_SYSTEM_CERTS: "1" };
  const install = $({ env: { ...Deno.env.toObject(), ...cache } });
  await install`${uv} pip install --quiet --no-deps --require-hashes --python ${python} --target ${folder} -r ${lock}`;
  await writeAtomically(stamp, wanted);
  console.log(`XGBoost is in ${folder}`);
}
