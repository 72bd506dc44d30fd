import { expect, test } from "@playwright/test";
import { createReader } from "./reader.ts";
import { isolatedSite, plainSite } from "./sites.ts";

/** Products large enough to be shared among threads, each compared with the first; then a layer is trained. */
const TRAINING = `import * as tf from "@tensorflow/tfjs"
import { crossEntropy, Linear } from "gongbu/nn"
import { Adam, valueAndGradients } from "gongbu/train"
{
const a = tf.randomNormal([256, 192])
const first = await tf.matMul(a, a, false, true).data()
let different = 0
for (let round = 0; round < 50; round++) {
  const again = tf.matMul(a, a, false, true)
  if (!(await again.data()).every((value, index) => value === first[index])) different += 1
  again.dispose()
}
const layer = new Linear(192, 4, { seed: 1 })
const optimizer = new Adam(layer.parameters(), { lr: 0.01 })
const targets = Array.from({ length: 256 }, (_, index) => index % 4)
const losses: number[] = []
for (let step = 0; step < 20; step++) {
  tf.tidy(() => {
    const { value, gradients } = valueAndGradients(() => crossEntropy(layer.forward(a), targets), layer.parameters())
    optimizer.step(gradients)
    losses.push(value.dataSync()[0])
  })
}
display(different + " different, " + (losses[19] < losses[0] ? "learnt" : "not learnt"))
}`;

for (const [name, site] of [
  ["an isolated page, with threads", isolatedSite],
  ["plain hosting, on one thread", plainSite],
] as const) {
  test(`on ${name}, the native kernels train`, async ({ page }) => {
    const reader = createReader(page, site.url);
    await reader.open("00-notebook");
    await reader.writeAndRun("words", TRAINING);
    await expect(reader.output("words")).toContainText("0 different, learnt", { timeout: 60_000 });
    await page.getByRole("button", { name: /^Kernel:/ }).click();
    const cores = await page.evaluate(() => navigator.hardwareConcurrency);
    const threads = site === isolatedSite ? Math.min(4, cores) : 1;
    const words = threads === 1 ? "SIMD + FMA" : `SIMD + FMA, ${threads} threads`;
    await expect(page.locator(".kernel-menu")).toContainText(`CPU (WebAssembly) ${words}`);
  });
}
