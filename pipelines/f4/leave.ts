import { join } from "node:path";
import { sha256, stableJson, writeAtomically } from "@lib/core";
import { reportHtml, reportMarkdown } from "@lib/f4";
import type { Judged } from "./judged.ts";

const FILES = ["scorecard.json", "report.md", "report.html"];

/** A name of a column as that of a folder; what is too long for one is cut and told apart by its hash. */
function folderOf(name: string): string {
  const plain = name.replaceAll(/[^\w-]/g, "_");
  return plain.length <= 80 ? plain : `${plain.slice(0, 60)}_${sha256(name).slice(0, 16)}`;
}

/** Writes the cards and their reports, and shows what fits a terminal. Several have a folder each. */
export async function leave(folder: string, judged: readonly Judged[]): Promise<void> {
  for (const { name, card, title, notes, source, summary, daily } of judged) {
    const own = judged.length === 1 ? folder : join(folder, folderOf(name));
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
