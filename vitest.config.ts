import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { gongbuAliases } from "./kernels/aliases.ts";

export default defineConfig({
  resolve: { alias: gongbuAliases(fileURLToPath(new URL(".", import.meta.url))) },
  test: {
    // A busy machine is slow; no test measures time.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    include: ["tests/**/*.test.{ts,tsx}"],
    exclude: ["tests/browser/**"],
    globalSetup: ["tests/native-builds.ts"],
  },
});
