/** Before any test: the native kernels are compiled once, for all test files and not in each of them. Cached afterwards. */
import { BUILDS, type BuildName } from "../kernels/simd/builds.ts";
import { compileSimd } from "../kernels/simd/compile.ts";

export async function setup(): Promise<void> {
  for (const name of Object.keys(BUILDS) as BuildName[]) await compileSimd(name);
}
