declare module "plotly.js/lib/core" {
  import type * as Plotly from "plotly.js";
  const core: typeof Plotly & { register(modules: readonly object[]): void };
  export default core;
}

declare module "plotly.js/lib/bar" {
  const trace: object;
  export default trace;
}

declare module "plotly.js/lib/heatmap" {
  const trace: object;
  export default trace;
}

declare module "plotly.js/lib/contour" {
  const trace: object;
  export default trace;
}
