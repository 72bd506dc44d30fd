import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";
import { gongbuSite, siteEntries } from "./src/page/site/plugin.ts";

/**
 * With these two a page is isolated and its kernel may use threads. The course works without them, on hosts where
 * headers cannot be set: `GONGBU_PLAIN=1 npm start` serves it so.
 */
const isolation = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
  "Cross-Origin-Resource-Policy": "same-origin",
};

export default defineConfig({
  base: process.env.GONGBU_BASE ?? "/",
  appType: "mpa",
  plugins: [gongbuSite()],
  define: { global: "globalThis" },
  worker: { format: "es" },
  build: {
    target: "es2023",
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: Object.fromEntries(
        Object.entries(siteEntries).map(([name, path]) => [
          name,
          fileURLToPath(new URL(path, import.meta.url)),
        ]),
      ),
    },
  },
  preview: { headers: process.env.GONGBU_PLAIN ? {} : isolation },
});
