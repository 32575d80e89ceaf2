import { randomUUID } from "node:crypto";
import { resolve } from "node:path";
import { type KernelProcess, killGroup, startKernelProcess } from "./_kernel_process.ts";
import { type JupyterMessage, MessageCodec } from "./message.ts";
import { preludeCode } from "./_prelude.ts";
import { type PipedText, TextPipe } from "./_text_pipe.ts";
import { within } from "./_within.ts";
import { ZmtpSocket, type ZmtpSocketType } from "./zmtp.ts";

/** Options of {@linkcode Kernel.start}. */
export interface KernelOptions {
  /** Folder in which the kernel starts: `deno.json` is looked for from here upwards. */
  folder: string;
  /** Folder in which cells run, from which relative imports and files are resolved. Default: `folder`. */
  workingFolder?: string;
  /** Environment variables beside those of this process. */
  environment?: Record<string, string>;
  /** Default 60: a first start may have to read a large cache from disk. */
  startTimeoutSeconds?: number;
}

const START_ATTEMPTS = 6;
const CONNECT_PAUSE_MS = 15;
const KEPT_TEXT_CHARACTERS = 16_000;
const PIPE_WAIT_MS = 500;
const MEMORY_HINT = ", out of memory: DENO_V8_FLAGS=--max-old-space-size=<MB> in its environment gives it more";

/** What the kernel shows: a message of its iopub channel, or text from its pipes. */
export type KernelOutput = JupyterMessage | PipedText;

/** A request under way. */
export interface KernelRequest {
  /** Parent id of the messages that it causes. */
  id: string;
  /** The reply, or undefined if the kernel ends before it answers. */
  reply: Promise<JupyterMessage | undefined>;
}

/**
 * A Deno kernel in a process of its own.
 *
 * No process stays behind. The kernel leads its own process group, which {@linkcode Kernel.stop} kills as a whole
 * (programs that cells started included). If this process ends first, by whatever means, a watching `sh` whose standard
 * input we hold sees it close and does the same.
 */
export class Kernel {
  /** Resolves when the kernel has ended and its last message was read, with a description such as "exit code 3". */
  readonly ended: Promise<string>;
  /** Secret mark of what the prelude writes into the pipes (see `_prelude.ts`). */
  readonly mark = `\u2063${randomUUID()}\u2063`;

  #process: Deno.ChildProcess;
  #session = randomUUID();
  #codec: MessageCodec;
  #sockets: ZmtpSocket[] = [];
  #channels: { shell: ZmtpSocket; control: ZmtpSocket } | undefined;
  #pumps: Promise<void>[] = [];
  #replies = new Map<string, (reply: JupyterMessage | undefined) => void>();
  #text = "";
  #pipes: TextPipe[];
  #unread: KernelOutput[] = [];
  #takeOutput: ((output: KernelOutput) => void) | undefined;
  #awaited: { event: number; resolve: () => void }[] = [];
  #cells = 0;
  #isReady = false;
  #end: string | undefined;

  private constructor(started: KernelProcess) {
    this.#process = started.process;
    this.#pipes = (["stdout", "stderr"] as const).map((stream) =>
      new TextPipe(stream, this.mark, (piece) => this.#hear(piece), () => this.#checkAwaited())
    );
    this.#codec = new MessageCodec(started.key, this.#session);
    this.ended = this.#waitForEnd(started);
  }

  /**
   * Starts a kernel and waits until it answers and its outputs arrive.
   *
   * @throws {Error} If it ends while starting, or does not answer in time; with what it printed.
   */
  static async start(options: KernelOptions): Promise<Kernel> {
    for (let attempt = 1;; attempt++) {
      try {
        return await Kernel.#startOnce(options);
      } catch (error) {
        // A port was free when we looked and taken when the kernel did: other kernels start at the same time.
        if (attempt === START_ATTEMPTS || !/AddrInUse|Address already in use/.test(String(error))) throw error;
      }
    }
  }

