/** In the page: every task of its thread that takes longer than 50 ms, by the browser's own count. */
globalThis.longTasks = [];
new PerformanceObserver((list) => {
  for (const { startTime, duration } of list.getEntries()) globalThis.longTasks.push({ startTime, duration });
}).observe({ type: "longtask", buffered: true });
