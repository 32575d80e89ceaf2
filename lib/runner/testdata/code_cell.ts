import type { CodeCell } from "../notebook_file.ts";

/** A code cell that has not been executed. */
export function codeCell(id: string, source: string, tags: string[] = []): CodeCell {
  return {
    cell_type: "code",
    id,
    metadata: tags.length > 0 ? { tags } : {},
    source,
    outputs: [],
    execution_count: null,
  };
}
