/*
 * The arithmetic of dense layers, the one source of every compiled engine.
 *
 * Same bits everywhere. Each output element is one sum, taken along the summed dimension from first to last, each
 * product rounded before it is added (build with contraction off, never with fast-math). Tiles and vectors only choose
 * which elements are computed side by side, so the results depend neither on LANES, nor on the tile, nor on how many
 * other rows share the call. There is no libm and no libc here; all matrices are row-major and dense.
 *
 * Speed. A tile keeps eight vectors of sums in registers while it walks the summed dimension (sixteen where there are
 * 32 registers); more would spill in V8, which keeps about 15. Matrices narrower than a vector put rows in the lanes
 * instead, after transposing 4x4 blocks in registers.
 */

#ifdef __SSE__
#include <immintrin.h>
#endif

#ifndef LANES
#define LANES 4 /* floats in a vector: 4 for WebAssembly and SSE, 8 for AVX, 16 for AVX-512 */
#endif

#if !defined(__wasm__) && (defined(__AVX512VL__) || defined(__aarch64__))
#define TILE_VECTORS 4 /* these have 32 vector registers */
#else
#define TILE_VECTORS 2
#endif
#define TILE_ROWS 4
#ifdef __wasm__
#define PACKS 1 /* four rows of a go through one pointer: V8 else spends as many instructions on addresses as on loads */
#else
#define PACKS 0
#endif
#define NARROW 3 /* matrices with at most this many columns put rows in the lanes */
#define MOST_ROWS 256 /* of a batch summed at a time into the weights' gradients, but only as many as fill a block */
#ifdef __wasm__
#define BLOCK 6144 /* floats: 24 KiB, which stay in the L1 cache beside the sums */
#else
#define BLOCK 65536 /* wider vectors are kept waiting by the sums that go to and fro: the L2 cache is near enough */
#endif

#define NOINLINE static __attribute__((noinline))
#define INLINE static inline __attribute__((always_inline))
#ifdef __wasm__
#define EXPORT(name) __attribute__((export_name(#name)))
#else
#define EXPORT(name) __attribute__((visibility("default")))
#endif
#ifdef __clang__
#define UNROLL _Pragma("clang loop unroll(full)")
#define ROLLED _Pragma("clang loop unroll(disable) vectorize(disable)")
#else
#define UNROLL _Pragma("GCC unroll 16")
#define ROLLED _Pragma("GCC unroll 1")
#endif

/*
 * Keeps a vector in its register. GCC would rather load a row again for each product that it has a part in, and the
 * loads, not the arithmetic, would then set the pace. Up to 256 bits it is one of the first sixteen registers:
 * instructions on those are shorter, and a step of longer ones does not come out of the processor's cache of
 * instructions in time.
 */
#if defined(__AVX512F__) && LANES == 16
#define HOLD(vector) __asm__("" : "+v"(vector))
#elif (defined(__AVX__) && LANES <= 8) || (defined(__SSE2__) && LANES <= 4)
#define HOLD(vector) __asm__("" : "+x"(vector))
#else
#define HOLD(vector) ((void)0)
#endif

/* Moves a pointer on and keeps the result, rather than one more offset from where it began. */
#define ADVANCE(pointer, floats)          \
  do {                                    \
    (pointer) += (floats);                \
    __asm__ volatile("" : "+r"(pointer)); \
  } while (0)

typedef float vec __attribute__((vector_size(4 * LANES)));
typedef int mask __attribute__((vector_size(4 * LANES)));
typedef float quad __attribute__((vector_size(16)));
/*
 * Four vectors go through long chains of operations together, so that one can run while another waits: for Clang as one
 * wide vector, which it takes apart operation by operation. GCC would keep that in memory; it mixes what is unrolled,
 * but only if told to. These chains take the longest vectors that there are, also where products do better with shorter
 * ones.
 */
#ifdef __clang__
#define WIDE (4 * LANES)
#define TOGETHER 1
#define MIXED
#else
#ifdef __AVX512F__
#define WIDE 16
#else
#define WIDE LANES
#endif
#define TOGETHER 4
#define MIXED __attribute__((optimize("schedule-insns")))
#endif
typedef float wide __attribute__((vector_size(4 * WIDE)));
typedef int wide_mask __attribute__((vector_size(4 * WIDE)));
/* The same in memory: any float may be the first. */
typedef float loose_vec __attribute__((vector_size(4 * LANES), aligned(4), may_alias));
typedef float loose_wide __attribute__((vector_size(4 * WIDE), aligned(4), may_alias));
typedef float loose_quad __attribute__((vector_size(16), aligned(4), may_alias));

INLINE vec load(const float *from) { return *(const loose_vec *)from; }
INLINE void store(float *to, vec value) { *(loose_vec *)to = value; }
INLINE wide load_wide(const float *from) { return *(const loose_wide *)from; }
INLINE void store_wide(float *to, wide value) { *(loose_wide *)to = value; }
INLINE quad load4(const float *from) { return *(const loose_quad *)from; }
INLINE void store4(float *to, quad value) { *(loose_quad *)to = value; }

/* The value in all lanes: taking 0 away keeps every value, −0 too, and is no instruction. */
INLINE vec everywhere(float value) { return value - (vec){0}; }

/* The first `count` floats, zeros behind them. */
INLINE vec load_part(const float *from, int count) {
  vec value = {0};
  for (int i = 0; i < count; i++) value[i] = from[i];
  return value;
}

INLINE void store_part(float *to, vec value, int count) {
  for (int i = 0; i < count; i++) to[i] = value[i];
}

/* ---- functions of each element ---- */

INLINE wide choose_wide(wide_mask which, wide yes, wide no) {
  return (wide)(((wide_mask)yes & which) | ((wide_mask)no & ~which));
}

/*
 * x86 has an instruction that is `a < b ? a : b`, and one for `a > b ? a : b`; made of masks both take four. WebAssembly
 * has the same with the operands swapped.
 */
#if defined(__AVX512F__) && WIDE == 16
#define LOWER(a, b) (wide) _mm512_min_ps(a, b)
#define HIGHER(a, b) (wide) _mm512_max_ps(a, b)
#elif defined(__AVX__) && WIDE == 8
#define LOWER(a, b) (wide) _mm256_min_ps(a, b)
#define HIGHER(a, b) (wide) _mm256_max_ps(a, b)
#elif defined(__SSE__) && WIDE == 4
#define LOWER(a, b) (wide) _mm_min_ps(a, b)
#define HIGHER(a, b) (wide) _mm_max_ps(a, b)
#else
#define LOWER(a, b) choose_wide((a) < (b), a, b)
#define HIGHER(a, b) choose_wide((a) > (b), a, b)
#endif

/* The smaller of x and limit; x where x is NaN. */
INLINE wide at_most(float limit, wide x) {
#ifdef __wasm__
  loose_quad *part = (loose_quad *)&x;
  UNROLL for (int n = 0; n < 4; n++) part[n] = __builtin_wasm_pmin_f32x4(part[n], (quad){0} + limit);
  return x;
#else
  wide limits = (wide){0} + limit;
  return LOWER(limits, x);
#endif
}

/* The larger of x and limit; x where x is NaN. */
INLINE wide at_least(float limit, wide x) {
#ifdef __wasm__
  loose_quad *part = (loose_quad *)&x;
  UNROLL for (int n = 0; n < 4; n++) part[n] = __builtin_wasm_pmax_f32x4(part[n], (quad){0} + limit);
  return x;
#else
  wide limits = (wide){0} + limit;
  return HIGHER(limits, x);
#endif
}

