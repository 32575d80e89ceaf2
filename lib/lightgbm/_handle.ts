import type { LightgbmInterface } from "./lightgbm_interface.ts";
import { Memory } from "./_memory.ts";

type FreeFunction = "LGBM_DatasetFree" | "LGBM_BoosterFree" | "LGBM_FastConfigFree";

interface Held {
  lightgbm: LightgbmInterface;
  address: number;
  free: FreeFunction;
}

const release = ({ lightgbm, address, free }: Held) => lightgbm.call(free, address);

/** Hands back what was dropped without `using`. */
const dropped = new FinalizationRegistry(release);

/** Something that lives in an engine's memory until it is disposed of. */
export class Handle implements Disposable {
  #held: Held | undefined;

  /** Takes hold of the address that `create` writes into a cell. */
  constructor(
    lightgbm: LightgbmInterface,
    private readonly what: string,
    free: FreeFunction,
    create: (cell: number, memory: Memory) => void,
  ) {
    using memory = new Memory(lightgbm);
    const cell = memory.allocate(8);
    create(cell, memory);
    this.#held = { lightgbm, address: memory.address(cell), free };
    dropped.register(this, this.#held, this);
  }

  /**
   * Where it lies.
   *
   * @throws {ReferenceError} If it was disposed of.
   */
  get address(): number {
    if (!this.#held) throw new ReferenceError(`Cannot use ${this.what}: it was disposed of`);
    return this.#held.address;
  }

  [Symbol.dispose](): void {
    if (!this.#held) return;
    dropped.unregister(this);
    release(this.#held);
    this.#held = undefined;
  }
}
