/** Convolutions and their gradients: of `tf.conv1d`, `tf.conv2d`, `tf.depthwiseConv2d` and the layers made of them. */
import * as tf from "@tensorflow/tfjs";
import { sizeOf, type Native } from "../native.ts";
import { activate, addTo } from "./activation.ts";
import { isFloat, type Attributes, type Inputs } from "./register.ts";

type Shape4D = [number, number, number, number];
type Info = tf.backend_util.Conv2DInfo;

interface ConvolutionAttributes {
  readonly strides: number | [number, number];
  readonly dilations?: number | [number, number];
  readonly pad: "valid" | "same" | number | tf.backend_util.ExplicitPadding;
  readonly dataFormat?: "NHWC" | "NCHW";
  readonly dimRoundingMode?: "floor" | "round" | "ceil";
  readonly filterShape: Shape4D;
  readonly inputShape: Shape4D;
}

export function conv2D(native: Native, { x, filter: w }: Inputs, attributes: Attributes) {
  return convolve(native, { x, w }, attributes);
}

export function fusedConv2D(native: Native, inputs: Inputs, attributes: Attributes) {
  const { x, filter: w, bias, preluActivationWeights: alpha } = inputs;
  const { activation, leakyreluAlpha } = attributes as { activation: string; leakyreluAlpha: number };
  if (bias && (!isFloat(bias) || sizeOf(bias.shape) !== w.shape[3])) return undefined;
  const result = convolve(native, { x, w, bias }, attributes);
  return result && activate(native, result, { activation, alpha, leakyreluAlpha });
}

function convolve(
  native: Native,
  { x, w, bias }: { readonly x: tf.TensorInfo; readonly w: tf.TensorInfo; readonly bias?: tf.TensorInfo },
  attributes: Attributes,
): tf.TensorInfo | undefined {
  const info = infoOf(attributes, { input: x.shape, filter: w.shape });
  if (!info || !isFloat(x, w)) return undefined;
  const output = native.output(info.outShape);
  native.withBytes(native.run.packedBytes(info.outChannels, info.inChannels), (work) =>
    native.run.convolution(
      native.address(x),
      native.address(w),
      native.maybeAddress(bias),
      native.address(output),
      work,
      ...sizes(info),
      info.outChannels,
      ...filter(info),
      ...dilations(info),
      ...padding(info),
    ),
  );
  return output;
}

export function depthwiseConv2dNative(native: Native, { x, filter: w }: Inputs, attributes: Attributes) {
  const info = infoOf(attributes, { input: x.shape, filter: w.shape, depthwise: true });
  if (!info || !isFloat(x, w) || !isWrong(info)) return undefined;
  const output = native.output(info.outShape);
  native.run.depthwise(
    native.address(x),
    native.address(w),
    native.address(output),
    ...sizes(info),
    info.outChannels / info.inChannels,
    ...filter(info),
    ...dilations(info),
    ...padding(info),
  );
  return output;
}

export function fusedDepthwiseConv2D(native: Native, inputs: Inputs, attributes: Attributes) {
  const { bias, preluActivationWeights: alpha } = inputs;
  const { activation, leakyreluAlpha } = attributes as { activation: string; leakyreluAlpha: number };
  const product = depthwiseConv2dNative(native, inputs, attributes);
  const sum = product && bias ? addTo(native, product, bias) : product;
  return sum && activate(native, sum, { activation, alpha, leakyreluAlpha });
}

/** TensorFlow.js's own convolutions on wasm give zeros where a stride is longer than the filter. */
function isWrong({ filterHeight, filterWidth, strideHeight, strideWidth }: Info): boolean {
  return strideHeight > filterHeight || strideWidth > filterWidth;
}

export function conv2DBackpropFilter(native: Native, { x, dy }: Inputs, attributes: Attributes) {
  const info = infoOf(attributes, { input: x.shape });
  if (!info || !isFloat(x, dy)) return undefined;
  const output = native.output(info.filterShape);
  native.run.convolutionFilterGradient(
    native.address(x), native.address(dy), native.address(output), ...sizes(info), info.outChannels, ...filter(info), ...dilations(info), ...padding(info),
  ); // prettier-ignore
  return output;
}

export function conv2DBackpropInput(native: Native, { dy, filter: w }: Inputs, attributes: Attributes) {
  const info = infoOf(attributes, { filter: w.shape });
  if (!info || !isFloat(dy, w)) return undefined;
  const output = native.output(info.inShape);
  native.run.convolutionInputGradient(
    native.address(dy), native.address(w), native.address(output), ...sizes(info), info.outChannels, ...filter(info), ...padding(info),
  ); // prettier-ignore
  return output;
}

export function depthwiseConv2dNativeBackpropFilter(
  native: Native,
  { x, dy }: Inputs,
  attributes: Attributes,
) {
  const info = infoOf(attributes, { input: x.shape, depthwise: true });
  if (!info || !isFloat(x, dy)) return undefined;
  const output = native.output(info.filterShape);
  native.run.depthwiseFilterGradient(
    native.address(x), native.address(dy), native.address(output), ...sizes(info), info.outChannels / info.inChannels, ...filter(info), ...dilations(info), ...padding(info),
  ); // prettier-ignore
  return output;
}

export function depthwiseConv2dNativeBackpropInput(
  native: Native,
  { dy, filter: w }: Inputs,
  attributes: Attributes,
) {
  const info = infoOf(attributes, { filter: w.shape, depthwise: true });
  if (!info || !isFloat(dy, w)) return undefined;
  const output = native.output(info.inShape);
  native.run.depthwiseInputGradient(
    native.address(dy), native.address(w), native.address(output), ...sizes(info), info.outChannels / info.inChannels, ...filter(info), ...dilations(info), ...padding(info),
  ); // prettier-ignore
  return output;
}

/** Sizes and padding, as TensorFlow.js computes them; undefined where channels come first, which nothing here uses. */
function infoOf(
  attributes: Attributes,
  given: { readonly input?: number[]; readonly filter?: number[]; readonly depthwise?: boolean },
): Info | undefined {
  const {
    strides,
    pad,
    dataFormat = "NHWC",
    dimRoundingMode,
    ...rest
  } = attributes as unknown as ConvolutionAttributes;
  if (dataFormat !== "NHWC") return undefined;
  return tf.backend_util.computeConv2DInfo(
    (given.input ?? rest.inputShape) as Shape4D,
    (given.filter ?? rest.filterShape) as Shape4D,
    strides,
    rest.dilations ?? 1,
    pad,
    dimRoundingMode,
    given.depthwise ?? false,
  );
}

function sizes({ batchSize, inHeight, inWidth, inChannels, outHeight, outWidth }: Info): number[] {
  return [batchSize, inHeight, inWidth, inChannels, outHeight, outWidth];
}

function filter({ filterHeight, filterWidth, strideHeight, strideWidth }: Info): number[] {
  return [filterHeight, filterWidth, strideHeight, strideWidth];
}

function dilations({ dilationHeight, dilationWidth }: Info): number[] {
  return [dilationHeight, dilationWidth];
}

function padding({ padInfo: { top, left } }: Info): number[] {
  return [top, left];
}
