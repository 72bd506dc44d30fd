import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "@playwright/test";
import { gongbuAliases } from "../../kernels/aliases.ts";
import { BUILDS, type BuildName } from "../../kernels/simd/builds.ts";
import { compileSimd } from "../../kernels/simd/compile.ts";
import { buildBundle } from "../../src/page/site/kernel-bundles.ts";
import { chromiumFlags, getChromium } from "./chromium.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const wasmFolder = dirname(createRequire(import.meta.url).resolve("@tensorflow/tfjs-backend-wasm"));
let script: string;

// WebGL on a machine without a graphics card: Chromium computes it in software when it is told that it may.
test.use({
  launchOptions: { executablePath: getChromium(), args: [...chromiumFlags, "--enable-unsafe-swiftshader"] },
});

test.beforeAll(async () => {
  script = await buildBundle(root, "tests/browser/numbers.ts", {
    format: "iife",
    alias: gongbuAliases(root),
  });
});

for (const backend of ["wasm", "native", "webgl"]) {
  test(`layers and losses have PyTorch's values and gradients on ${backend}`, async ({ page }) => {
    await page.route("http://numbers.localhost/**", async (route) => {
      const name = new URL(route.request().url()).pathname.slice(1);
      if (!name.endsWith(".wasm"))
        return route.fulfill({ contentType: "text/html", body: "<!doctype html>" });
      const body = Object.hasOwn(BUILDS, name)
        ? Buffer.from(await compileSimd(name as BuildName))
        : await readFile(join(wasmFolder, name));
      return route.fulfill({ contentType: "application/wasm", body });
    });
    await page.goto("http://numbers.localhost/");
    await page.addScriptTag({ content: script });
    const outcomes = await page.evaluate(
      (name) => globalThis.runReferenceCases(name, "http://numbers.localhost/"),
      backend,
    );
    expect(outcomes).toHaveLength(35);
    expect(outcomes.filter(({ wrong, left }) => wrong.length > 0 || left !== 0)).toEqual([]);
  });
}