/*
 * tanh as the odd rational function x p(x²)/q(x²) of degree 13 over 6, with the coefficients of Eigen's `ptanh_float`.
 * Over all float32 the error is below 4e-7 and below 7 units in the last place, and |tanh| ≤ 1, so that 1 − h² is never
 * negative; the arguments are cut where the rational reaches 1.
 */
INLINE wide tanh_of(wide x) {
  const float end = 7.90531110763549805f;
  x = at_least(-end, at_most(end, x));
  wide s = x * x;
  wide p = s * -2.76076847742355e-16f + 2.00018790482477e-13f;
  p = p * s + -8.60467152213735e-11f;
  p = p * s + 5.12229709037114e-08f;
  p = p * s + 1.48572235717979e-05f;
  p = p * s + 6.37261928875436e-04f;
  p = p * s + 4.89352455891786e-03f;
  wide q = s * 1.19825839466702e-06f + 1.18534705686654e-04f;
  q = q * s + 2.26843463243900e-03f;
  q = q * s + 4.89352518554385e-03f;
  return x * (p / q);
}

/*
 * eˣ as p(r) 2ⁿ with x = n ln 2 + r, |r| ≤ ln 2/2, and the polynomial of Cephes' `expf`; within 2 units in the last
 * place, over- and underflow included: 2ⁿ is multiplied in two halves, so that neither leaves the exponents' range.
 */
INLINE wide exp_of(wide x) {
  const float round = 12582912.0f; /* 1.5 · 2²³: adding it leaves an integer in the lowest bits */
  x = at_least(-104.0f, at_most(89.0f, x));
  wide shifted = x * 1.44269504088896341f + round;
  wide n = shifted - round;
  wide r = x - n * 0.693359375f - n * -2.12194440e-4f;
  wide p = r * 1.9875691500e-4f + 1.3981999507e-3f;
  p = p * r + 8.3334519073e-3f;
  p = p * r + 4.1665795894e-2f;
  p = p * r + 1.6666665459e-1f;
  p = p * r + 5.0000001201e-1f;
  p = p * (r * r) + r + 1.0f;
  wide_mask exponent = (wide_mask)shifted - 0x4B400000, half = exponent >> 1;
  return p * (wide)((half + 127) << 23) * (wide)((exponent - half + 127) << 23);
}

/* ln x of positive normal numbers below ∞, with the polynomial of Cephes' `logf`. */
INLINE wide log_of_normal(wide x) {
  /* x = m 2ᵉ with √½ ≤ m < √2 */
  wide_mask exponent = ((wide_mask)x - 0x3F3504F3) >> 23;
  wide m = (wide)((wide_mask)x - (exponent << 23)) - 1.0f;
  wide e = __builtin_convertvector(exponent, wide);
  wide p = m * 7.0376836292e-2f + -1.1514610310e-1f;
  p = p * m + 1.1676998740e-1f;
  p = p * m + -1.2420140846e-1f;
  p = p * m + 1.4249322787e-1f;
  p = p * m + -1.6668057665e-1f;
  p = p * m + 2.0000714765e-1f;
  p = p * m + -2.4999993993e-1f;
  p = p * m + 3.3333331174e-1f;
  wide square = m * m;
  wide y = m * square * p + e * -2.12194440e-4f - square * 0.5f;
  return m + y + e * 0.693359375f;
}

/* ln x, within 2 units in the last place; −∞ at 0, NaN below. */
INLINE wide log_of(wide x) {
  const float infinity = __builtin_inff(), nan = __builtin_nanf("");
  wide_mask small = x < 1.17549435e-38f;
  wide y = log_of_normal(choose_wide(small, x * 8388608.0f, x)) - choose_wide(small, (wide){0} + 15.9423851528787f, (wide){0});
  y = choose_wide(x == 0.0f, (wide){0} - infinity, y);
  y = choose_wide(x < 0.0f, (wide){0} + nan, y);
  return choose_wide(x < infinity, y, x);
}

INLINE wide minus_absolute(wide x) { return (wide)((wide_mask)x | (-2147483647 - 1)); }

/* ln(1 + eˣ) = max(x, 0) + ln(1 + e^−|x|), the last by W. Kahan's correction of what adding 1 rounds away. */
INLINE wide softplus_of(wide x) {
  wide e = exp_of(minus_absolute(x));
  wide sum = 1.0f + e, added = sum - 1.0f;
  wide small = log_of_normal(sum) * (e / choose_wide(added == 0.0f, (wide){0} + 1.0f, added));
  return at_least(0.0f, x) + choose_wide(added == 0.0f, e, small);
}

/* 1/(1 + e^−x), the smaller of the two sides from e^−|x|, so that neither loses digits. */
INLINE wide sigmoid_of(wide x) {
  wide e = exp_of(minus_absolute(x));
  return choose_wide(x < 0.0f, e, (wide){0} + 1.0f) / (1.0f + e);
}

enum { EXP, LOG, SIGMOID, SOFTPLUS, TANH_FUNCTION }; /* in the order of `functions` in engine.ts */

INLINE wide function_of(const int function, wide x) {
  switch (function) {
    case EXP: return exp_of(x);
    case LOG: return log_of(x);
    case SIGMOID: return sigmoid_of(x);
    case SOFTPLUS: return softplus_of(x);
    default: return tanh_of(x);
  }
}

INLINE void apply_as(const int function, int count, const float *x, float *y) {
  int i = 0;
  for (; i + TOGETHER * WIDE <= count; i += TOGETHER * WIDE) {
    wide value[TOGETHER];
    UNROLL for (int n = 0; n < TOGETHER; n++) value[n] = function_of(function, load_wide(x + i + n * WIDE));
    UNROLL for (int n = 0; n < TOGETHER; n++) store_wide(y + i + n * WIDE, value[n]);
  }
  for (; i < count; i += WIDE) {
    const int part = count - i < WIDE ? count - i : WIDE;
    float rest[WIDE] = {0};
    for (int n = 0; n < part; n++) rest[n] = x[i + n];
    store_wide(rest, function_of(function, load_wide(rest)));
    for (int n = 0; n < part; n++) y[i + n] = rest[n];
  }
}

/* y = function(x), element by element; y may be x */
EXPORT(apply) MIXED void apply(int count, int function, const float *x, float *y) {
  switch (function) {
    case EXP: apply_as(EXP, count, x, y); break;
    case LOG: apply_as(LOG, count, x, y); break;
    case SIGMOID: apply_as(SIGMOID, count, x, y); break;
    case SOFTPLUS: apply_as(SOFTPLUS, count, x, y); break;
    case TANH_FUNCTION: apply_as(TANH_FUNCTION, count, x, y); break;
  }
}

/* ---- activations ---- */

enum { IDENTITY, TANH, RELU, LEAKY_RELU }; /* in the order of `activations` in engine.ts */

INLINE vec choose(mask which, vec yes, vec no) { return (vec)(((mask)yes & which) | ((mask)no & ~which)); }

INLINE vec activation_of(const int activation, float slope, vec x) {
  switch (activation) {
    case RELU: return choose(x <= 0.0f, (vec){0}, x);
    case LEAKY_RELU: return choose(x <= 0.0f, x * slope, x);
    default: return x;
  }
}

