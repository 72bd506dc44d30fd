/**
 * Convolutions and their gradients. Images [batch, height, width, channels], as TensorFlow.js
 * lays them out. A convolution is a sum of matrix products, one for each place of the filter: the pixels that the place
 * sees, a row of pixels at a time, times the filter's matrix at that place.
 */
import { gemm, gemmPacked, packWhole } from "./gemm";
import { ACCUMULATE } from "./tiles";
import { multiplyAdd } from "./vector";

/** Columns of the output of which a filter's column sees a pixel inside the image: from `first` to before `end`. */
let first: i32 = 0;
let end: i32 = 0;

@inline
function setSeen(offset: i32, stride: i32, inputs: i32, outputs: i32): void {
  // offset: the pixel that output 0 sees.
  first = offset >= 0 ? 0 : (-offset + stride - 1) / stride;
  const last = inputs - 1 - offset;
  end = last < 0 ? 0 : min(outputs, last / stride + 1);
}

/** y [batch, outHeight, outWidth, outputs], with `bias` [outputs] or 0. `work`: `packedBytes(outputs, inputs)`. */
export function convolution(
  x: usize, w: usize, bias: usize, y: usize, work: usize, batch: i32,
  height: i32, width: i32, inputs: i32, outHeight: i32, outWidth: i32, outputs: i32,
  filterHeight: i32, filterWidth: i32, strideY: i32, strideX: i32, dilationY: i32, dilationX: i32, top: i32, left: i32,
): void {
  const row = <usize>outputs * 4, rows = batch * outHeight * outWidth;
  if (bias) {
    for (let i = 0; i < rows; i++) memory.copy(y + <usize>i * row, bias, row);
  } else {
    memory.fill(y, 0, <usize>rows * row);
  }
  for (let fy = 0; fy < filterHeight; fy++) {
    for (let fx = 0; fx < filterWidth; fx++) {
      const offset = fx * dilationX - left;
      setSeen(offset, strideX, width, outWidth);
      packWhole(false, outputs, inputs, w, outputs, work);
      for (let b = 0; first < end && b < batch; b++) {
        for (let oy = 0; oy < outHeight; oy++) {
          const from = oy * strideY + fy * dilationY - top;
          if (from < 0 || from >= height) continue;
          gemmPacked(
            end - first, outputs, inputs,
            x + <usize>(((b * height + from) * width + first * strideX + offset) * inputs) * 4, inputs * strideX, work,
            y + <usize>(((b * outHeight + oy) * outWidth + first) * outputs) * 4, outputs, 0, ACCUMULATE,
          );
        }
      }
      w += <usize>inputs * row;
    }
  }
}

/** dw [filterHeight, filterWidth, inputs, outputs] = Σ over what each place sees of pixelᵀ · dy. */
export function convolutionFilterGradient(
  x: usize, dy: usize, dw: usize, batch: i32,
  height: i32, width: i32, inputs: i32, outHeight: i32, outWidth: i32, outputs: i32,
  filterHeight: i32, filterWidth: i32, strideY: i32, strideX: i32, dilationY: i32, dilationX: i32, top: i32, left: i32,
): void {
  const matrix = <usize>(inputs * outputs) * 4;
  memory.fill(dw, 0, matrix * (filterHeight * filterWidth));
  for (let fy = 0; fy < filterHeight; fy++) {
    for (let fx = 0; fx < filterWidth; fx++) {
      const offset = fx * dilationX - left;
      setSeen(offset, strideX, width, outWidth);
      if (first < end) {
        for (let b = 0; b < batch; b++) {
          for (let oy = 0; oy < outHeight; oy++) {
            const y = oy * strideY + fy * dilationY - top;
            if (y >= 0 && y < height) {
              gemm(
                true, false, inputs, outputs, end - first,
                x + <usize>(((b * height + y) * width + first * strideX + offset) * inputs) * 4, inputs * strideX,
                dy + <usize>(((b * outHeight + oy) * outWidth + first) * outputs) * 4, outputs,
                dw, outputs, 0, ACCUMULATE,
              );
            }
          }
        }
      }
      dw += matrix;
    }
  }
}

/** dx [batch, height, width, inputs] = Σ over the filter's places of dy · wᵀ, put where the place had looked. */
export function convolutionInputGradient(
  dy: usize, w: usize, dx: usize, batch: i32,
  height: i32, width: i32, inputs: i32, outHeight: i32, outWidth: i32, outputs: i32,
  filterHeight: i32, filterWidth: i32, strideY: i32, strideX: i32, top: i32, left: i32,
): void {
  memory.fill(dx, 0, <usize>(batch * height * width * inputs) * 4);
  for (let fy = 0; fy < filterHeight; fy++) {
    for (let fx = 0; fx < filterWidth; fx++) {
      const offset = fx - left;
      setSeen(offset, strideX, width, outWidth);
      if (first < end) {
        for (let b = 0; b < batch; b++) {
          for (let oy = 0; oy < outHeight; oy++) {
            const y = oy * strideY + fy - top;
            if (y >= 0 && y < height) {
              gemm(
                false, true, end - first, inputs, outputs,
                dy + <usize>(((b * outHeight + oy) * outWidth + first) * outputs) * 4, outputs, w, outputs,
                dx + <usize>(((b * height + y) * width + first * strideX + offset) * inputs) * 4, inputs * strideX,
                0, ACCUMULATE,
              );
            }
          }
        }
      }
      w += <usize>(inputs * outputs) * 4;
    }
  }
}

