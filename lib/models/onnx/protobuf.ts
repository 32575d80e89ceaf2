/** A message in the wire form of Protocol Buffers, field after field: as much of it as ONNX needs. */
export class ProtobufMessage {
  readonly #parts: Uint8Array[] = [];

  /** A whole number of at least 0, or true as 1. */
  integer(field: number, value: number): this {
    return this.#push(varint(field * 8), varint(value));
  }

  /** Bytes, a text, or a message within this one. */
  bytes(field: number, value: Uint8Array | string | ProtobufMessage): this {
    const content = value instanceof ProtobufMessage
      ? value.encode()
      : typeof value === "string"
      ? new TextEncoder().encode(value)
      : value;
    return this.#push(varint(field * 8 + 2), varint(content.length), content);
  }

  /** All fields so far. */
  encode(): Uint8Array<ArrayBuffer> {
    const result = new Uint8Array(this.#parts.reduce((length, part) => length + part.length, 0));
    let at = 0;
    for (const part of this.#parts) {
      result.set(part, at);
      at += part.length;
    }
    return result;
  }

  #push(...parts: Uint8Array[]): this {
    this.#parts.push(...parts);
    return this;
  }
}

/** Seven bits to a byte, the low ones first; the eighth says that there are more. */
function varint(value: number): Uint8Array {
  if (!Number.isSafeInteger(value) || value < 0) {
    throw new RangeError(`Cannot encode a number: it must be an integer of at least 0, current value is ${value}`);
  }
  const bytes: number[] = [];
  for (; value > 127; value = Math.floor(value / 128)) bytes.push(value % 128 + 128);
  return Uint8Array.of(...bytes, value);
}
