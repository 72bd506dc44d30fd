/** The part of Plotly that the protocol needs, in one chunk: a quarter of the whole. Scatter is in its core. */
import bar from "plotly.js/lib/bar";
import contour from "plotly.js/lib/contour";
import plotly from "plotly.js/lib/core";
import heatmap from "plotly.js/lib/heatmap";

// Here and not in a function: a module runs once, and Plotly's register is not meant to be called again.
plotly.register([bar, heatmap, contour]);

export default plotly;
