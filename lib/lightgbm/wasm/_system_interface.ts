const success = 0;
const badDescriptor = 8; // errors of WASI
const noSuchFile = 44;
const notSupported = 58;
const output = [1, 2];

/**
 * The system as LightGBM's module finds it (WASI, preview 1): no files, no environment and a clock that stands still,
 * so that nothing but its inputs can move a result. What it prints is handed out line by line.
 *
 * @param memory The module's memory, asked for at each call since it moves when it grows.
 */
export function systemInterface(memory: () => ArrayBuffer, print: (line: string) => void): WebAssembly.ModuleImports {
  const decoder = new TextDecoder();
  let waiting = "";
  const setInteger = (address: number, value: number) => new DataView(memory()).setUint32(address, value, true);
  return {
    fd_write(descriptor: number, pieces: number, count: number, written: number) {
      if (!output.includes(descriptor)) return badDescriptor;
      const view = new DataView(memory());
      let bytes = 0;
      for (let index = 0; index < count; index++) {
        const address = view.getUint32(pieces + 8 * index, true);
        const length = view.getUint32(pieces + 8 * index + 4, true);
        waiting += decoder.decode(new Uint8Array(memory(), address, length));
        bytes += length;
      }
      const lines = waiting.split("\n");
      waiting = lines.pop()!;
      lines.forEach((line) => print(line));
      setInteger(written, bytes);
      return success;
    },
    environ_sizes_get(count: number, bytes: number) {
      setInteger(count, 0);
      setInteger(bytes, 0);
      return success;
    },
    environ_get: () => success,
    clock_time_get(_clock: number, _precision: bigint, time: number) {
      new DataView(memory()).setBigUint64(time, 0n, true);
      return success;
    },
    random_get(address: number, bytes: number) {
      crypto.getRandomValues(new Uint8Array(memory(), address, bytes));
      return success;
    },
    fd_fdstat_get(descriptor: number, status: number) {
      if (!output.includes(descriptor)) return badDescriptor;
      new Uint8Array(memory(), status, 24).fill(0);
      return success;
    },
    fd_close: () => badDescriptor,
    fd_fdstat_set_flags: () => badDescriptor,
    fd_prestat_dir_name: () => badDescriptor,
    fd_prestat_get: () => badDescriptor,
    fd_read: () => badDescriptor,
    fd_seek: () => notSupported,
    path_open: () => noSuchFile,
    proc_exit(code: number) {
      throw new WebAssembly.RuntimeError(`LightGBM ended with code ${code}`);
    },
  };
}
