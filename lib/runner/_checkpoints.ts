const PAUSE_MS = 2000;
/** A save that takes long is followed by a pause that is so many times as long. */
const PAUSE_PER_SAVE = 10;

/** Saves in the background what changes: some seconds after the first change, never twice at once. */
export class Checkpoints {
  #save: () => Promise<void>;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #saving = Promise.resolve();
  #tookMs = 0;

  /** @param save What it throws is ignored: a full disk may have room again at the end, and hours may be at stake. */
  constructor(save: () => Promise<void>) {
    this.#save = save;
  }

  /** Something has changed. */
  note(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#saving = this.#saving.then(() => this.#saveOnce());
    }, Math.max(PAUSE_MS, PAUSE_PER_SAVE * this.#tookMs));
  }

  /** Lets go of what is not saved yet, and waits for the save that is under way. */
  async stop(): Promise<void> {
    clearTimeout(this.#timer);
    await this.#saving;
  }

  async #saveOnce(): Promise<void> {
    const start = performance.now();
    await this.#save().catch(() => {});
    this.#tookMs = performance.now() - start;
  }
}