  static async #startOnce(
    { folder, workingFolder = folder, environment = {}, startTimeoutSeconds = 60 }: KernelOptions,
  ): Promise<Kernel> {
    const started = await startKernelProcess(folder, environment);
    const kernel = new Kernel(started);
    const deadline = setTimeout(() => {
      kernel.#text += `\nIt was not ready after ${startTimeoutSeconds} s`;
      kernel.#kill();
    }, startTimeoutSeconds * 1000);
    try {
      await kernel.#connect(started.ports);
      await kernel.#waitUntilHeard();
      const reply = await kernel.execute(preludeCode(kernel.mark, resolve(workingFolder))).reply;
      if (reply?.content.status !== "ok") throw kernel.#failure(reply);
      kernel.#isReady = true;
      return kernel;
    } catch (error) {
      await kernel.stop();
      for (const socket of kernel.#sockets) socket.close();
      throw error;
    } finally {
      clearTimeout(deadline);
    }
  }

  get hasEnded(): boolean {
    return this.#end !== undefined;
  }

  get processId(): number {
    return this.#process.pid;
  }

  /** The end of what was written to the kernel's stderr; it often explains the death of a kernel. */
  get text(): string {
    return this.#text;
  }

  /**
   * Has what the kernel shows taken, in order of arrival, by a function of a cell: first what arrived since the cell
   * before let go by calling this without a function.
   */
  takeOutput(take?: (output: KernelOutput) => void): void {
    this.#takeOutput = take;
    if (take === undefined) return;
    const unread = this.#unread;
    this.#unread = [];
    unread.forEach(take);
  }

  /** Resolves when all that was written to the pipes before the event (see `_prelude.ts`) was taken. */
  reached(event: number): Promise<void> {
    return new Promise((resolve) => {
      this.#awaited.push({ event, resolve });
      this.#checkAwaited();
    });
  }

  /** A number for the cell that is to be executed next. */
  nextCell(): number {
    return ++this.#cells;
  }

  /** Sends a request. Its reply is undefined if the kernel ends before it answers. */
  request(channel: "shell" | "control", type: string, content: Record<string, unknown> = {}): KernelRequest {
    const { id, frames } = this.#codec.encode(type, content);
    const socket = this.#channels?.[channel];
    if (this.hasEnded || socket === undefined) return { id, reply: Promise.resolve(undefined) };
    const reply = new Promise<JupyterMessage | undefined>((resolve) => this.#replies.set(id, resolve));
    socket.send(frames).catch(() => {}); // the connection breaks when the kernel ends, and that resolves the reply
    return { id, reply: reply.finally(() => this.#replies.delete(id)) };
  }

  /** Executes code; what it shows arrives through {@linkcode onOutput}. */
  execute(code: string): KernelRequest {
    return this.request("shell", "execute_request", {
      code,
      silent: false,
      store_history: false,
      user_expressions: {},
      allow_stdin: false,
      stop_on_error: false,
    });
  }

  /** Asks the kernel to stop a computation; one that awaits goes on. */
  interrupt(): KernelRequest {
    return this.request("control", "interrupt_request");
  }

  /** Sends SIGINT to the kernel, which answers with a `drained` report unless it computes without a pause. */
  signal(): void {
    if (!this.hasEnded) this.#process.kill("SIGINT");
  }

  /** Kills the kernel with all that it started, and waits until nothing is left of them. */
  async stop(): Promise<void> {
    this.#kill();
    await this.ended;
  }

  #kill(): void {
    if (!this.hasEnded) killGroup(this.#process.pid);
  }

  async #connect(ports: KernelProcess["ports"]): Promise<void> {
    const shell = await this.#dial(ports.shell, "DEALER");
    const control = await this.#dial(ports.control, "DEALER");
    const iopub = await this.#dial(ports.iopub, "SUB");
    this.#channels = { shell, control };
    const answer = (reply: JupyterMessage) => this.#replies.get(reply.parentId)?.(reply);
    this.#pumps = [
      this.#pump(shell, answer),
      this.#pump(control, answer),
      this.#pump(iopub, (message) => this.#hear(message)),
    ];
  }

  /** Connects as soon as the kernel listens. */
  async #dial(port: number, type: ZmtpSocketType): Promise<ZmtpSocket> {
    while (true) {
      if (this.hasEnded) throw this.#failure();
      try {
        const socket = await ZmtpSocket.connect(port, type, this.#session);
        this.#sockets.push(socket);
        return socket;
      } catch {
        await new Promise((resolve) => setTimeout(resolve, CONNECT_PAUSE_MS));
      }
    }
  }

  /** A subscription takes effect some time after it was sent: ask until an answer comes on both channels. */
  async #waitUntilHeard(): Promise<void> {
    let heard = false;
    this.takeOutput(() => heard = true);
    while (!heard) {
      await this.request("shell", "kernel_info_request").reply;
      if (this.hasEnded) throw this.#failure();
      if (!heard) await new Promise((resolve) => setTimeout(resolve, 5));
    }
    this.takeOutput();
  }

  async #pump(socket: ZmtpSocket, take: (message: JupyterMessage) => void): Promise<void> {
    try {
      for await (const frames of socket.messages()) take(this.#codec.decode(frames));
    } catch (error) {
      this.#text += `\n${error}`;
      this.#kill(); // what cannot be read cannot be trusted
    }
  }

  #hear(output: KernelOutput): void {
    if ("text" in output && output.stream === "stderr") {
      this.#text = (this.#text + output.text).slice(-KEPT_TEXT_CHARACTERS);
    }
    if (this.#takeOutput === undefined) this.#unread.push(output);
    else this.#takeOutput(output);
  }

  #checkAwaited(): void {
    if (this.#awaited.length === 0) return;
    const event = Math.min(...this.#pipes.map((pipe) => pipe.event));
    for (const each of this.#awaited.filter((each) => each.event <= event)) each.resolve();
    this.#awaited = this.#awaited.filter((each) => each.event > event);
  }

  async #waitForEnd({ process, watcher, temporaryFolder }: KernelProcess): Promise<string> {
    const readings = [process.stdout, process.stderr].map((pipe, i) => this.#pipes[i].readAll(pipe));
    const { code, signal } = await process.status;
    this.#kill(); // the programs that it started
    if (this.#isReady) await Promise.all(this.#pumps); // they end with the kernel, having read all that it had sent
    await within(PIPE_WAIT_MS, Promise.all(readings)); // a program in a group of its own may hold the pipes open
    await Promise.all(this.#pipes.map((pipe) => pipe.stop()));
    const isMemoryFull = /JavaScript out of memory/.test(this.#text);
    const end = (signal ? `signal ${signal}` : `exit code ${code}`) + (isMemoryFull ? MEMORY_HINT : "");
    this.#end = end;
    for (const socket of this.#sockets) socket.close();
    for (const resolve of this.#replies.values()) resolve(undefined);
    watcher.kill("SIGKILL");
    await Promise.all([watcher.status, Deno.remove(temporaryFolder, { recursive: true })]);
    return end;
  }

  #failure(reply?: JupyterMessage): Error {
    const wanted = "Cannot start the Deno kernel: it must run and answer";
    const found = reply ? `it said ${reply.content.ename}: ${reply.content.evalue}` : `it ended with ${this.#end}`;
    return new Error(`${wanted}, ${found}\n${this.#text}`.trimEnd());
  }
}
