/** How `gongbu/…` is found in this repository, for the bundlers and test runners that do not read tsconfig's paths. */
export function gongbuAliases(root: string): { find: RegExp; replacement: string }[] {
  return [
    { find: /^gongbu\/display$/, replacement: `${root}kernels/runtime/display/index.ts` },
    { find: /^gongbu\/shelf$/, replacement: `${root}kernels/runtime/shelf/index.ts` },
    { find: /^gongbu\/(\w+)$/, replacement: `${root}kernels/nlp/$1/index.ts` },
  ];
}
