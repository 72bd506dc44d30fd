/** Sums, differences, products and quotients of two arrays, number by number. */

export const ADD: i32 = 0;
export const SUBTRACT: i32 = 1;
export const MULTIPLY: i32 = 2;
export const DIVIDE: i32 = 3;

/**
 * y [rows, n] = a ∘ b for the operation of that number. In a one goes aRow floats on for each row, and aStep, 0 or 1, for
 * each number in it; in b likewise. A step of 0 is broadcasting; where n is more than 1, one of aStep and bStep is 1.
 */
export function arithmetic(
  which: i32, a: usize, b: usize, y: usize, rows: i32, n: i32, aRow: i32, aStep: i32, bRow: i32, bStep: i32,
): void {
  switch (which) {
    case ADD: return apply(ADD, a, b, y, rows, n, aRow, aStep, bRow, bStep);
    case SUBTRACT: return apply(SUBTRACT, a, b, y, rows, n, aRow, aStep, bRow, bStep);
    case MULTIPLY: return apply(MULTIPLY, a, b, y, rows, n, aRow, aStep, bRow, bStep);
    case DIVIDE: return apply(DIVIDE, a, b, y, rows, n, aRow, aStep, bRow, bStep);
  }
}

/** Inlined with a constant `which`, so that the compiler makes loops for each operation, with no branch in them. */
@inline
function apply(
  which: i32, a: usize, b: usize, y: usize, rows: i32, n: i32, aRow: i32, aStep: i32, bRow: i32, bStep: i32,
): void {
  for (let row = 0; row < rows; row++) {
    let x = a, z = b, i = 0;
    if (aStep !== 0 && bStep !== 0) {
      for (; i + 4 <= n; i += 4) {
        v128.store(y, valueOf(which, v128.load(x), v128.load(z)));
        x += 16;
        z += 16;
        y += 16;
      }
    } else if (aStep !== 0) {
      const same = v128.load32_splat(z);
      for (; i + 4 <= n; i += 4) {
        v128.store(y, valueOf(which, v128.load(x), same));
        x += 16;
        y += 16;
      }
    } else {
      const same = v128.load32_splat(x);
      for (; i + 4 <= n; i += 4) {
        v128.store(y, valueOf(which, same, v128.load(z)));
        z += 16;
        y += 16;
      }
    }
    for (; i < n; i++) {
      store<f32>(y, f32x4.extract_lane(valueOf(which, v128.load32_splat(x), v128.load32_splat(z)), 0));
      x += <usize>aStep * 4;
      z += <usize>bStep * 4;
      y += 4;
    }
    a += <usize>aRow * 4;
    b += <usize>bRow * 4;
  }
}

@inline
function valueOf(which: i32, a: v128, b: v128): v128 {
  if (which === ADD) return f32x4.add(a, b);
  if (which === SUBTRACT) return f32x4.sub(a, b);
  return which === MULTIPLY ? f32x4.mul(a, b) : f32x4.div(a, b);
}
