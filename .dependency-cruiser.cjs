/** The walls between the rooms, as docs/design.md draws them. Each message says how to mend what it found. */
const types = { dependencyTypesNot: ["type-only"] };

module.exports = {
  forbidden: [
    {
      name: "no-cycles",
      comment:
        "Two modules that import each other are one idea in two files, or lack a third: move what they share there.",
      severity: "error",
      from: { pathNot: "node_modules" },
      to: { circular: true, viaOnly: { ...types } },
    },
    {
      name: "kernels-know-no-page",
      comment: "Nothing in kernels/ knows that a page exists: pass it in as an option.",
      severity: "error",
      from: { path: "^kernels/" },
      to: { path: "^(src|tests|bench)/" },
    },
    {
      name: "nlp-knows-no-notebook",
      comment: "The library imports nothing of the notebook; it returns data, and kernels/runtime draws.",
      severity: "error",
      from: { path: "^kernels/nlp/" },
      to: { path: "^kernels/runtime/" },
    },
    {
      name: "simd-stands-alone",
      comment: "kernels/simd imports nothing of the other kernels.",
      severity: "error",
      from: { path: "^kernels/simd/" },
      to: { path: "^kernels/(nlp|runtime)/" },
    },
    {
      name: "tensors-only-where-they-are-computed",
      comment:
        "TensorFlow.js is loaded when a cell asks for it: only gongbu/nn, gongbu/train, the native kernels, the tensor bundle and the service's model threads import it.",
      severity: "error",
      from: {
        path: "^(kernels|src)/",
        pathNot:
          "^(kernels/(nlp/(nn|train|decode|onnx)|simd|runtime/bundles)/|src/server/models/(checkpoint-model|model-thread))",
      },
      to: { path: "@tensorflow/", ...types },
    },
    {
      name: "page-takes-types-of-the-kernel",
      comment:
        "The page talks to the kernel by messages: import its types (import type), not its code. Only the site's build compiles it, and the shelf checks files with the kernel's reader.",
      severity: "error",
      from: {
        path: "^src/(page|outputs|editor|storage|notebook)/",
        pathNot: "^src/page/(site/|shelf/checkpoint-files)",
      },
      to: { path: "^kernels/", ...types },
    },
    {
      name: "notebook-knows-no-page",
      comment: "The file format and the compiler know no page, editor or storage.",
      severity: "error",
      from: { path: "^src/notebook/" },
      to: { path: "^src/", pathNot: "^src/notebook/" },
    },
    {
      name: "reference-reads-the-library",
      comment: "The reference is read from the library's source; what it looks like is the page's.",
      severity: "error",
      from: { path: "^src/reference/" },
      to: { path: "^src/", pathNot: "^src/reference/" },
    },
    {
      name: "page-takes-types-of-the-reference",
      comment: "The reference is read when the site is built (src/page/site): elsewhere import its types.",
      severity: "error",
      from: { path: "^src/(page|outputs|editor|storage|notebook|cli)/", pathNot: "^src/page/site/" },
      to: { path: "^src/reference/", ...types },
    },
    {
      name: "outputs-take-data",
      comment: "A renderer takes data, never the store: pass what it needs as a property.",
      severity: "error",
      from: { path: "^src/(outputs|editor|storage)/" },
      to: { path: "^src/(page|cli|server)/" },
    },
    {
      name: "rooms-side-by-side",
      comment: "outputs, editor and storage do not know each other: the page brings them together.",
      severity: "error",
      from: { path: "^src/(outputs|editor|storage)/" },
      to: { path: "^src/(outputs|editor|storage)/", pathNot: "^src/$1/" },
    },
    {
      name: "command-line-has-no-page",
      comment: "cli and server use notebook and kernels.",
      severity: "error",
      from: { path: "^src/(cli|server)/" },
      to: { path: "^src/(page|outputs|editor|storage)/" },
    },
    {
      name: "page-does-not-use-the-command-line",
      severity: "error",
      from: { path: "^src/(page|outputs|editor|storage|notebook)/" },
      to: { path: "^src/(cli|server)/" },
    },
    {
      name: "plotly-in-one-place",
      comment: "Plotly is loaded when the first figure comes: import it through src/outputs/figure.",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/outputs/figure/" },
      to: { path: "node_modules/plotly.js", ...types },
    },
    {
      name: "compiler-not-on-the-page",
      comment:
        "TypeScript is 1 MB: the page reaches it through the language worker (src/editor/language.ts).",
      severity: "error",
      from: { path: "^src/(page|outputs|storage)/", pathNot: "^src/page/site/" },
      to: { path: "node_modules/typescript|^src/notebook/(compile/(cell|index)|types)", ...types },
    },
  ],
  options: {
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: "specify",
    doNotFollow: { path: "node_modules" },
    exclude: { path: "(^|/)(dist|reports)/|^kernels/simd/assembly/" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "types", "default"] },
  },
};
