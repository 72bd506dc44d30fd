import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { gongbuAliases } from "./kernels/aliases.ts";

export default defineConfig({
  resolve: { alias: gongbuAliases(fileURLToPath(new URL(".", import.meta.url))) },
  test: {
    include: ["tests/**/*.test.{ts,tsx}"],
    exclude: ["tests/browser/**"],
    globalSetup: ["tests/native-builds.ts"],
  },
});
