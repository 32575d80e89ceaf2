import { cellTraceback } from "./_cell_code.ts";
import type { JupyterMessage } from "./message.ts";
import type { CellOutput, MimeBundle } from "./notebook_file.ts";

type DisplayOutput = Extract<CellOutput, { output_type: "display_data" }>;

/** Displays of all cells by the id under which a later `update_display_data`, of any cell, may change them. */
export type Displays = Map<string, DisplayOutput[]>;

/** Builds the outputs of one cell from the messages that the kernel sends, as the user of a notebook would see them. */
export class CellOutputs {
  readonly list: CellOutput[] = [];
  #displays: Displays;
  #clearBeforeNext = false;

  constructor(displays: Displays) {
    this.#displays = displays;
  }

  /** Takes one message of the iopub channel; those that show nothing are ignored. */
  take({ type, content }: JupyterMessage): void {
    if (type === "stream") {
      this.addStream(String(content.name), String(content.text));
    } else if (type === "display_data") {
      const display: DisplayOutput = { output_type: "display_data", ...mimeOf(content) };
      const id = displayId(content);
      if (id !== undefined) this.#displays.set(id, [...this.#displays.get(id) ?? [], display]);
      this.#add(display);
    } else if (type === "update_display_data") {
      for (const display of this.#displays.get(displayId(content) ?? "") ?? []) Object.assign(display, mimeOf(content));
    } else if (type === "execute_result") {
      this.#add({ output_type: "execute_result", ...mimeOf(content), execution_count: null });
    } else if (type === "error") {
      const traceback = Array.isArray(content.traceback) ? content.traceback.map(String) : [];
      this.addError(String(content.ename), String(content.evalue), cellTraceback(traceback));
    } else if (type === "clear_output") {
      if (content.wait) this.#clearBeforeNext = true;
      else this.list.length = 0;
    }
  }

  /** Appends to the last output if that is the same stream. */
  addStream(name: string, text: string): void {
    const last = this.list.at(-1);
    if (!this.#clearBeforeNext && last?.output_type === "stream" && last.name === name) last.text += text;
    else if (text !== "") this.#add({ output_type: "stream", name, text });
  }

  addError(ename: string, evalue: string, traceback: string[]): void {
    this.#add({ output_type: "error", ename, evalue, traceback });
  }

  /** Takes back what matches, of the text on one stream. */
  removeText(name: string, pattern: RegExp): void {
    for (const output of this.list) {
      if (output.output_type === "stream" && output.name === name) output.text = output.text.replaceAll(pattern, "");
    }
    this.#replace(this.list.filter((output) => output.output_type !== "stream" || output.text !== ""));
  }

  /** Takes back the errors with this value. */
  removeErrors(evalue: string): void {
    this.#replace(this.list.filter((output) => output.output_type !== "error" || output.evalue !== evalue));
  }

  /**
   * Puts the value or the error of the cell last: inside the kernel they race with what was printed before.
   * Streams that this makes neighbours are joined.
   */
  settle(executionCount: number | null): void {
    const isEnd = (output: CellOutput) => output.output_type === "error" || output.output_type === "execute_result";
    const ends = this.list.filter(isEnd);
    const others = this.list.filter((output) => !isEnd(output));
    this.#replace([]);
    for (const output of others) {
      if (output.output_type === "stream") this.addStream(output.name, output.text);
      else this.list.push(output);
    }
    for (const output of ends) {
      this.list.push(output.output_type === "execute_result" ? { ...output, execution_count: executionCount } : output);
    }
  }

  #replace(outputs: CellOutput[]): void {
    this.list.length = 0;
    for (const output of outputs) this.list.push(output);
    this.#clearBeforeNext = false;
  }

  #add(output: CellOutput): void {
    if (this.#clearBeforeNext) this.list.length = 0;
    this.#clearBeforeNext = false;
    this.list.push(output);
  }
}

function mimeOf(content: Record<string, unknown>): { data: MimeBundle; metadata: Record<string, unknown> } {
  return { data: content.data as MimeBundle ?? {}, metadata: content.metadata as Record<string, unknown> ?? {} };
}

function displayId(content: Record<string, unknown>): string | undefined {
  return (content.transient as { display_id?: string } | undefined)?.display_id;
}