/* The gradient g at an activation's output h, taken back to its argument. */
INLINE vec derivative_of(const int activation, float slope, vec h, vec g) {
  switch (activation) {
    case TANH: return g * (1.0f - h * h);
    case RELU: return choose(h <= 0.0f, (vec){0}, g);
    case LEAKY_RELU: return choose(h <= 0.0f, g * slope, g);
    default: return g;
  }
}

INLINE void activate_as(const int activation, int count, float slope, float *h) {
  int i = 0;
  for (; i + LANES <= count; i += LANES) store(h + i, activation_of(activation, slope, load(h + i)));
  if (i < count) store_part(h + i, activation_of(activation, slope, load_part(h + i, count - i)), count - i);
}

static void activate(int count, int activation, float slope, float *h) {
  switch (activation) {
    case TANH: apply(count, TANH_FUNCTION, h, h); break;
    case RELU: activate_as(RELU, count, slope, h); break;
    case LEAKY_RELU: activate_as(LEAKY_RELU, count, slope, h); break;
  }
}

INLINE void derive_as(const int activation, int count, float slope, const float *h, float *g) {
  int i = 0;
  for (; i + LANES <= count; i += LANES) store(g + i, derivative_of(activation, slope, load(h + i), load(g + i)));
  if (i < count) {
    vec value = derivative_of(activation, slope, load_part(h + i, count - i), load_part(g + i, count - i));
    store_part(g + i, value, count - i);
  }
}

static void derive(int count, int activation, float slope, const float *h, float *g) {
  switch (activation) {
    case TANH: derive_as(TANH, count, slope, h, g); break;
    case RELU: derive_as(RELU, count, slope, h, g); break;
    case LEAKY_RELU: derive_as(LEAKY_RELU, count, slope, h, g); break;
  }
}

/* ---- products ---- */

/*
 * One product c = a · b, which has three uses. Row k of b starts at b + k * b_step and has a float for each column of
 * the whole vectors; the columns behind those stand in `tail`, padded with anything to one vector, row k at
 * tail + k * tail_step. All that is computed for element i, j depends on row i of a and column j of b alone.
 */
typedef struct {
  int columns, depth;
  const float *a; /* [rows, depth]; for WEIGHTS its transpose */
  int a_stride;   /* from one row of that array to the next */
  const float *b;
  int b_step;
  const float *tail;
  int tail_step;
  float *c;
  float *packed;      /* where PACKS: a place for TILE_ROWS rows of a */
  const float *bias;  /* for FORWARD */
  const float *inner; /* for INPUT: the output of the activation */
  int activation;
  float slope;
} product;

enum {
  FORWARD, /* c = activation(a · b + bias), but for tanh, which wants all registers for itself */
  WEIGHTS, /* c += a · b, going on from the sums in c */
  INPUT,   /* c = (a · b) ⊙ activation′ */
};

/* The sums of `rows` rows become elements of c. */
INLINE void finish(const int use, const int activation, const int rows, const int vectors, const int part,
                   const product *p, vec sum[TILE_ROWS][8], const float *inner, float *c) {
  const long apart = inner - c; /* from an element of c to that of inner: one pointer less to keep */
  UNROLL for (int i = 0; i < rows; i++) {
    UNROLL for (int j = 0; j < vectors; j++) {
      const int at = j * LANES;
      vec value = sum[i][j];
      if (use == FORWARD) value = activation_of(activation, p->slope, value);
      if (use == INPUT) {
        vec h = part ? load_part(c + apart + at, part) : load(c + apart + at);
        value = derivative_of(activation, p->slope, h, value);
      }
      if (part) store_part(c + at, value, part);
      else store(c + at, value);
    }
    c += p->columns;
  }
}

/* One step along the depth. */
INLINE void step(const int rows, const int vectors, const float *a, const int a_row, const float *b,
                 vec sum[TILE_ROWS][8]) {
  vec row[8];
  UNROLL for (int j = 0; j < vectors; j++) {
    row[j] = load(b + j * LANES);
    if (rows > 1) HOLD(row[j]);
  }
  UNROLL for (int i = 0; i < rows; i++) {
    vec factor = everywhere(a[i * a_row]);
    if (vectors > 2) HOLD(factor);
    UNROLL for (int j = 0; j < vectors; j++) sum[i][j] += factor * row[j];
  }
}

/* `rows` rows (at most 4) by `vectors` vectors (at most 8), or by one vector's first `part` lanes. */
INLINE void tile(const int use, const int rows, const int vectors, const int part, const product *p, const float *a,
                 const int a_row, const int a_step, const float *b, int b_step, const float *bias, const float *inner,
                 float *c) {
  vec sum[TILE_ROWS][8];
  UNROLL for (int i = 0; i < rows; i++)
    UNROLL for (int j = 0; j < vectors; j++) {
      const float *from = c + i * p->columns + j * LANES;
      sum[i][j] = use != WEIGHTS ? (vec){0} : part ? load_part(from, part) : load(from);
    }
  const float *end = a + p->depth * a_step;
#define STEP                             \
  step(rows, vectors, a, a_row, b, sum); \
  ADVANCE(a, a_step);                    \
  b += b_step;                           \
  if (a == end) break;
  if (p->depth > 0) for (;;) {
    STEP
#ifdef __wasm__
    /*
     * Four steps a turn, as V8 checks its stack at each turn; with a way out between them, or V8 would load for all
     * four before it adds, and spill.
     */
    if (rows == TILE_ROWS) { STEP STEP STEP }
#endif
  }
#undef STEP
  if (use == FORWARD)
    UNROLL for (int j = 0; j < vectors; j++) {
      vec shift = part ? load_part(bias, part) : load(bias + j * LANES);
      UNROLL for (int i = 0; i < rows; i++) sum[i][j] += shift;
    }
  switch (p->activation) {
    case TANH: finish(use, TANH, rows, vectors, part, p, sum, inner, c); break;
    case RELU: finish(use, RELU, rows, vectors, part, p, sum, inner, c); break;
    case LEAKY_RELU: finish(use, LEAKY_RELU, rows, vectors, part, p, sum, inner, c); break;
    default: finish(use, IDENTITY, rows, vectors, part, p, sum, inner, c);
  }
}

/* All columns of `rows` rows from row i on, in the widest tiles whose sums stay in registers. */
INLINE void strip(const int use, const int rows, const int vectors, const product *shared, const float *a,
                  const int a_row, const int a_step, int i) {
  const product copy = *shared, *p = &copy; /* as the compiler knows, no store to c changes it */
  float *c = p->c + i * p->columns;
  /* Where a use has none of these, c stands for it, and nothing reads it. */
  const float *bias = use == FORWARD ? p->bias : c, *inner = use == INPUT ? p->inner + i * p->columns : c;
  int j = 0;
  for (; j + vectors * LANES <= p->columns; j += vectors * LANES)
    tile(use, rows, vectors, 0, p, a, a_row, a_step, p->b + j, p->b_step, bias + j, inner + j, c + j);
  for (; j + LANES <= p->columns; j += LANES)
    tile(use, rows, 1, 0, p, a, a_row, a_step, p->b + j, p->b_step, bias + j, inner + j, c + j);
  if (j < p->columns)
    tile(use, rows, 1, p->columns - j, p, a, a_row, a_step, p->tail, p->tail_step, bias + j, inner + j, c + j);
}

