/** A place in a JSON text, which is asked for what the documentation says is there. */
export class JsonNode {
  readonly #value: unknown;
  readonly #parent?: JsonNode;
  readonly #key?: string | number;

  private constructor(value: unknown, parent?: JsonNode, key?: string | number) {
    this.#value = value;
    this.#parent = parent;
    this.#key = key;
  }

  /** @throws {SyntaxError} If the bytes are no JSON, as when they are just the beginning of it. */
  static parse(bytes: Uint8Array): JsonNode {
    let text: string;
    try {
      text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    } catch {
      throw new SyntaxError("it must be UTF-8 text, current bytes are not");
    }
    try {
      return new JsonNode(JSON.parse(text));
    } catch {
      const start = text.slice(0, 60).replaceAll(/\s+/g, " ");
      throw new SyntaxError(`it must be JSON, currently it is ${text.length} characters that begin with ${start}`);
    }
  }

  /** Whether there is anything but null. */
  get exists(): boolean {
    return this.#value !== undefined && this.#value !== null;
  }

  /** What lies under a key of an object; it need not exist. */
  at(key: string): JsonNode {
    const value = this.#value;
    if (typeof value !== "object" || value === null || Array.isArray(value)) throw this.refusal("an object");
    const inner = Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined;
    return new JsonNode(inner, this, key);
  }

  /** The values of an object, whatever their keys. */
  values(): JsonNode[] {
    const value = this.#value;
    if (typeof value !== "object" || value === null || Array.isArray(value)) throw this.refusal("an object");
    return Object.keys(value).map((key) => this.at(key));
  }

  items(): JsonNode[] {
    if (!Array.isArray(this.#value)) throw this.refusal("an array");
    return this.#value.map((value, index) => new JsonNode(value, this, index));
  }

  text(): string {
    if (typeof this.#value !== "string") throw this.refusal("a text");
    return this.#value;
  }

  number(): number {
    if (typeof this.#value !== "number") throw this.refusal("a number");
    return this.#value;
  }

  integer(): number {
    if (!Number.isSafeInteger(this.#value)) throw this.refusal("a whole number");
    return this.#value as number;
  }

  /** A number, NaN for null or nothing. */
  numberOrMissing(): number {
    return this.exists ? this.number() : NaN;
  }

  /** What is said where something else should stand. */
  refusal(wanted: string): SyntaxError {
    const current = JSON.stringify(this.#value)?.slice(0, 80) ?? "missing";
    return new SyntaxError(`${this.#path() || "it"} must be ${wanted}, current value is ${current}`);
  }

  #path(): string {
    if (this.#parent === undefined) return "";
    if (typeof this.#key === "number") return `${this.#parent.#path()}[${this.#key}]`;
    const before = this.#parent.#path();
    return before === "" ? `${this.#key}` : `${before}.${this.#key}`;
  }
}
