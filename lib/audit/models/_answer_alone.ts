/** The other process of `inspectModel`: answers the questions in the folder it is given, and leaves the answers there. */
import { join } from "node:path";
import { answerQuestions, ANSWERS } from "./_ask_model.ts";

const [shared] = Deno.args;
const answers = await answerQuestions(shared).catch((error: Error) => ({ failure: `${error.name}: ${error.message}` }));
// JSON has no NaN; a forecast that is missing has to come back as one
const text = JSON.stringify(
  answers,
  (_, value) => typeof value === "number" && !Number.isFinite(value) ? `${value}` : value,
);
await Deno.writeTextFile(join(shared, ANSWERS), text);
