/** Native kernels for TensorFlow.js's wasm backend. */
export { installSimd, type Installed, type InstallOptions } from "./install.ts";
