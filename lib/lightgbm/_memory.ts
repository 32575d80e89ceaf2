import type { LightgbmFunctionName, LightgbmInterface } from "./lightgbm_interface.ts";

type Numbers = Float32Array<ArrayBuffer> | Float64Array<ArrayBuffer> | Int32Array<ArrayBuffer>;

/** Calls a function and says, where it fails, what was being done. */
export function callFor(
  lightgbm: LightgbmInterface,
  action: string,
  name: LightgbmFunctionName,
  ...parameters: number[]
): void {
  try {
    lightgbm.call(name, ...parameters);
  } catch (cause) {
    throw new Error(`Cannot ${action}: LightGBM says "${(cause as Error).message}"`, { cause });
  }
}

/** Memory of an engine that some calls need, given back together. */
export class Memory implements Disposable {
  readonly #addresses: number[] = [];

  constructor(private readonly lightgbm: LightgbmInterface) {}

  /** Takes memory of any content. */
  allocate(bytes: number): number {
    const address = this.lightgbm.allocate(bytes);
    this.#addresses.push(address);
    return address;
  }

  /** Where the engine finds these values: in place if it can, else copied. */
  place(values: ArrayBufferView<ArrayBuffer>): number {
    if (this.lightgbm.lend && values.byteLength > 0) {
      const address = this.lightgbm.lend(values);
      this.#addresses.push(address);
      return address;
    }
    const address = this.allocate(values.byteLength);
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    this.lightgbm.view(address, bytes.length).set(bytes);
    return address;
  }

  /** A text in the form of C. */
  text(text: string): number {
    return this.place(new TextEncoder().encode(`${text}\0`));
  }

  /** A list of addresses. */
  addresses(list: readonly number[]): number {
    return this.place(
      this.lightgbm.addressBytes === 8 ? BigUint64Array.from(list, BigInt) : Uint32Array.from(list),
    );
  }

  /** Copies what was written, as many numbers as `into` has room for. */
  read<Kind extends Numbers>(address: number, into: Kind): Kind {
    new Uint8Array(into.buffer, into.byteOffset, into.byteLength).set(this.lightgbm.view(address, into.byteLength));
    return into;
  }

  int32(address: number): number {
    return this.#data(address, 4).getInt32(0, true);
  }

  int64(address: number): number {
    return Number(this.#data(address, 8).getBigInt64(0, true));
  }

  float64(address: number): number {
    return this.#data(address, 8).getFloat64(0, true);
  }

  /** A pointer or `size_t`. */
  address(address: number): number {
    const data = this.#data(address, this.lightgbm.addressBytes);
    return this.lightgbm.addressBytes === 8 ? Number(data.getBigUint64(0, true)) : data.getUint32(0, true);
  }

  #data(address: number, bytes: number): DataView {
    const view = this.lightgbm.view(address, bytes);
    return new DataView(view.buffer, view.byteOffset, bytes);
  }

  [Symbol.dispose](): void {
    for (const address of this.#addresses.splice(0)) this.lightgbm.release(address);
  }
}

/** Reads a text that a function writes into memory of ours, however long it turns out to be. */
export function readText(
  lightgbm: LightgbmInterface,
  write: (capacity: number, length: number, buffer: number) => void,
): string {
  const attempt = (capacity: number) => {
    using memory = new Memory(lightgbm);
    const length = memory.allocate(8);
    const buffer = memory.allocate(capacity);
    write(capacity, length, buffer);
    const needed = memory.int64(length);
    return { needed, text: needed <= capacity ? lightgbm.view(buffer, needed - 1).slice() : undefined };
  };
  const { needed, text } = attempt(1 << 16);
  return new TextDecoder().decode(text ?? attempt(needed).text);
}
