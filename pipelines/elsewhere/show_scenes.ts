import { chalk } from "zx";
import { differences, type SceneResult } from "./run_scene.ts";

/**
 * Prints one line a scene: whether its bytes are those of the scene that it must be like.
 *
 * @returns Whether all that could be compared are the same.
 */
export function showScenes(step: string, results: readonly SceneResult[]): boolean {
  const named = new Map(results.map((result) => [result.scene.name, result]));
  const width = Math.max(...named.keys().map((name) => name.length));
  console.log(`\n${chalk.bold(step)}`);
  let same = !("problem" in results[0]);
  for (const result of results) {
    const { scene, seconds } = result;
    const usual = named.get(scene.like ?? results[0].scene.name)!;
    let words: string;
    if ("problem" in result) {
      words = chalk.yellow(`not arranged: ${result.problem}`);
    } else if (result === usual) {
      words = `${Object.keys(result.digests).length} digests of artifacts and of what cells show`;
    } else if ("problem" in usual) {
      words = chalk.yellow(`nothing to compare with: ${usual.scene.name} was not arranged`);
    } else {
      const differing = differences(usual.digests, result.digests);
      same &&= differing.length === 0;
      words = differing.length === 0 ? chalk.green("identical") : chalk.red(`differs: ${differing.join(", ")}`);
    }
    console.log(`${scene.name.padEnd(width)}  ${seconds.toFixed(1).padStart(6)} s  ${words}`);
  }
  return same;
}
