import type { OpenLab } from "./_open_lab.ts";

/** A message from the kernel. */
export interface KernelMessage {
  type: string;
  // deno-lint-ignore no-explicit-any -- each type has a shape of its own
  content: any;
}

/** What one request came to: the messages that it caused, in order of arrival. */
export interface Answer {
  reply: KernelMessage;
  messages: KernelMessage[];
}

interface Request {
  messages: KernelMessage[];
  end: (answer: Answer) => void;
}

/** The connection of JupyterLab to one kernel, for a test: frames messages as JupyterLab does. */
export class KernelSocket implements AsyncDisposable {
  #requests = new Map<string, Request>();
  #listener: (message: KernelMessage) => void = () => {};

  private constructor(readonly lab: OpenLab, readonly kernelId: string, readonly socket: WebSocket) {
    socket.onmessage = ({ data }) => this.#take(data);
  }

  /** Starts a kernel and connects to it. */
  static async open(lab: OpenLab): Promise<KernelSocket> {
    const { id } = await lab.ask("POST", "kernels");
    const socket = new WebSocket(
      `ws://${lab.host}/api/kernels/${id}/channels?token=${lab.token}`,
      "v1.kernel.websocket.jupyter.org",
    );
    socket.binaryType = "arraybuffer";
    await new Promise((resolve, reject) => Object.assign(socket, { onopen: resolve, onerror: reject }));
    return new KernelSocket(lab, id, socket);
  }

  /** Sends a request; its answer is complete when the kernel has replied and is idle. */
  request(type: string, content: Record<string, unknown>): Promise<Answer> {
    const { promise, resolve: end } = Promise.withResolvers<Answer>();
    const msg_id = crypto.randomUUID();
    this.#requests.set(msg_id, { messages: [], end });
    const header = { msg_id, msg_type: type, session: "test", username: "", version: "5.3", date: "" };
    this.socket.send(framed("shell", [header, {}, {}, content]));
    return promise;
  }

  execute(code: string): Promise<Answer> {
    return this.request("execute_request", {
      code,
      silent: false,
      store_history: true,
      allow_stdin: false,
      stop_on_error: true,
    });
  }

  /** Resolves when a cell prints a text. */
  heard(text: string): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#listener = (message) => {
      if (message.type === "stream" && message.content.text === text) resolve();
    };
    return promise;
  }

  #take(data: ArrayBuffer): void {
    const { type, parent, content } = unframed(data);
    const request = this.#requests.get(parent);
    if (request === undefined) return;
    request.messages.push({ type, content });
    this.#listener({ type, content });
    const reply = request.messages.find(({ type }) => type.endsWith("_reply"));
    const isIdle = request.messages.some(({ type, content }) =>
      type === "status" && content.execution_state === "idle"
    );
    if (reply && (isIdle || type === "inspect_reply")) request.end({ reply, messages: request.messages });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = new Promise((resolve) => this.socket.onclose = resolve);
    this.socket.close();
    await closed;
  }
}

/** A message as JupyterLab frames it on its socket: the number of parts and their places, then the parts. */
function framed(channel: string, parts: unknown[]): Uint8Array<ArrayBuffer> {
  const encoder = new TextEncoder();
  const bytes = [encoder.encode(channel), ...parts.map((part) => encoder.encode(JSON.stringify(part)))];
  const head = 8 * (bytes.length + 2);
  const places = bytes.reduce((ends, { length }) => [...ends, ends.at(-1)! + length], [head]);
  const whole = new Uint8Array(places.at(-1)!);
  const view = new DataView(whole.buffer);
  [places.length, ...places].forEach((value, index) => view.setBigUint64(8 * index, BigInt(value), true));
  bytes.forEach((part, index) => whole.set(part, places[index]));
  return whole;
}

function unframed(data: ArrayBuffer): KernelMessage & { parent: string } {
  const view = new DataView(data);
  const place = (index: number) => Number(view.getBigUint64(8 * (index + 1), true));
  const part = (index: number) => JSON.parse(new TextDecoder().decode(data.slice(place(index), place(index + 1))));
  return { type: part(1).msg_type, parent: part(2).msg_id, content: part(4) };
}
