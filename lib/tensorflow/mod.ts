export { tf } from "./tf.ts";
export { type BackendDescription, type BackendName, useBackend, type UseBackendOptions } from "./use_backend.ts";
export { lstm, type LstmOptions } from "./lstm.ts";
export { matrixProduct } from "./matrix_product.ts";
export { type Trace, type TracedKernel, type TracedTensor, traceKernels } from "./trace_kernels.ts";