INLINE void rows_as_they_are(const int use, const int rows, const int vectors, const product *p, int i) {
  if (use == WEIGHTS) strip(use, rows, vectors, p, p->a + i, 1, p->a_stride, i);
  else strip(use, rows, vectors, p, p->a + i * p->a_stride, p->a_stride, 1, i);
}

INLINE void transpose4(quad *r) {
  quad a = __builtin_shufflevector(r[0], r[1], 0, 4, 1, 5), b = __builtin_shufflevector(r[0], r[1], 2, 6, 3, 7);
  quad c = __builtin_shufflevector(r[2], r[3], 0, 4, 1, 5), d = __builtin_shufflevector(r[2], r[3], 2, 6, 3, 7);
  r[0] = __builtin_shufflevector(a, c, 0, 1, 4, 5);
  r[1] = __builtin_shufflevector(a, c, 2, 3, 6, 7);
  r[2] = __builtin_shufflevector(b, d, 0, 1, 4, 5);
  r[3] = __builtin_shufflevector(b, d, 2, 3, 6, 7);
}

/* to [depth, 4] = the transpose of four rows a [4, depth] */
INLINE void pack_rows(const float *a, int depth, float *to) {
  const float *row[4] = {a, a + depth, a + 2 * depth, a + 3 * depth};
  int k = 0;
  ROLLED for (; k + 4 <= depth; k += 4) {
    quad block[4];
    UNROLL for (int n = 0; n < 4; n++) {
      block[n] = load4(row[n]);
      ADVANCE(row[n], 4);
    }
    transpose4(block);
    UNROLL for (int n = 0; n < 4; n++) store4(to + 4 * n, block[n]);
    ADVANCE(to, 16);
  }
  ROLLED for (; k < depth; k++) {
    UNROLL for (int n = 0; n < 4; n++) to[n] = *row[n]++;
    to += 4;
  }
}

INLINE void four_rows(const int use, const product *p, int i) {
  if (PACKS && use != WEIGHTS) {
    pack_rows(p->a + i * p->a_stride, p->depth, p->packed);
    strip(use, TILE_ROWS, TILE_VECTORS, p, p->packed, 1, TILE_ROWS, i);
  } else rows_as_they_are(use, TILE_ROWS, TILE_VECTORS, p, i);
}

/* The whole product of `rows` rows; each kind of strip is compiled once. */
#define PRODUCT(name, use)                                                              \
  NOINLINE void name##4(const product *p, int i) { four_rows(use, p, i); }              \
  NOINLINE void name##2(const product *p, int i) { rows_as_they_are(use, 2, 4, p, i); } \
  NOINLINE void name##1(const product *p, int i) { rows_as_they_are(use, 1, 8, p, i); } \
  static void name(const product *p, int rows) {                                        \
    int i = 0;                                                                          \
    for (; i + 4 <= rows; i += 4) name##4(p, i);                                        \
    for (; i + 2 <= rows; i += 2) name##2(p, i);                                        \
    if (i < rows) name##1(p, i);                                                        \
  }
PRODUCT(multiply_forward, FORWARD)
PRODUCT(multiply_weights, WEIGHTS)
PRODUCT(multiply_input, INPUT)

/* Copies the columns of b [depth, columns] that fill no whole vector, padded with zeros to one. */
static const float *pack_tail(const float *b, int depth, int columns, float *scratch) {
  int whole = columns - columns % LANES;
  if (whole == columns) return scratch;
  for (int k = 0; k < depth; k++) store(scratch + k * LANES, load_part(b + k * columns + whole, columns - whole));
  return scratch;
}

/* to [columns, stride] = the transpose of from [rows, columns]; floats behind the `rows` of a row stay as they are. */
static void transpose(int rows, int columns, const float *from, int stride, float *to) {
  int i = 0;
  for (; i + 4 <= rows; i += 4) {
    int j = 0;
    for (; j + 4 <= columns; j += 4) {
      quad block[4];
      UNROLL for (int n = 0; n < 4; n++) block[n] = load4(from + (i + n) * columns + j);
      transpose4(block);
      UNROLL for (int n = 0; n < 4; n++) store4(to + (j + n) * stride + i, block[n]);
    }
    for (; j < columns; j++)
      for (int n = 0; n < 4; n++) to[j * stride + i + n] = from[(i + n) * columns + j];
  }
  for (; i < rows; i++)
    for (int j = 0; j < columns; j++) to[j * stride + i] = from[i * columns + j];
}

/*
 * c [rows, columns] = a · b (+ bias) for at most NARROW columns, rows in the lanes; a is dense, element (k, j) of b is
 * b[k * b_step + j * b_column]. Eight rows go at a time: each lane's sum waits for its last addition, so two vectors of
 * rows hide half of the wait.
 */
INLINE void narrow(const int columns, int rows, int depth, const float *a, const float *b, int b_step, int b_column,
                   const float *bias, float *c) {
  int i = 0;
  for (; i + 8 <= rows; i += 8, a += 8 * depth, c += 8 * columns) {
    quad sum[2][NARROW] = {{{0}}};
    int k = 0;
    ROLLED for (; k + 4 <= depth; k += 4) {
      quad block[2][4];
      UNROLL for (int m = 0; m < 2; m++) {
        UNROLL for (int n = 0; n < 4; n++) block[m][n] = load4(a + (4 * m + n) * depth + k);
        transpose4(block[m]);
      }
      UNROLL for (int n = 0; n < 4; n++)
        UNROLL for (int j = 0; j < columns; j++) {
          float factor = b[(k + n) * b_step + j * b_column];
          UNROLL for (int m = 0; m < 2; m++) sum[m][j] += factor * block[m][n];
        }
    }
    ROLLED for (; k < depth; k++)
      UNROLL for (int m = 0; m < 2; m++) {
        const float *from = a + 4 * m * depth + k;
        quad column = {from[0], from[depth], from[2 * depth], from[3 * depth]};
        UNROLL for (int j = 0; j < columns; j++) sum[m][j] += b[k * b_step + j * b_column] * column;
      }
    UNROLL for (int m = 0; m < 2; m++)
      UNROLL for (int j = 0; j < columns; j++) {
        quad value = bias ? sum[m][j] + bias[j] : sum[m][j];
        UNROLL for (int n = 0; n < 4; n++) c[(4 * m + n) * columns + j] = value[n];
      }
  }
  for (; i < rows; i++, a += depth, c += columns)
    UNROLL for (int j = 0; j < columns; j++) {
      float sum = 0;
      ROLLED for (int k = 0; k < depth; k++) sum += a[k] * b[k * b_step + j * b_column];
      c[j] = bias ? sum + bias[j] : sum;
    }
}

static void multiply_narrow(int columns, int rows, int depth, const float *a, const float *b, int b_step, int b_column,
                            const float *bias, float *c) {
  switch (columns) {
    case 1: narrow(1, rows, depth, a, b, b_step, b_column, bias, c); break;
    case 2: narrow(2, rows, depth, a, b, b_step, b_column, bias, c); break;
    case 3: narrow(3, rows, depth, a, b, b_step, b_column, bias, c); break;
  }
}

/* ---- what engines call ---- */

