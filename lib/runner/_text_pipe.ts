import { Buffer } from "node:buffer";

/** A piece of text that was written to one of the kernel's pipes. */
export interface PipedText {
  stream: "stdout" | "stderr";
  text: string;
  /** Number of the last event before it, 0 where there was none. */
  event: number;
  /** Whether the event itself printed it, rather than a native library or a child process after the event. */
  isOwn: boolean;
}

const LINE_END = 10;

/**
 * Takes apart what comes through a pipe of the kernel: text, and the marks that the prelude writes before each event
 * (see `_prelude.ts`). Marks are found in bytes, so that one between two halves of a character does no harm.
 */
export class TextPipe {
  /** Number of the last event whose mark has come. */
  event = 0;
  #stream: PipedText["stream"];
  #mark: Buffer;
  #take: (piece: PipedText) => void;
  #reached: () => void;
  #reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  #rest = Buffer.alloc(0);
  #ownBytes = 0;
  #own = new TextDecoder("utf-8", { ignoreBOM: true });
  #foreign = new TextDecoder("utf-8", { ignoreBOM: true });

  /**
   * @param take Called with each piece of text.
   * @param reached Called when the mark of an event has come.
   */
  constructor(stream: PipedText["stream"], mark: string, take: (piece: PipedText) => void, reached: () => void) {
    this.#stream = stream;
    this.#mark = Buffer.from(mark);
    this.#take = take;
    this.#reached = reached;
  }

  /** Reads to the end of the pipe, or until {@linkcode TextPipe.stop}. */
  async readAll(pipe: ReadableStream<Uint8Array>): Promise<void> {
    this.#reader = pipe.getReader();
    for (let next = await this.#reader.read(); !next.done; next = await this.#reader.read()) this.read(next.value);
    this.#text(this.#rest, false); // what looked like the beginning of a mark
  }

  /** Reads no further. An open pipe would keep this process from ending. */
  async stop(): Promise<void> {
    await this.#reader?.cancel();
  }

  /** Takes the bytes that come next. */
  read(bytes: Uint8Array): void {
    const all = this.#rest.length === 0 ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length) : Buffer.concat([
      this.#rest,
      bytes,
    ]);
    let start = 0;
    while (start < all.length) {
      if (this.#ownBytes > 0) {
        const end = Math.min(start + this.#ownBytes, all.length);
        this.#text(all.subarray(start, end), true);
        this.#ownBytes -= end - start;
        start = end;
        continue;
      }
      const mark = all.indexOf(this.#mark, start);
      const end = mark < 0 ? all.length - this.#beginningOfMark(all.subarray(start)) : mark;
      this.#text(all.subarray(start, end), false);
      start = end;
      const lineEnd = mark < 0 ? -1 : all.indexOf(LINE_END, mark);
      if (lineEnd < 0) break;
      const numbers = all.toString("latin1", mark + this.#mark.length, lineEnd);
      [this.event, this.#ownBytes] = numbers.split(" ").map(Number);
      start = lineEnd + 1;
      this.#reached();
    }
    this.#rest = Buffer.from(all.subarray(start));
  }

  /** How many bytes at the end may be the beginning of a mark. */
  #beginningOfMark(bytes: Buffer): number {
    for (let length = Math.min(this.#mark.length - 1, bytes.length); length > 0; length--) {
      if (bytes.subarray(bytes.length - length).equals(this.#mark.subarray(0, length))) return length;
    }
    return 0;
  }

  #text(bytes: Uint8Array, isOwn: boolean): void {
    const text = (isOwn ? this.#own : this.#foreign).decode(bytes, { stream: true });
    if (text !== "") this.#take({ stream: this.#stream, text, event: this.event, isOwn });
  }
}
