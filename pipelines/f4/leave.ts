import { join } from "node:path";
import { stableJson, writeAtomically } from "@lib/core";
import { reportHtml, reportMarkdown } from "@lib/f4";
import type { Judged } from "./judged.ts";

const FILES = ["scorecard.json", "report.md", "report.html"];

/** Writes the cards and their reports, and shows what fits a terminal. Several have a folder each. */
export async function leave(folder: string, judged: readonly Judged[]): Promise<void> {
  for (const { name, card, title, notes, source, summary, daily } of judged) {
    const own = judged.length === 1 ? folder : join(folder, name.replaceAll(/[^\w-]/g, "_"));
    const texts = [
      stableJson({ ...card, source }),
      reportMarkdown(card, { title, notes }),
      reportHtml(card, { title, notes, daily }),
    ];
    for (const [place, text] of texts.entries()) await writeAtomically(join(own, FILES[place]), text);
    if (judged.length > 1) console.log(`${name}\n`);
    for (const note of notes) console.log(`${note}\n`);
    console.log(`${summary}\n`);
    console.log(`written: ${FILES.map((file) => join(own, file)).join(", ")}\n`);
  }
}