INLINE int padded(int columns) { return (columns + LANES - 1) / LANES * LANES; }
INLINE int smaller(int a, int b) { return a < b ? a : b; }
INLINE int larger(int a, int b) { return a > b ? a : b; }
INLINE int packed_size(int depth) { return PACKS * TILE_ROWS * depth; }

/* Floats of scratch that the functions below need for a layer; the packed rows come first. */
EXPORT(scratch_size) int scratch_size(int inputs, int outputs) {
  int forward = packed_size(inputs) + LANES * inputs, weights = NARROW * inputs + LANES * MOST_ROWS;
  int input = packed_size(outputs) + outputs * padded(inputs);
  return larger(larger(forward, weights), input);
}

/* output = activation(input · weights + bias) */
EXPORT(dense_forward) void dense_forward(int rows, int inputs, int outputs, int activation, float slope,
                                         const float *input, const float *weights, const float *bias, float *output,
                                         float *scratch) {
  if (outputs <= NARROW) {
    multiply_narrow(outputs, rows, inputs, input, weights, outputs, 1, bias, output);
    activate(rows * outputs, activation, slope, output);
    return;
  }
  product p = {.columns = outputs, .depth = inputs, .a = input, .a_stride = inputs, .b = weights,
               .b_step = outputs, .tail = pack_tail(weights, inputs, outputs, scratch + packed_size(inputs)),
               .tail_step = LANES, .c = output, .packed = scratch, .bias = bias, .activation = activation,
               .slope = slope};
  multiply_forward(&p, rows);
  if (activation == TANH) activate(rows * outputs, activation, slope, output);
}

/* gradient ← gradient ⊙ activation′, from the activation's output */
EXPORT(activation_backward) void activation_backward(int count, int activation, float slope, const float *output,
                                                     float *gradient) {
  derive(count, activation, slope, output, gradient);
}

INLINE void sum_columns(const int vectors, int rows, int columns, const float *gradient, float *bias_gradient) {
  vec sum[8] = {{0}};
  ROLLED for (int i = 0; i < rows; i++, gradient += columns)
    UNROLL for (int n = 0; n < vectors; n++) sum[n] += load(gradient + n * LANES);
  UNROLL for (int n = 0; n < vectors; n++) store(bias_gradient + n * LANES, sum[n]);
}

/* bias_gradient = the column sums of gradient [rows, columns], rows first to last */
static void column_sums(int rows, int columns, const float *gradient, float *bias_gradient) {
  int j = 0;
  for (; j + 8 * LANES <= columns; j += 8 * LANES) sum_columns(8, rows, columns, gradient + j, bias_gradient + j);
  for (; j + 4 * LANES <= columns; j += 4 * LANES) sum_columns(4, rows, columns, gradient + j, bias_gradient + j);
  for (; j + LANES <= columns; j += LANES) sum_columns(1, rows, columns, gradient + j, bias_gradient + j);
  for (; j < columns; j++) {
    float sum = 0;
    ROLLED for (int i = 0; i < rows; i++) sum += gradient[i * columns + j];
    bias_gradient[j] = sum;
  }
}

/* weight_gradient = inputᵀ · gradient, bias_gradient = the column sums of gradient */
EXPORT(dense_backward_weights) void dense_backward_weights(int rows, int inputs, int outputs, const float *input,
                                                           const float *gradient, float *weight_gradient,
                                                           float *bias_gradient, float *scratch) {
  column_sums(rows, outputs, gradient, bias_gradient);
  /* With few outputs the transpose of the product has the wide rows: gradientᵀ · input, its factors swapped. */
  int swapped = outputs <= NARROW && inputs > outputs;
  int m = swapped ? outputs : inputs, n = swapped ? inputs : outputs;
  const float *a = swapped ? gradient : input, *b = swapped ? input : gradient;
  float *c = swapped ? scratch : weight_gradient, *tail = swapped ? scratch + NARROW * inputs : scratch;
  for (int i = 0; i < m * n; i++) c[i] = 0;
  const int block = smaller(larger(BLOCK / larger(m + n, 1) / 8 * 8, 8), MOST_ROWS);
  for (int k = 0; k < rows; k += block) {
    int depth = smaller(rows - k, block);
    product p = {.columns = n, .depth = depth, .a = a + k * m, .a_stride = m, .b = b + k * n, .b_step = n,
                 .tail = pack_tail(b + k * n, depth, n, tail), .tail_step = LANES, .c = c};
    multiply_weights(&p, m);
  }
  if (swapped)
    for (int i = 0; i < inputs; i++)
      for (int j = 0; j < outputs; j++) weight_gradient[i * outputs + j] = scratch[j * inputs + i];
}

/* input_gradient = (gradient · weightsᵀ) ⊙ activation′, the activation being the one that made `input` */
EXPORT(dense_backward_input) void dense_backward_input(int rows, int inputs, int outputs, int activation, float slope,
                                                       const float *gradient, const float *weights, const float *input,
                                                       float *input_gradient, float *scratch) {
  if (inputs <= NARROW) {
    multiply_narrow(inputs, rows, outputs, gradient, weights, 1, outputs, 0, input_gradient);
    derive(rows * inputs, activation, slope, input, input_gradient);
    return;
  }
  int stride = padded(inputs);
  float *packed = scratch;
  scratch += packed_size(outputs);
  transpose(inputs, outputs, weights, stride, scratch);
  product p = {.columns = inputs, .depth = outputs, .a = gradient, .a_stride = outputs, .b = scratch,
               .b_step = stride, .tail = scratch + inputs - inputs % LANES, .tail_step = stride, .c = input_gradient,
               .packed = packed, .inner = input, .activation = activation, .slope = slope};
  multiply_input(&p, rows);
}

/* ---- softmax ---- */

/* One column of up to WIDE rows, zeros behind them. */
INLINE wide load_column(const float *x, int rows, int columns) {
  if (rows == WIDE) {
    wide column = {0};
    UNROLL for (int i = 0; i < WIDE; i++) column[i] = x[i * columns];
    return column;
  }
  float column[WIDE] = {0};
  for (int i = 0; i < rows; i++) column[i] = x[i * columns];
  return load_wide(column);
}

INLINE void store_column(float *x, int rows, int columns, wide value) {
  if (rows == WIDE) {
    UNROLL for (int i = 0; i < WIDE; i++) x[i * columns] = value[i];
    return;
  }
  float column[WIDE];
  store_wide(column, value);
  for (int i = 0; i < rows; i++) x[i * columns] = column[i];
}

/* log p = x − max x − ln Σ e^(x − max x) and p = e^(log p) of every row of x [rows, columns], summed first to last */
EXPORT(softmax) void softmax(int rows, int columns, const float *x, float *log_p, float *p) {
  for (int i = 0; i < rows; i += WIDE) {
    const int part = smaller(rows - i, WIDE), from = i * columns;
    wide largest = load_column(x + from, part, columns), sum = {0};
    for (int k = 1; k < columns; k++) {
      wide value = load_column(x + from + k, part, columns);
      largest = choose_wide(value > largest, value, largest);
    }
    for (int k = 0; k < columns; k++) sum += exp_of(load_column(x + from + k, part, columns) - largest);
    wide shift = log_of(sum);
    for (int k = 0; k < columns; k++) {
      wide value = load_column(x + from + k, part, columns) - largest - shift;
      store_column(log_p + from + k, part, columns, value);
      store_column(p + from + k, part, columns, exp_of(value));
    }
  }
}

