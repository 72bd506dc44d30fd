#!/usr/bin/env node
// The `gongbu` command. The sources are TypeScript: tsx reads them as they are.
import { register } from "tsx/esm/api";

register();
const { main } = await import("./main.ts");
process.exitCode = await main(process.argv.slice(2), process);
