/**
 * The part of ZMTP 3.0 (the wire protocol of ZeroMQ, https://rfc.zeromq.org/spec/23/) that a Jupyter client needs:
 * DEALER and SUB sockets with the NULL mechanism over TCP on this machine. Pure TypeScript, no native addon.
 */

const MORE = 1;
const LONG = 2;
const COMMAND = 4;
const GREETING_BYTES = 64;
const READ_BYTES = 1 << 16;
const SUBSCRIBE_TO_ALL = Uint8Array.of(1);
const SUBSCRIBE_TO_NOTHING_SENT = Uint8Array.of(1, 0x78); // topic "x": any message can carry an acknowledgement

const encoder = new TextEncoder();

/** The socket types that a Jupyter client opens: DEALER asks (shell, control), SUB listens (iopub). */
export type ZmtpSocketType = "DEALER" | "SUB";

/**
 * One connection to a ZeroMQ peer on this machine.
 *
 * A SUB socket subscribes to everything at once, and sends a two-byte subscription after each read. Its content does
 * not matter: it takes the TCP acknowledgement along, for which the kernel (that leaves Nagle's algorithm on) would
 * otherwise wait 40 ms between two small messages.
 */
export class ZmtpSocket {
  #connection: Deno.TcpConn;
  #type: ZmtpSocketType;
  #buffer = new Uint8Array(2 * READ_BYTES);
  #start = 0;
  #end = 0;
  #writing: Promise<void> = Promise.resolve();
  #isSubscribed = false;
  #acknowledging = false;
  #closed = false;

  private constructor(connection: Deno.TcpConn, type: ZmtpSocketType) {
    this.#connection = connection;
    this.#type = type;
  }

  /**
   * Connects and shakes hands.
   *
   * @param port TCP port on 127.0.0.1.
   * @param identity Routing identity of a DEALER; Jupyter expects the same one on shell and control.
   * @throws {Deno.errors.ConnectionRefused} If nobody listens there yet.
   */
  static async connect(port: number, type: ZmtpSocketType, identity = ""): Promise<ZmtpSocket> {
    const connection = await Deno.connect({ hostname: "127.0.0.1", port });
    const socket = new ZmtpSocket(connection, type);
    try {
      connection.setNoDelay(true);
      await socket.#shakeHands(identity);
      if (type === "SUB") {
        await socket.send([SUBSCRIBE_TO_ALL]);
        socket.#isSubscribed = true;
      }
    } catch (error) {
      socket.close();
      throw error;
    }
    return socket;
  }

