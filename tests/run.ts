/**
 * Runs everything: types, lint, walls, format, unit tests, every lecture headless, and the browser tests against the
 * built site. `--fast` leaves out the lectures, the build, the browser, the tests that start processes and the longest of
 * the kernels', and runs the checks beside the tests. The last line counts tests from the runners' own reports; a check
 * that is no test and fails counts as one failure.
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

const vitest = (name: string, args: readonly string[]): Step => ({
  name,
  command: [
    "vitest",
    "run",
    "--reporter=dot",
    "--reporter=json",
    `--outputFile.json=reports/${name}.json`,
    ...args,
  ],
  report: {
    path: `reports/${name}.json`,
    count: (report: { numPassedTests: number; numTotalTests: number }) => ({
      passed: report.numPassedTests,
      failed: report.numTotalTests - report.numPassedTests,
    }),
  },
});

/** The page's side keeps no state in its modules, so its test files share one process: half the time. */
const page = ["notebook", "editor", "outputs", "page", "reference", "storage"].map(
  (room) => `tests/src/${room}`,
);
const pageUnit = vitest("unit-page", ["--pool=threads", "--no-isolate", ...page]);
const kernels = ["--pool=threads", "tests/kernels", "tests/data", "tests/project"];
const kernelUnit = vitest("unit-kernels", kernels);
/** Trainings and searches of many shapes: half of the kernels' time. */
const longest = [
  "nlp/nn/generating",
  "nlp/nn/models",
  "nlp/onnx/writing-pipelines",
  "nlp/train/long-trainings",
  "simd/helpers",
].map((name) => `--exclude=tests/kernels/${name}.test.ts`);
const commandUnit = vitest("unit-cli", ["tests/src/cli"]);
const serverUnit = vitest("unit-server", ["tests/src/server", "tests/src/models"]);
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

const counts = fast
  ? (
      await Promise.all([
        runSteps(checks),
        runSteps([pageUnit, vitest("unit-kernels", [...kernels, ...longest])]),
      ])
    ).flat()
  : await runSteps([...checks, pageUnit, kernelUnit, commandUnit, serverUnit, lectures, build, browser]);
const sum = (key: keyof Count) => counts.reduce((total, count) => total + count[key], 0);
process.exitCode = sum("failed") > 0 ? 1 : 0;
console.log(`${sum("passed")} passed, ${sum("failed")} failed`);

async function runSteps(steps: readonly Step[]): Promise<Count[]> {
  const counts: Count[] = [];
  for (const step of steps) counts.push(await runStep(step));
  return counts;
}

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