/* ---- optimizers ---- */

/*
 * These work in double precision and round where they store, as the loops of src/optim do, operation by operation:
 * they have the same bits. Elements do not depend on each other, so any number may go at a time. Natively the loops go
 * element by element and the compiler makes vectors of them; for WebAssembly Clang would take every vector apart to
 * round it, so that there they go two by two.
 */
#ifdef __wasm__
#define GROUP 2
typedef float pair __attribute__((vector_size(8), aligned(4), may_alias));
typedef double real __attribute__((vector_size(16)));
typedef quad single; /* the first two of these four */
INLINE single load_single(const float *from) {
  pair two = *(const pair *)from;
  return __builtin_shufflevector(two, two, 0, 1, 0, 1);
}
INLINE void store_single(float *to, single value) { *(pair *)to = __builtin_shufflevector(value, value, 0, 1); }
INLINE real to_real(single value) { return __builtin_convertvector(__builtin_shufflevector(value, value, 0, 1), real); }
INLINE single to_single(real value) { /* zeros behind, or Clang does not see the instruction that rounds two */
  return __builtin_convertvector(__builtin_shufflevector(value, (real){0}, 0, 1, 2, 3), single);
}
INLINE real root_of(real value) { return __builtin_elementwise_sqrt(value); }
INLINE single single_root_of(single value) { return __builtin_elementwise_sqrt(value); }
#else
#define GROUP 1
typedef double real;
typedef float single;
INLINE single load_single(const float *from) { return *from; }
INLINE void store_single(float *to, single value) { *to = value; }
INLINE real to_real(single value) { return value; }
INLINE single to_single(real value) { return (single)value; }
INLINE real root_of(real value) { return __builtin_sqrt(value); }
INLINE single single_root_of(single value) { return __builtin_sqrtf(value); }
#endif

/* An element behind the last whole group, in a place of its own. */
#define ALONE(vector, i) {(vector)[i]}

typedef struct {
  double rho, fresh, decay, correction, inside, outside, before, after, shrink;
} rmsprop_rule;

/* One group of elements. */
INLINE void rmsprop_group(const int decays, const int corrects, const int shrinks, const int moves, rmsprop_rule r,
                          const float *gradient, float *square_average, float *update_to, float *parameter) {
  real g = to_real(load_single(gradient));
  if (decays) g = g + r.decay * to_real(load_single(parameter));
  single square = to_single(r.rho * to_real(load_single(square_average)) + r.fresh * g * g);
  store_single(square_average, square);
  real variance = corrects ? to_real(square) / r.correction : to_real(square);
  single update = to_single(-r.after * (r.before * g / (root_of(variance + r.inside) + r.outside)));
  if (shrinks) update = to_single(to_real(update) - r.shrink * to_real(load_single(parameter)));
  store_single(update_to, update);
  if (moves) store_single(parameter, load_single(parameter) + update);
}

INLINE void rmsprop_as(const int decays, const int corrects, const int shrinks, const int moves, int count,
                       rmsprop_rule r, const float *restrict gradients, float *restrict squares,
                       float *restrict updates, float *restrict parameters) {
  int i = 0;
  for (; i + GROUP <= count; i += GROUP)
    rmsprop_group(decays, corrects, shrinks, moves, r, gradients + i, squares + i, updates + i, parameters + i);
  if (i < count) {
    float g[GROUP] = ALONE(gradients, i), s[GROUP] = ALONE(squares, i), u[GROUP], p[GROUP] = ALONE(parameters, i);
    rmsprop_group(decays, corrects, shrinks, moves, r, g, s, u, p);
    squares[i] = s[0];
    updates[i] = u[0];
    parameters[i] = p[0];
  }
}

/* The loop of src/optim/rmsprop.ts without momentum and not centered; adds the updates to the parameters if `move`. */
EXPORT(rmsprop_update) void rmsprop_update(int count, int move, double rho, double fresh, double decay,
                                           double correction, double inside, double outside, double before,
                                           double after, double shrink, const float *gradients, float *squares,
                                           float *updates, float *parameters) {
  rmsprop_rule r = {rho, fresh, decay, correction, inside, outside, before, after, shrink};
  if (decay == 0.0 && correction == 1.0 && shrink == 0.0 && move)
    rmsprop_as(0, 0, 0, 1, count, r, gradients, squares, updates, parameters);
  else if (decay == 0.0 && correction == 1.0 && shrink == 0.0)
    rmsprop_as(0, 0, 0, 0, count, r, gradients, squares, updates, parameters);
  else
    rmsprop_as(decay != 0.0, correction != 1.0, shrink != 0.0, move, count, r, gradients, squares, updates, parameters);
}

typedef struct {
  double beta1, fresh1, beta2, fresh2, decay, step, eps, shrink;
} adam_rule;

/* One group of elements. */
INLINE void adam_group(const int decays, const int shrinks, const int moves, adam_rule r, const float *gradient,
                       float *average_to, float *square_average, float *update_to, float *parameter) {
  real g = to_real(load_single(gradient));
  if (decays) g = g + r.decay * to_real(load_single(parameter));
  single average = to_single(r.beta1 * to_real(load_single(average_to)) + r.fresh1 * g);
  single square = to_single(r.beta2 * to_real(load_single(square_average)) + r.fresh2 * g * g);
  store_single(average_to, average);
  store_single(square_average, square);
  single update = to_single(-r.step * to_real(average) / (to_real(single_root_of(square)) + r.eps));
  if (shrinks) update = to_single(to_real(update) - r.shrink * to_real(load_single(parameter)));
  store_single(update_to, update);
  if (moves) store_single(parameter, load_single(parameter) + update);
}

INLINE void adam_as(const int decays, const int shrinks, const int moves, int count, adam_rule r,
                    const float *restrict gradients, float *restrict averages, float *restrict squares,
                    float *restrict updates, float *restrict parameters) {
  int i = 0;
  for (; i + GROUP <= count; i += GROUP)
    adam_group(decays, shrinks, moves, r, gradients + i, averages + i, squares + i, updates + i, parameters + i);
  if (i < count) {
    float g[GROUP] = ALONE(gradients, i), a[GROUP] = ALONE(averages, i), s[GROUP] = ALONE(squares, i), u[GROUP],
          p[GROUP] = ALONE(parameters, i);
    adam_group(decays, shrinks, moves, r, g, a, s, u, p);
    averages[i] = a[0];
    squares[i] = s[0];
    updates[i] = u[0];
    parameters[i] = p[0];
  }
}

/* The loop of src/optim/adam.ts without amsgrad and ε_root; adds the updates to the parameters if `move`. */
EXPORT(adam_update) void adam_update(int count, int move, double beta1, double fresh1, double beta2, double fresh2,
                                     double decay, double step, double eps, double shrink, const float *gradients,
                                     float *averages, float *squares, float *updates, float *parameters) {
  adam_rule r = {beta1, fresh1, beta2, fresh2, decay, step, eps, shrink};
  if (decay == 0.0 && shrink == 0.0 && move)
    adam_as(0, 0, 1, count, r, gradients, averages, squares, updates, parameters);
  else if (decay == 0.0 && shrink == 0.0)
    adam_as(0, 0, 0, count, r, gradients, averages, squares, updates, parameters);
  else if (decay == 0.0 && move)
    adam_as(0, 1, 1, count, r, gradients, averages, squares, updates, parameters);
  else
    adam_as(decay != 0.0, shrink != 0.0, move, count, r, gradients, averages, squares, updates, parameters);
}

