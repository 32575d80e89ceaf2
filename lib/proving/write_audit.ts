import { join } from "node:path";
import { stableJson, writeAtomically } from "@lib/core";
import { renderPng } from "@lib/plots";
import { auditFigures } from "./audit_figures.ts";
import type { AuditNumbers } from "./audit_numbers.ts";
import { auditPage } from "./audit_page.ts";

/** Writes AUDIT.md, its figures and numbers.json into a folder; the same numbers give the same bytes. */
export async function writeAudit(folder: string, numbers: AuditNumbers): Promise<void> {
  const figures = auditFigures(numbers);
  for (const [name, figure] of Object.entries(figures)) {
    await writeAtomically(join(folder, `${name}.png`), await renderPng(figure));
  }
  await writeAtomically(join(folder, "numbers.json"), stableJson(numbers));
  await writeAtomically(join(folder, "AUDIT.md"), auditPage(numbers, { figures: Object.keys(figures) }));
}