/** y [batch, outHeight, outWidth, inputs · multiplier], each channel by itself. */
export function depthwise(
  x: usize, w: usize, y: usize, batch: i32,
  height: i32, width: i32, inputs: i32, outHeight: i32, outWidth: i32, multiplier: i32,
  filterHeight: i32, filterWidth: i32, strideY: i32, strideX: i32, dilationY: i32, dilationX: i32, top: i32, left: i32,
): void {
  const outputs = inputs * multiplier;
  memory.fill(y, 0, <usize>(batch * outHeight * outWidth * outputs) * 4);
  for (let fy = 0; fy < filterHeight; fy++) {
    for (let fx = 0; fx < filterWidth; fx++) {
      const offset = fx * dilationX - left;
      setSeen(offset, strideX, width, outWidth);
      for (let b = 0; b < batch; b++) {
        for (let oy = 0; oy < outHeight; oy++) {
          const row = oy * strideY + fy * dilationY - top;
          if (row < 0 || row >= height) continue;
          for (let ox = first; ox < end; ox++) {
            const from = x + <usize>(((b * height + row) * width + ox * strideX + offset) * inputs) * 4;
            multiplyChannels(
              from, w, y + <usize>(((b * outHeight + oy) * outWidth + ox) * outputs) * 4, inputs, multiplier,
            );
          }
        }
      }
      w += <usize>outputs * 4;
    }
  }
}

/** dw [filterHeight, filterWidth, inputs, multiplier], each channel by itself. */
export function depthwiseFilterGradient(
  x: usize, dy: usize, dw: usize, batch: i32,
  height: i32, width: i32, inputs: i32, outHeight: i32, outWidth: i32, multiplier: i32,
  filterHeight: i32, filterWidth: i32, strideY: i32, strideX: i32, dilationY: i32, dilationX: i32, top: i32, left: i32,
): void {
  const outputs = inputs * multiplier;
  memory.fill(dw, 0, <usize>(filterHeight * filterWidth * outputs) * 4);
  for (let fy = 0; fy < filterHeight; fy++) {
    for (let fx = 0; fx < filterWidth; fx++) {
      const offset = fx * dilationX - left;
      setSeen(offset, strideX, width, outWidth);
      for (let b = 0; b < batch; b++) {
        for (let oy = 0; oy < outHeight; oy++) {
          const y = oy * strideY + fy * dilationY - top;
          if (y < 0 || y >= height) continue;
          for (let ox = first; ox < end; ox++) {
            const from = x + <usize>(((b * height + y) * width + ox * strideX + offset) * inputs) * 4;
            const above = dy + <usize>(((b * outHeight + oy) * outWidth + ox) * outputs) * 4;
            multiplyChannels(from, above, dw, inputs, multiplier);
          }
        }
      }
      dw += <usize>outputs * 4;
    }
  }
}

/** dx [batch, height, width, inputs], each channel by itself. */
export function depthwiseInputGradient(
  dy: usize, w: usize, dx: usize, batch: i32,
  height: i32, width: i32, inputs: i32, outHeight: i32, outWidth: i32, multiplier: i32,
  filterHeight: i32, filterWidth: i32, strideY: i32, strideX: i32, dilationY: i32, dilationX: i32, top: i32, left: i32,
): void {
  const outputs = inputs * multiplier;
  memory.fill(dx, 0, <usize>(batch * height * width * inputs) * 4);
  for (let fy = 0; fy < filterHeight; fy++) {
    for (let fx = 0; fx < filterWidth; fx++) {
      const offset = fx * dilationX - left;
      setSeen(offset, strideX, width, outWidth);
      for (let b = 0; b < batch; b++) {
        for (let oy = 0; oy < outHeight; oy++) {
          const y = oy * strideY + fy * dilationY - top;
          if (y < 0 || y >= height) continue;
          for (let ox = first; ox < end; ox++) {
            const to = dx + <usize>(((b * height + y) * width + ox * strideX + offset) * inputs) * 4;
            const above = dy + <usize>(((b * outHeight + oy) * outWidth + ox) * outputs) * 4;
            gatherChannels(w, above, to, inputs, multiplier);
          }
        }
      }
      w += <usize>outputs * 4;
    }
  }
}

/** y[c, q] += a[c] · b[c, q] */
@inline
function multiplyChannels(a: usize, b: usize, y: usize, channels: i32, multiplier: i32): void {
  if (multiplier === 1) {
    let c = 0;
    for (; c + 4 <= channels; c += 4) {
      v128.store(y, multiplyAdd(v128.load(a), v128.load(b), v128.load(y)));
      a += 16;
      b += 16;
      y += 16;
    }
    for (; c < channels; c++) {
      store<f32>(y, load<f32>(y) + load<f32>(a) * load<f32>(b));
      a += 4;
      b += 4;
      y += 4;
    }
    return;
  }
  for (let c = 0; c < channels; c++) {
    const value = load<f32>(a);
    for (let q = 0; q < multiplier; q++) {
      store<f32>(y, load<f32>(y) + value * load<f32>(b));
      b += 4;
      y += 4;
    }
    a += 4;
  }
}

/** y[c] += Σ_q w[c, q] · b[c, q] */
@inline
function gatherChannels(w: usize, b: usize, y: usize, channels: i32, multiplier: i32): void {
  if (multiplier === 1) {
    multiplyChannels(w, b, y, channels, 1);
    return;
  }
  for (let c = 0; c < channels; c++) {
    let value = load<f32>(y);
    for (let q = 0; q < multiplier; q++) {
      value += load<f32>(w) * load<f32>(b);
      w += 4;
      b += 4;
    }
    store<f32>(y, value);
    y += 4;
  }
}
