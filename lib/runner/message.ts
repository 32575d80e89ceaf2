import { createHmac, randomUUID, timingSafeEqual } from "node:crypto";

/** A message of the Jupyter protocol 5.3, as far as a client that executes cells cares. */
export interface JupyterMessage {
  /** Such as `execute_reply`, `stream`, `status`. */
  type: string;
  id: string;
  /** Id of the request that this message answers, empty where there is none. */
  parentId: string;
  metadata: Record<string, unknown>;
  content: Record<string, unknown>;
}

const DELIMITER = "<IDS|MSG>";
const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Builds and opens the signed frames of Jupyter messages (HMAC-SHA256 over header, parent, metadata and content). */
export class MessageCodec {
  #key: string;
  #session: string;

  /** @param key Secret shared with the kernel through its connection file. */
  constructor(key: string, session: string) {
    this.#key = key;
    this.#session = session;
  }

  /** A request with a new id, ready to be sent. */
  encode(type: string, content: Record<string, unknown>): { id: string; frames: Uint8Array[] } {
    const id = randomUUID();
    const header = {
      msg_id: id,
      username: "runner",
      session: this.#session,
      date: new Date().toISOString(),
      msg_type: type,
      version: "5.3",
    };
    const parts = [header, {}, {}, content].map((part) => encoder.encode(JSON.stringify(part)));
    return { id, frames: [encoder.encode(DELIMITER), encoder.encode(this.#sign(parts)), ...parts] };
  }

  /** @throws {SyntaxError} If the frames are no Jupyter message, or were not signed with our key. */
  decode(frames: readonly Uint8Array[]): JupyterMessage {
    const delimiter = frames.findIndex((frame) =>
      frame.length === DELIMITER.length && decoder.decode(frame) === DELIMITER
    );
    if (delimiter < 0 || frames.length < delimiter + 6) {
      throw new SyntaxError("Cannot read a message of the kernel: it must have a delimiter and five parts");
    }
    const signature = frames[delimiter + 1];
    const parts = frames.slice(delimiter + 2, delimiter + 6);
    const expected = encoder.encode(this.#sign(parts));
    if (signature.length !== expected.length || !timingSafeEqual(signature, expected)) {
      throw new SyntaxError("Cannot read a message of the kernel: its signature must fit our key");
    }
    const [header, parent, metadata, content] = parts.map((part) => JSON.parse(decoder.decode(part)));
    return { type: header.msg_type, id: header.msg_id, parentId: parent.msg_id ?? "", metadata, content };
  }

  #sign(parts: readonly Uint8Array[]): string {
    const hmac = createHmac("sha256", this.#key);
    for (const part of parts) hmac.update(part);
    return hmac.digest("hex");
  }
}
