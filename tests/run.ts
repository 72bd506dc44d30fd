/**
 * Runs everything: types, lint, walls, format, unit tests, every lecture headless, and the browser tests against the
 * built site. `--fast` leaves out the lectures, the build and the browser. The last line counts tests from the
 * runners' own reports; a check that is no test and fails counts as one failure.
 */
import { spawn } from "node:child_process";
import { mkdir, readFile, rm } from "node:fs/promises";
import { getChromium } from "./browser/chromium.ts";

interface Step {
  readonly name: string;
  readonly command: readonly string[];
  /** Where the step's runner writes its report, and how to count in it. */
  readonly report?: { readonly path: string; readonly count: (report: never) => Count };
}

interface Count {
  readonly passed: number;
  readonly failed: number;
}

const fast = process.argv.includes("--fast");

const checks: readonly Step[] = [
  { name: "types of the page", command: ["tsc", "--noEmit", "-p", "."] },
  { name: "types of the kernels", command: ["tsc", "--noEmit", "-p", "kernels"] },
  { name: "lint", command: ["eslint", ".", "--max-warnings", "0"] },
  { name: "walls", command: ["depcruise", "kernels", "src", "--config", ".dependency-cruiser.cjs"] },
  { name: "format", command: ["prettier", "--check", "--log-level", "warn", "."] },
];

const vitest = (name: string, folders: readonly string[]): Step => ({
  name,
  command: [
    "vitest",
    "run",
    "--reporter=dot",
    "--reporter=json",
    `--outputFile.json=reports/${name}.json`,
    ...folders,
  ],
  report: {
    path: `reports/${name}.json`,
    count: (report: { numPassedTests: number; numTotalTests: number }) => ({
      passed: report.numPassedTests,
      failed: report.numTotalTests - report.numPassedTests,
    }),
  },
});

const unit = vitest("unit", ["tests/kernels", "tests/src", "tests/data", "tests/project"]);
const lectures = vitest("lectures", ["tests/notebooks"]);
const build: Step = { name: "build", command: ["vite", "build", "--logLevel", "warn"] };
const browser: Step = {
  name: "browser",
  command: ["playwright", "test", "--config", "tests/browser/playwright.config.ts"],
  report: {
    path: "reports/browser.json",
    count: ({
      stats,
    }: {
      stats: { expected: number; unexpected: number; flaky: number; skipped: number };
    }) => ({
      passed: stats.expected,
      failed: stats.unexpected + stats.flaky + stats.skipped,
    }),
  },
};

await rm("reports", { recursive: true, force: true });
await mkdir("reports", { recursive: true });
if (!fast) process.env.GONGBU_CHROMIUM = getChromium();

const counts: Count[] = [];
for (const step of fast ? [...checks, unit] : [...checks, unit, lectures, build, browser]) {
  counts.push(await runStep(step));
}
const sum = (key: keyof Count) => counts.reduce((total, count) => total + count[key], 0);
process.exitCode = sum("failed") > 0 ? 1 : 0;
console.log(`${sum("passed")} passed, ${sum("failed")} failed`);

async function runStep({ name, command, report }: Step): Promise<Count> {
  const began = Date.now();
  console.log(`\n── ${name}`);
  const code = await execute(command);
  const seconds = ((Date.now() - began) / 1000).toFixed(0);
  console.log(`── ${name}: ${code === 0 ? "ok" : "failed"}, ${seconds} s`);
  if (!report) return { passed: 0, failed: code === 0 ? 0 : 1 };
  try {
    const count = report.count(JSON.parse(await readFile(report.path, "utf8")) as never);
    // A runner that fails without a failed test (a file that does not load) has failed all the same.
    return code !== 0 && count.failed === 0 ? { ...count, failed: 1 } : count;
  } catch (error) {
    console.error(`${name} left no report: ${String(error)}`);
    return { passed: 0, failed: 1 };
  }
}

function execute([program, ...args]: readonly string[]): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn("npx", ["--no-install", program, ...args], { stdio: "inherit" });
    child.on("close", (code) => resolve(code ?? 1));
  });
}