/* x ← factor x */
EXPORT(scale) void scale(int count, double factor, float *x) {
  int i = 0;
  for (; i + GROUP <= count; i += GROUP) store_single(x + i, to_single(factor * to_real(load_single(x + i))));
  for (; i < count; i++) x[i] = (float)(factor * x[i]);
}

/* y ← y + factor x */
EXPORT(add_scaled) void add_scaled(int count, double factor, const float *restrict x, float *restrict y) {
  int i = 0;
  for (; i + GROUP <= count; i += GROUP)
    store_single(y + i, to_single(to_real(load_single(y + i)) + factor * to_real(load_single(x + i))));
  for (; i < count; i++) y[i] = (float)(y[i] + factor * x[i]);
}

typedef float eight_floats __attribute__((vector_size(32), aligned(4), may_alias));
typedef double eight_doubles __attribute__((vector_size(64)));

/* The Euclidean norm in double precision: eight sums of every eighth square, added in halves (src/optim/norm.ts). */
EXPORT(norm) double norm(int count, const float *x) {
  eight_doubles sum = {0};
  int i = 0;
  for (; i + 8 <= count; i += 8) {
    eight_doubles value = __builtin_convertvector(*(const eight_floats *)(x + i), eight_doubles);
    sum += value * value;
  }
  for (int j = 0; i < count; i++, j++) sum[j] += (double)x[i] * (double)x[i];
  double even = (sum[0] + sum[4]) + (sum[2] + sum[6]), odd = (sum[1] + sum[5]) + (sum[3] + sum[7]);
  return __builtin_sqrt(even + odd);
}

/* Whether no element is NaN or infinite: x · 0 is NaN for those and zero for others. */
EXPORT(all_finite) int all_finite(int count, const float *x) {
  eight_floats sum = {0};
  int i = 0;
  for (; i + 8 <= count; i += 8) sum += *(const eight_floats *)(x + i) * 0.0f;
  for (; i < count; i++) sum[0] += x[i] * 0.0f;
  float total = 0;
  for (int j = 0; j < 8; j++) total += sum[j];
  return total == 0.0f;
}

/* ---- random numbers ---- */

/*
 * Normals by the ziggurat (src/rng/random-stream.ts, the same draws and the same bits), from Alea's state of three
 * numbers and a carry; `widths` and `certain` have 512 entries. Returns how many it filled: all, or up to the first
 * that is not certain and has not been drawn yet.
 */
EXPORT(fill_normal) int fill_normal(int count, double mean, double deviation, const double *widths,
                                    const double *certain, unsigned *state, float *out) {
  unsigned long long s0 = state[0], s1 = state[1], s2 = state[2], carry = state[3];
  int i = 0;
  for (; i < count; i++) {
    unsigned long long first = 2091639 * s0 + carry, second = 2091639 * s1 + (first >> 32);
    unsigned bits = (unsigned)first, position = (unsigned)second;
    int entry = bits & 511;
    double share = position * 0x1p-32 + (bits >> 9) * 0x1p-55;
    if (share >= certain[entry]) break;
    out[i] = (float)(mean + deviation * (share * widths[entry]));
    s0 = s2;
    s1 = bits;
    s2 = position;
    carry = second >> 32;
  }
  state[0] = (unsigned)s0;
  state[1] = (unsigned)s1;
  state[2] = (unsigned)s2;
  state[3] = (unsigned)carry;
  return i;
}

/* Uniforms low + span u with u of 32 bits, from Alea's state. */
EXPORT(fill_uniform) void fill_uniform(int count, double low, double span, unsigned *state, float *out) {
  unsigned long long s0 = state[0], s1 = state[1], s2 = state[2], carry = state[3];
  for (int i = 0; i < count; i++) {
    unsigned long long next = 2091639 * s0 + carry;
    s0 = s1;
    s1 = s2;
    s2 = (unsigned)next;
    carry = next >> 32;
    out[i] = (float)(low + span * (s2 * 0x1p-32));
  }
  state[0] = (unsigned)s0;
  state[1] = (unsigned)s1;
  state[2] = (unsigned)s2;
  state[3] = (unsigned)carry;
}

/* ---- normalisation ---- */

/*
 * Averages are in double precision and rounded where they are stored; a row's are taken as those of `norm` are, in
 * eight sums, a column's from the first row to the last. Columns go eight at a time, the last ones fewer.
 */

INLINE void widen(const float *from, int count, eight_doubles *to) {
  if (count == 8) {
    *to = __builtin_convertvector(*(const eight_floats *)from, eight_doubles);
    return;
  }
  *to = (eight_doubles){0};
  for (int i = 0; i < count; i++) (*to)[i] = from[i];
}

INLINE void narrow_to(float *to, int count, const eight_doubles *from) {
  if (count == 8)
    *(eight_floats *)to = __builtin_convertvector(*from, eight_floats);
  else
    for (int i = 0; i < count; i++) to[i] = (float)(*from)[i];
}

INLINE double sum_of(const eight_doubles *sum) {
  const eight_doubles s = *sum;
  return ((s[0] + s[4]) + (s[2] + s[6])) + ((s[1] + s[5]) + (s[3] + s[7]));
}

static void normalize_row(int units, double epsilon, const float *x, float *normalized, float *inverse, float *mean,
                          float *variance) {
  eight_doubles sum = {0}, squares = {0}, value;
  int whole = units - units % 8;
  for (int j = 0; j < whole; j += 8) {
    widen(x + j, 8, &value);
    sum += value;
  }
  for (int j = whole; j < units; j++) sum[j - whole] += x[j];
  double centre = sum_of(&sum) / units;
  for (int j = 0; j < whole; j += 8) {
    widen(x + j, 8, &value);
    value -= centre;
    squares += value * value;
  }
  for (int j = whole; j < units; j++) squares[j - whole] += (x[j] - centre) * (x[j] - centre);
  double spread = sum_of(&squares) / units, factor = 1.0 / __builtin_sqrt(spread + epsilon);
  for (int j = 0; j < units; j++) normalized[j] = (float)((x[j] - centre) * factor);
  *inverse = (float)factor;
  *mean = (float)centre;
  *variance = (float)spread;
}

/* `count` neighbouring columns of x [rows, units] */
INLINE void normalize_columns(const int count, int rows, int units, double epsilon, const float *x, float *normalized,
                              float *inverse, float *mean, float *variance) {
  eight_doubles sum = {0}, squares = {0}, factor = {0}, value;
  for (int i = 0; i < rows; i++) {
    widen(x + i * units, count, &value);
    sum += value;
  }
  eight_doubles centre = sum / (double)rows;
  for (int i = 0; i < rows; i++) {
    widen(x + i * units, count, &value);
    value -= centre;
    squares += value * value;
  }
  eight_doubles spread = squares / (double)rows;
  for (int j = 0; j < count; j++) factor[j] = 1.0 / __builtin_sqrt(spread[j] + epsilon);
  for (int i = 0; i < rows; i++) {
    widen(x + i * units, count, &value);
    value = (value - centre) * factor;
    narrow_to(normalized + i * units, count, &value);
  }
  narrow_to(inverse, count, &factor);
  narrow_to(mean, count, &centre);
  narrow_to(variance, count, &spread);
}

