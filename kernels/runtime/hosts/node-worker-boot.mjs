// A worker thread of Node does not inherit its parent's way of reading TypeScript: it is set up here, then the kernel starts.
import { register } from "tsx/esm/api";

register();
await import("./node-worker.ts");
