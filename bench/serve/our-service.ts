/** The service on one folder in a process of its own, started by services.ts: `gongbu serve` without the limit on requests a minute. */
import { startService, createFolderSource } from "../../src/server/index.ts";

const [folder, port] = process.argv.slice(2);

await startService({ sources: [createFolderSource(folder)], port: Number(port), rateLimit: 0, reloadMs: 0 });
