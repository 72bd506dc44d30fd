/** The kernels of TensorFlow.js's wasm backend that are missing, slow or wrong there, and ours in their place. */
import { add, multiply, realDiv, subtract } from "./arithmetic.ts";
import {
  conv2D,
  conv2DBackpropFilter,
  conv2DBackpropInput,
  depthwiseConv2dNative,
  depthwiseConv2dNativeBackpropFilter,
  depthwiseConv2dNativeBackpropInput,
  fusedConv2D,
  fusedDepthwiseConv2D,
} from "./convolution.ts";
import { einsum } from "./einsum.ts";
import { batchMatMul, fusedMatMul } from "./mat-mul.ts";
import { max, mean, min, sum } from "./reduce.ts";
import type { NativeKernel } from "./register.ts";
import { gatherV2, unsortedSegmentSum } from "./rows.ts";
import { cast, erf, exp, identity, log, tanh } from "./unary.ts";
import { concat, pack, reverse, slice, splitV, tile, unpack } from "./views.ts";

export const kernels: Readonly<Record<string, NativeKernel>> = {
  BatchMatMul: batchMatMul,
  _FusedMatMul: fusedMatMul,
  Einsum: einsum,
  GatherV2: gatherV2,
  UnsortedSegmentSum: unsortedSegmentSum,
  Sum: sum,
  Mean: mean,
  Max: max,
  Min: min,
  Add: add,
  Sub: subtract,
  Multiply: multiply,
  RealDiv: realDiv,
  Exp: exp,
  Tanh: tanh,
  Log: log,
  Erf: erf,
  Identity: identity,
  Cast: cast,
  Slice: slice,
  SplitV: splitV,
  Unpack: unpack,
  Concat: concat,
  Pack: pack,
  Tile: tile,
  Reverse: reverse,
  Conv2D: conv2D,
  FusedConv2D: fusedConv2D,
  DepthwiseConv2dNative: depthwiseConv2dNative,
  FusedDepthwiseConv2D: fusedDepthwiseConv2D,
  Conv2DBackpropFilter: conv2DBackpropFilter,
  Conv2DBackpropInput: conv2DBackpropInput,
  DepthwiseConv2dNativeBackpropFilter: depthwiseConv2dNativeBackpropFilter,
  DepthwiseConv2dNativeBackpropInput: depthwiseConv2dNativeBackpropInput,
};