/*
 * normalized = (x − mean)·inverse with inverse = 1/√(variance + ε), for x [rows, units]; averages over the units of each
 * row, or over the rows for each unit.
 */
EXPORT(normalize) void normalize(int over_rows, int rows, int units, double epsilon, const float *x,
                                 float *normalized, float *inverse, float *mean, float *variance) {
  if (!over_rows) {
    for (int i = 0; i < rows; i++)
      normalize_row(units, epsilon, x + i * units, normalized + i * units, inverse + i, mean + i, variance + i);
    return;
  }
  int j = 0;
  for (; j + 8 <= units; j += 8)
    normalize_columns(8, rows, units, epsilon, x + j, normalized + j, inverse + j, mean + j, variance + j);
  if (j < units)
    normalize_columns(units - j, rows, units, epsilon, x + j, normalized + j, inverse + j, mean + j, variance + j);
}

/* y = activation(scale ⊙ normalized + shift), both [rows, units] */
EXPORT(scale_and_shift) void scale_and_shift(int rows, int units, int activation, float slope, const float *normalized,
                                             const float *scale, const float *shift, float *y) {
  for (int i = 0; i < rows; i++, normalized += units, y += units) {
    int j = 0;
    for (; j + LANES <= units; j += LANES) store(y + j, load(scale + j) * load(normalized + j) + load(shift + j));
    for (; j < units; j++) y[j] = scale[j] * normalized[j] + shift[j];
    activate(units, activation, slope, y);
  }
}

INLINE void column_products(const int count, int rows, int units, const float *normalized, const float *gradient,
                            float *scale_gradient, float *shift_gradient) {
  eight_doubles along = {0}, sum = {0}, n, g;
  for (int i = 0; i < rows; i++) {
    widen(normalized + i * units, count, &n);
    widen(gradient + i * units, count, &g);
    along += g * n;
    sum += g;
  }
  narrow_to(scale_gradient, count, &along);
  narrow_to(shift_gradient, count, &sum);
}

/* Of each unit, over the rows: scale_gradient = Σ gradient · normalized, shift_gradient = Σ gradient */
EXPORT(scale_and_shift_backward) void scale_and_shift_backward(int rows, int units, const float *normalized,
                                                               const float *gradient, float *scale_gradient,
                                                               float *shift_gradient) {
  int j = 0;
  for (; j + 8 <= units; j += 8)
    column_products(8, rows, units, normalized + j, gradient + j, scale_gradient + j, shift_gradient + j);
  if (j < units)
    column_products(units - j, rows, units, normalized + j, gradient + j, scale_gradient + j, shift_gradient + j);
}

static void normalize_row_backward(int units, double inverse, const float *normalized, const float *scale,
                                   float *gradient) {
  eight_doubles sum = {0}, along = {0}, n, g, s;
  int whole = units - units % 8;
  for (int j = 0; j < whole; j += 8) {
    widen(normalized + j, 8, &n);
    widen(gradient + j, 8, &g);
    widen(scale + j, 8, &s);
    g *= s;
    sum += g;
    along += g * n;
  }
  for (int j = whole; j < units; j++) {
    double scaled = (double)gradient[j] * scale[j];
    sum[j - whole] += scaled;
    along[j - whole] += scaled * normalized[j];
  }
  double mean = sum_of(&sum) / units, slope = sum_of(&along) / units;
  for (int j = 0; j < units; j++)
    gradient[j] = (float)(((double)gradient[j] * scale[j] - mean - normalized[j] * slope) * inverse);
}

INLINE void normalize_columns_backward(const int count, int rows, int units, const float *normalized,
                                       const float *inverse, const float *scale, float *gradient) {
  eight_doubles sum = {0}, along = {0}, n, g, s, factor;
  widen(scale, count, &s);
  widen(inverse, count, &factor);
  for (int i = 0; i < rows; i++) {
    widen(normalized + i * units, count, &n);
    widen(gradient + i * units, count, &g);
    g *= s;
    sum += g;
    along += g * n;
  }
  eight_doubles mean = sum / (double)rows, slope = along / (double)rows;
  for (int i = 0; i < rows; i++) {
    widen(normalized + i * units, count, &n);
    widen(gradient + i * units, count, &g);
    g = (g * s - mean - n * slope) * factor;
    narrow_to(gradient + i * units, count, &g);
  }
}

/*
 * The gradient at scale ⊙ normalized + shift becomes that at x, in place:
 * (g − mean g − normalized · mean(g · normalized)) · inverse with g = gradient ⊙ scale.
 */
EXPORT(normalize_backward) void normalize_backward(int over_rows, int rows, int units, const float *normalized,
                                                   const float *inverse, const float *scale, float *gradient) {
  if (!over_rows) {
    for (int i = 0; i < rows; i++)
      normalize_row_backward(units, inverse[i], normalized + i * units, scale, gradient + i * units);
    return;
  }
  int j = 0;
  for (; j + 8 <= units; j += 8)
    normalize_columns_backward(8, rows, units, normalized + j, inverse + j, scale + j, gradient + j);
  if (j < units)
    normalize_columns_backward(units - j, rows, units, normalized + j, inverse + j, scale + j, gradient + j);
}

/* ---- programs ---- */

enum { FORWARD_CALL, ACTIVATION_CALL, WEIGHTS_CALL, INPUT_CALL }; /* in the order of `recorded` in program.ts */
#define CALL 11 /* doubles of a call */

/* Calls of dense layers' functions, one after the other. Each is its number and its arguments, all as doubles. */
EXPORT(run_program) void run_program(int calls, const double *call) {
#define N(at) (int)call[at]
#define X(at) (float *)(__UINTPTR_TYPE__)call[at]
  for (; calls > 0; calls--, call += CALL) switch (N(0)) {
      case FORWARD_CALL:
        dense_forward(N(1), N(2), N(3), N(4), (float)call[5], X(6), X(7), X(8), X(9), X(10));
        break;
      case ACTIVATION_CALL: activation_backward(N(1), N(2), (float)call[3], X(4), X(5)); break;
      case WEIGHTS_CALL: dense_backward_weights(N(1), N(2), N(3), X(4), X(5), X(6), X(7), X(8)); break;
      case INPUT_CALL:
        dense_backward_input(N(1), N(2), N(3), N(4), (float)call[5], X(6), X(7), X(8), X(9), X(10));
        break;
    }
#undef N
#undef X
}

/* ---- the machine ---- */

/*
 * Multiplications and additions on registers alone, in as many independent chains as keep every unit busy: what this
 * width of vectors can do at most. A round is 24 vectors of operations; the result only keeps them from being left out.
 */
EXPORT(saturate) float saturate(int rounds, float factor, float term) {
  vec products[6], sums[6];
  UNROLL for (int i = 0; i < 6; i++) {
    products[i] = everywhere(factor * (float)(i + 1));
    sums[i] = everywhere(term * (float)(i + 1));
  }
  ROLLED for (int round = 0; round < rounds; round++)
    UNROLL for (int half = 0; half < 2; half++)
      UNROLL for (int i = 0; i < 6; i++) {
        products[i] *= factor;
        sums[i] += term;
      }
  vec total = {0};
  UNROLL for (int i = 0; i < 6; i++) total += products[i] + sums[i];
  return total[0];
}

EXPORT(lanes) int lanes(void) { return LANES; }
