/** Runs one study to its end, going on where it was cut off: what `kill_and_resume.ts` kills. */
import { repositoryPath } from "@lib/core";
import { runStudies, type Study } from "@lib/study";

const [text, runsFolder] = Deno.args;
const study: Study = JSON.parse(text);
const ended = await runStudies([study], { root: repositoryPath(), runsFolder, resume: true, memoryMb: 4000, cores: 2 });
Deno.exit(ended.every(({ status }) => status === "ok") ? 0 : 1);
