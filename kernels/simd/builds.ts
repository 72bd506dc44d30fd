/** The builds of the WebAssembly module, by what the engine and TensorFlow.js's memory allow. */
export interface Build {
  /** Fused multiply-add, of the relaxed SIMD proposal. */
  readonly relaxed: boolean;
  /** For a memory that threads share. */
  readonly shared: boolean;
}

/** File name → build. */
export const BUILDS = {
  "gongbu-simd.wasm": { relaxed: false, shared: false },
  "gongbu-simd-relaxed.wasm": { relaxed: true, shared: false },
  "gongbu-simd-shared.wasm": { relaxed: false, shared: true },
  "gongbu-simd-shared-relaxed.wasm": { relaxed: true, shared: true },
} as const satisfies Readonly<Record<string, Build>>;

export type BuildName = keyof typeof BUILDS;

export function findBuild({ relaxed, shared }: Build): BuildName {
  const names = Object.keys(BUILDS) as BuildName[];
  return names.find((name) => BUILDS[name].relaxed === relaxed && BUILDS[name].shared === shared)!;
}

/** Whether this engine compiles `f32x4.relaxed_madd`: asked with the smallest module that has one. */
export function hasRelaxedSimd(): boolean {
  return WebAssembly.validate(
    // prettier-ignore
    Uint8Array.of(
      0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, // "\0asm", version 1
      1, 8, 1, 0x60, 3, 0x7b, 0x7b, 0x7b, 1, 0x7b, // type 0: (v128, v128, v128) → v128
      3, 2, 1, 0, // one function, of type 0
      10, 13, 1, 11, 0, 0x20, 0, 0x20, 1, 0x20, 2, 0xfd, 0x85, 0x02, 0x0b, // its body: the three, then relaxed_madd
    ),
  );
}
