/** Which browser the tests drive: the one that is there, or one that is fetched now. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { chromium } from "@playwright/test";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** Flags for tests: no sandbox (CI runs as root) and no talk to the outside. */
export const chromiumFlags = [
  "--no-sandbox",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** The path of a Chrome or Chromium, if there is one. `GONGBU_CHROMIUM` goes before all others. */
export function maybeChromium(): string | undefined {
  const given = process.env.GONGBU_CHROMIUM;
  if (given) return given;
  for (const name of NAMES) {
    const found = spawnSync("which", [name], { encoding: "utf8" });
    if (found.status === 0) return found.stdout.trim();
  }
  const own = chromium.executablePath();
  return existsSync(own) ? own : undefined;
}

/** The path of a browser, which is installed first where none is found. Throws with what to do where that fails. */
export function getChromium(): string {
  const there = maybeChromium();
  if (there) return there;
  const mayInstall = process.getuid?.() === 0 && spawnSync("which", ["apt-get"]).status === 0;
  if (mayInstall) {
    run("apt-get", ["update"]);
    run("apt-get", ["install", "-y", "--no-install-recommends", "chromium"]);
  } else {
    run("npx", ["playwright", "install", "chromium"]);
  }
  const installed = maybeChromium();
  if (installed) return installed;
  throw new Error(
    "The browser tests need Chrome or Chromium, and none could be installed. Install Debian's package (sudo apt-get install chromium) " +
      "or run `npx playwright install --with-deps chromium`, or set GONGBU_CHROMIUM to the path of one; then run npm test again.",
  );
}

function run(command: string, args: readonly string[]): void {
  spawnSync(command, args, { stdio: "inherit", env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } });
}
