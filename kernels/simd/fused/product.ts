import type { Address, Native } from "../native.ts";

export interface Product {
  readonly transposeA?: boolean;
  readonly transposeB?: boolean;
  /** C [m, n] = A [m, k] · B [k, n] */
  readonly m: number;
  readonly n: number;
  readonly k: number;
  readonly a: Address;
  readonly b: Address;
  readonly c: Address;
  /** [n], added to each row; or 0. */
  readonly bias?: Address;
  /** `ACCUMULATE`, `RELU` */
  readonly flags?: number;
}

/** One product of matrices whose rows follow one another. */
export function multiply(
  native: Native,
  { transposeA = false, transposeB = false, m, n, k, a, b, c, bias = 0, flags = 0 }: Product,
): void {
  const [aRow, bRow] = [transposeA ? m : k, transposeB ? k : n];
  native.run.gemm(
    1,
    0,
    0,
    0,
    Number(transposeA),
    Number(transposeB),
    m,
    n,
    k,
    a,
    aRow,
    b,
    bRow,
    c,
    n,
    bias,
    flags,
  );
}
