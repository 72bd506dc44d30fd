/** Each row shifted and scaled to mean 0 and variance 1: y = (x − mean) / √(var + ε) · w + b. */
import { multiplyAdd, splat, sumLanes } from "./vector";
import { sum } from "./reduction";

/** `statistics` [rows, 2] keeps each row's mean and 1 / √(var + ε) for the way back. */
export function layerNorm(
  x: usize, w: usize, b: usize, y: usize, statistics: usize, rows: i32, n: i32, eps: f32,
): void {
  const row = <usize>n * 4;
  for (let r = 0; r < rows; r++) {
    const mean = <f32>(sum(x, n) / <f64>n), m = splat(mean);
    let squares = splat(0), rest: f32 = 0;
    let o: usize = 0;
    for (; o + 16 <= row; o += 16) {
      const d = f32x4.sub(v128.load(x + o), m);
      squares = multiplyAdd(d, d, squares);
    }
    for (; o < row; o += 4) {
      const d = load<f32>(x + o) - mean;
      rest += d * d;
    }
    const scale: f32 = 1 / sqrt<f32>((sumLanes(squares) + rest) / <f32>n + eps), s = splat(scale);
    store<f32>(statistics, mean);
    store<f32>(statistics, scale, 4);
    statistics += 8;
    o = 0;
    for (; o + 16 <= row; o += 16) {
      const normal = f32x4.mul(f32x4.sub(v128.load(x + o), m), s);
      v128.store(y + o, multiplyAdd(normal, v128.load(w + o), v128.load(b + o)));
    }
    for (; o < row; o += 4) {
      store<f32>(y + o, (load<f32>(x + o) - mean) * scale * load<f32>(w + o) + load<f32>(b + o));
    }
    x += row;
    y += row;
  }
}

/**
 * With h = dy · w and x̂ = (x − mean) · scale: dx = scale · (h − mean h − x̂ · mean(h·x̂)), dw = Σ dy·x̂, db = Σ dy. dw and db
 * are added to.
 */
export function layerNormGradient(
  dy: usize, x: usize, w: usize, statistics: usize, dx: usize, dw: usize, db: usize, rows: i32, n: i32,
): void {
  const row = <usize>n * 4;
  for (let r = 0; r < rows; r++) {
    const mean = load<f32>(statistics), scale = load<f32>(statistics, 4);
    const m = splat(mean), s = splat(scale);
    statistics += 8;
    let sums = splat(0), products = splat(0), restSum: f32 = 0, restProduct: f32 = 0;
    let o: usize = 0;
    for (; o + 16 <= row; o += 16) {
      const d = v128.load(dy + o), normal = f32x4.mul(f32x4.sub(v128.load(x + o), m), s);
      v128.store(dw + o, multiplyAdd(d, normal, v128.load(dw + o)));
      v128.store(db + o, f32x4.add(d, v128.load(db + o)));
      const h = f32x4.mul(d, v128.load(w + o));
      sums = f32x4.add(sums, h);
      products = multiplyAdd(h, normal, products);
    }
    for (; o < row; o += 4) {
      const d = load<f32>(dy + o), normal = (load<f32>(x + o) - mean) * scale;
      store<f32>(dw + o, load<f32>(dw + o) + d * normal);
      store<f32>(db + o, load<f32>(db + o) + d);
      const h = d * load<f32>(w + o);
      restSum += h;
      restProduct += h * normal;
    }
    const meanH = (sumLanes(sums) + restSum) / <f32>n, meanProduct = (sumLanes(products) + restProduct) / <f32>n;
    const mh = splat(meanH), mp = splat(meanProduct);
    o = 0;
    for (; o + 16 <= row; o += 16) {
      const normal = f32x4.mul(f32x4.sub(v128.load(x + o), m), s);
      const h = f32x4.mul(v128.load(dy + o), v128.load(w + o));
      v128.store(dx + o, f32x4.mul(s, f32x4.sub(f32x4.sub(h, mh), f32x4.mul(normal, mp))));
    }
    for (; o < row; o += 4) {
      const normal = (load<f32>(x + o) - mean) * scale, h = load<f32>(dy + o) * load<f32>(w + o);
      store<f32>(dx + o, scale * (h - meanH - normal * meanProduct));
    }
    x += row;
    dy += row;
    dx += row;
  }
}
