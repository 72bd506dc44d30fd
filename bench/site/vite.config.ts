/** The benches' own lectures as a site: built like the course's, into .cache/bench/site. */
import { fileURLToPath } from "node:url";
import { defineConfig, mergeConfig } from "vite";
import { gongbuSite } from "../../src/page/site/plugin.ts";
import course from "../../vite.config.ts";

const { plugins: _, ...shared } = course;

export default defineConfig(
  mergeConfig(shared, {
    root: fileURLToPath(new URL("../..", import.meta.url)),
    logLevel: "error",
    plugins: [gongbuSite({ notebooks: "bench/site/notebooks" })],
    build: { outDir: ".cache/bench/site", emptyOutDir: true },
  }),
);