  async #shakeHands(identity: string): Promise<void> {
    const greeting = new Uint8Array(GREETING_BYTES);
    greeting.set([0xff, 0, 0, 0, 0, 0, 0, 0, 1, 0x7f, 3, 0]); // signature, version 3.0
    greeting.set(encoder.encode("NULL"), 12);
    await this.#write(greeting);
    while (this.#end - this.#start < GREETING_BYTES) await this.#readMore();
    this.#start += GREETING_BYTES;
    const properties = [property("Socket-Type", this.#type)];
    if (this.#type === "DEALER") properties.push(property("Identity", identity));
    await this.#write(frame(concatenate([Uint8Array.of(5), encoder.encode("READY"), ...properties]), COMMAND));
  }

  /** Sends one message of one or more frames. Messages leave in the order of the calls. */
  send(frames: readonly Uint8Array[]): Promise<void> {
    return this.#write(concatenate(frames.map((body, i) => frame(body, i < frames.length - 1 ? MORE : 0))));
  }

  /** Messages as they arrive, each a list of frames; ends when either side closes the connection. */
  async *messages(): AsyncGenerator<Uint8Array[]> {
    let message: Uint8Array[] = [];
    try {
      while (true) {
        const next = this.#takeFrame();
        if (next === undefined) {
          await this.#readMore();
        } else if (!(next.flags & COMMAND)) {
          message.push(next.body);
          if (next.flags & MORE) continue;
          yield message;
          message = [];
        }
      }
    } catch (error) {
      if (!isEndOfConnection(error)) throw error;
    }
  }

  /** Closes the connection; {@linkcode messages} then ends. Closing twice does no harm. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#connection.close();
  }

  /** The next frame, if it is in the buffer as a whole. */
  #takeFrame(): { flags: number; body: Uint8Array } | undefined {
    const available = this.#end - this.#start;
    if (available < 2) return undefined;
    const flags = this.#buffer[this.#start];
    const headerBytes = flags & LONG ? 9 : 2;
    if (available < headerBytes) return undefined;
    const bodyBytes = flags & LONG
      ? Number(new DataView(this.#buffer.buffer).getBigUint64(this.#start + 1))
      : this.#buffer[this.#start + 1];
    const wholeBytes = headerBytes + bodyBytes;
    if (available < wholeBytes) {
      if (this.#buffer.length - this.#start < wholeBytes + READ_BYTES) this.#makeRoom(wholeBytes);
      return undefined;
    }
    const bodyStart = this.#start + headerBytes;
    this.#start = bodyStart + bodyBytes;
    return { flags, body: this.#buffer.slice(bodyStart, this.#start) };
  }

  async #readMore(): Promise<void> {
    if (this.#start === this.#end) this.#start = this.#end = 0;
    if (this.#buffer.length - this.#end < READ_BYTES) this.#makeRoom(this.#end - this.#start + READ_BYTES);
    const bytes = await this.#connection.read(this.#buffer.subarray(this.#end));
    if (bytes === null) throw new Deno.errors.UnexpectedEof("The kernel closed the connection");
    this.#end += bytes;
    if (this.#isSubscribed) this.#acknowledge();
  }

  /** Moves what is unread to the front of a buffer that can hold `bytes`. */
  #makeRoom(bytes: number): void {
    const target = bytes + READ_BYTES <= this.#buffer.length
      ? this.#buffer
      : new Uint8Array(Math.max(2 * this.#buffer.length, bytes + READ_BYTES));
    target.set(this.#buffer.subarray(this.#start, this.#end));
    this.#end -= this.#start;
    this.#start = 0;
    this.#buffer = target;
  }

  #acknowledge(): void {
    if (this.#acknowledging) return;
    this.#acknowledging = true;
    this.send([SUBSCRIBE_TO_NOTHING_SENT])
      .catch(() => {}) // a dead peer shows in the reading
      .finally(() => this.#acknowledging = false);
  }

  #write(bytes: Uint8Array): Promise<void> {
    const written = this.#writing.catch(() => {}).then(async () => {
      for (let sent = 0; sent < bytes.length;) sent += await this.#connection.write(bytes.subarray(sent));
    });
    this.#writing = written;
    return written;
  }
}

function isEndOfConnection(error: unknown): boolean {
  return error instanceof Deno.errors.UnexpectedEof || error instanceof Deno.errors.ConnectionReset ||
    error instanceof Deno.errors.BadResource || error instanceof Deno.errors.Interrupted ||
    error instanceof Deno.errors.BrokenPipe;
}

function frame(body: Uint8Array, flags: number): Uint8Array {
  const long = body.length > 255;
  const bytes = new Uint8Array((long ? 9 : 2) + body.length);
  bytes[0] = flags | (long ? LONG : 0);
  if (long) new DataView(bytes.buffer).setBigUint64(1, BigInt(body.length));
  else bytes[1] = body.length;
  bytes.set(body, long ? 9 : 2);
  return bytes;
}

/** A property of the READY command: name with its length in one byte, value with its length in four. */
function property(name: string, value: string): Uint8Array {
  const nameBytes = encoder.encode(name);
  const valueBytes = encoder.encode(value);
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, valueBytes.length);
  return concatenate([Uint8Array.of(nameBytes.length), nameBytes, length, valueBytes]);
}

function concatenate(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((bytes, part) => bytes + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}
