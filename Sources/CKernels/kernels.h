// The kernels for one instruction set. The including file defines
//   NAME(x)   the name of function x in this set
//   WIDTH     floats in a vector
//   TILE_ROWS × TILE_VECTORS   the product's register tile (2 or 4 vectors)

#define ROW_VECTORS 8  // the register tile of a single row

typedef float NAME(vector) __attribute__((vector_size(WIDTH * 4), aligned(4)));
typedef int NAME(ivector) __attribute__((vector_size(WIDTH * 4), aligned(4)));
#define V NAME(vector)
#define I NAME(ivector)

/// x less zero is x, and no instruction; x plus zero would be another for -0.
static inline V NAME(splat)(float x) { return x - (V){}; }
static inline V NAME(load)(const float *p) { return *(const V *)p; }
static inline void NAME(store)(float *p, V v) { *(V *)p = v; }

/// The first n < WIDTH floats at p, the rest `fill`.
static inline V NAME(load_part)(const float *p, long n, float fill) {
  float t[WIDTH];
  for (long i = 0; i < WIDTH; i++) t[i] = i < n ? p[i] : fill;
  return NAME(load)(t);
}
static inline void NAME(store_part)(float *p, long n, V v) {
  float t[WIDTH];
  NAME(store)(t, v);
  for (long i = 0; i < n; i++) p[i] = t[i];
}

/// Splits x = n·ln 2 + r with |r| ≤ ln 2 / 2; returns e^r − 1 by its Taylor series (the first term left out is below 6e-9) and 2^n.
static inline V NAME(exp_parts)(V x, V *scale) {
  const float rounder = 12582912.0f;  // 1.5 · 2^23: adding it rounds to the nearest integer
  V n = (x * 1.44269504f + rounder) - rounder;
  V r = (x - n * 0.693359375f) - n * -2.12194440e-4f;
  I bits = (__builtin_convertvector(n, I) + 127) << 23;
  *scale = (V)bits;
  V p = r * (1.0f / 5040) + 1.0f / 720;
  p = p * r + 1.0f / 120;
  p = p * r + 1.0f / 24;
  p = p * r + 1.0f / 6;
  p = p * r + 0.5f;
  return p * (r * r) + r;
}

static inline V NAME(exp_v)(V x) {
  x = __builtin_elementwise_max(__builtin_elementwise_min(x, NAME(splat)(88.0f)), NAME(splat)(-87.0f));
  V s, p = NAME(exp_parts)(x, &s);
  return s * p + s;
}

/// tanh(x) = t / (t + 2) with t = e^(2x) − 1, exact near 0; beyond ±9 it is ±1 in this precision.
static inline V NAME(tanh_v)(V x) {
  x = __builtin_elementwise_max(__builtin_elementwise_min(x, NAME(splat)(9.0f)), NAME(splat)(-9.0f));
  V s, p = NAME(exp_parts)(x + x, &s);
  V t = s * p + (s - 1.0f);
  return t / (t + 2.0f);
}

static inline V NAME(sigmoid_v)(V x) { return NAME(tanh_v)(x * 0.5f) * 0.5f + 0.5f; }

// MARK: product

__attribute__((always_inline)) static inline void NAME(tile)(const long rows, const long vectors, long k, const float *a,
                                                             long a_row, long a_column, const float *b, long ldb, float *c,
                                                             long ldc, int accumulate) {
  V sum[TILE_ROWS][TILE_VECTORS];
#pragma clang loop unroll(full)
  for (long i = 0; i < rows; i++)
#pragma clang loop unroll(full)
    for (long j = 0; j < vectors; j++) sum[i][j] = accumulate ? NAME(load)(c + i * ldc + j * WIDTH) : (V){};
  for (long p = 0; p < k; p++) {
    const float *bp = b + p * ldb, *ap = a + p * a_column;
    V column[TILE_VECTORS];
#pragma clang loop unroll(full)
    for (long j = 0; j < vectors; j++) column[j] = NAME(load)(bp + j * WIDTH);
#pragma clang loop unroll(full)
    for (long i = 0; i < rows; i++) {
      V x = NAME(splat)(ap[i * a_row]);
#pragma clang loop unroll(full)
      for (long j = 0; j < vectors; j++) sum[i][j] += x * column[j];
    }
  }
#pragma clang loop unroll(full)
  for (long i = 0; i < rows; i++)
#pragma clang loop unroll(full)
    for (long j = 0; j < vectors; j++) NAME(store)(c + i * ldc + j * WIDTH, sum[i][j]);
}

/// How many of `left` rows the next tile takes: as few tiles as can be, of as many rows each as the others, for one row alone takes as long
/// as several.
static inline long NAME(tile_rows)(long left) {
  long tiles = (left + TILE_ROWS - 1) / TILE_ROWS;
  return (left + tiles - 1) / tiles;
}

/// All rows of a strip of `vectors` vectors.
__attribute__((always_inline)) static inline void NAME(strip)(const long vectors, long m, long k, const float *a, long a_row,
                                                              long a_column, const float *b, long ldb, float *c, long ldc,
                                                              int accumulate) {
  for (long rows; m > 0; m -= rows, a += rows * a_row, c += rows * ldc)
    switch (rows = NAME(tile_rows)(m)) {
#if TILE_ROWS > 4
      case 6: NAME(tile)(6, vectors, k, a, a_row, a_column, b, ldb, c, ldc, accumulate); break;
      case 5: NAME(tile)(5, vectors, k, a, a_row, a_column, b, ldb, c, ldc, accumulate); break;
#endif
      case 4: NAME(tile)(4, vectors, k, a, a_row, a_column, b, ldb, c, ldc, accumulate); break;
      case 3: NAME(tile)(3, vectors, k, a, a_row, a_column, b, ldb, c, ldc, accumulate); break;
      case 2: NAME(tile)(2, vectors, k, a, a_row, a_column, b, ldb, c, ldc, accumulate); break;
      default: NAME(tile)(1, vectors, k, a, a_row, a_column, b, ldb, c, ldc, accumulate);
    }
}

static void NAME(strips)(long vectors, long m, long k, const float *a, long a_row, long a_column, const float *b, long ldb,
                         float *c, long ldc, int accumulate) {
  switch (vectors) {
#if TILE_VECTORS >= 4
    case 4: NAME(strip)(4, m, k, a, a_row, a_column, b, ldb, c, ldc, accumulate); break;
    case 3: NAME(strip)(3, m, k, a, a_row, a_column, b, ldb, c, ldc, accumulate); break;
#endif
#if TILE_VECTORS >= 2
    case 2: NAME(strip)(2, m, k, a, a_row, a_column, b, ldb, c, ldc, accumulate); break;
#endif
    default: NAME(strip)(1, m, k, a, a_row, a_column, b, ldb, c, ldc, accumulate);
  }
}

#define DEPTH 256  // rows of B packed at once: a panel stays in the first-level cache

static void NAME(gemm)(long m, long n, long k, const float *a, long a_row, long a_column, const float *b, long ldb, float *c,
                       long ldc, int accumulate) {
  if (k <= 0) {
    if (!accumulate)
      for (long i = 0; i < m; i++)
        for (long j = 0; j < n; j++) c[i * ldc + j] = 0;
    return;
  }
  float panel[DEPTH * TILE_VECTORS * WIDTH] __attribute__((aligned(64)));
  long j = 0;
  for (long left = n / WIDTH; left > 0;) {
    long vectors = left < TILE_VECTORS ? left : TILE_VECTORS;
    long width = vectors * WIDTH;
    for (long p = 0; p < k; p += DEPTH) {
      long depth = k - p < DEPTH ? k - p : DEPTH;
      const float *bp = b + p * ldb + j;
      long bp_row = ldb;
      if (m > 4 * TILE_ROWS && ldb != width) {  // worth copying: the panel is read once for each tile of rows
        for (long q = 0; q < depth; q++)
          for (long v = 0; v < width; v += WIDTH) NAME(store)(panel + q * width + v, NAME(load)(bp + q * ldb + v));
        bp = panel;
        bp_row = width;
      }
      NAME(strips)(vectors, m, depth, a + p * a_column, a_row, a_column, bp, bp_row, c + j, ldc, accumulate || p > 0);
    }
    j += width;
    left -= vectors;
  }
  for (; j < n; j++)
    for (long i = 0; i < m; i++) {
      float sum = accumulate ? c[i * ldc + j] : 0;
      for (long p = 0; p < k; p++) sum += a[i * a_row + p * a_column] * b[p * ldb + j];
      c[i * ldc + j] = sum;
    }
}

/// A tile of a product with B in words of two bfloat16, from word `w` of its rows on. The lower half is widened by a shift; the upper half
/// is taken as it stands, with the lower one for its last digits.
__attribute__((always_inline)) static inline void NAME(half_tile)(const long rows, const long pairs, long n, long k, const float *a,
                                                                  long lda, const unsigned *b, float *c, long w) {
  typedef unsigned Words __attribute__((vector_size(WIDTH * 4), aligned(4)));
  V low[TILE_ROWS][ROW_VECTORS / 2], high[TILE_ROWS][ROW_VECTORS / 2];
#define COLUMN(t) ((w + (t)*WIDTH) / 16 * 32 + (w + (t)*WIDTH) % 16)
#pragma clang loop unroll(full)
  for (long i = 0; i < rows; i++)
#pragma clang loop unroll(full)
    for (long t = 0; t < pairs; t++) {
      low[i][t] = NAME(load)(c + i * n + COLUMN(t));
      high[i][t] = NAME(load)(c + i * n + COLUMN(t) + 16);
    }
  for (long p = 0; p < k; p++) {
    Words words[ROW_VECTORS / 2];
#pragma clang loop unroll(full)
    for (long t = 0; t < pairs; t++) words[t] = *(const Words *)(b + p * (n / 2) + w + t * WIDTH);
#pragma clang loop unroll(full)
    for (long i = 0; i < rows; i++) {
      V x = NAME(splat)(a[i * lda + p]);
#pragma clang loop unroll(full)
      for (long t = 0; t < pairs; t++) {
        low[i][t] += x * (V)(words[t] << 16);
        high[i][t] += x * (V)words[t];
      }
    }
  }
#pragma clang loop unroll(full)
  for (long i = 0; i < rows; i++)
#pragma clang loop unroll(full)
    for (long t = 0; t < pairs; t++) {
      NAME(store)(c + i * n + COLUMN(t), low[i][t]);
      NAME(store)(c + i * n + COLUMN(t) + 16, high[i][t]);
    }
#undef COLUMN
}

static void NAME(product_half)(long m, long n, long k, const float *a, long lda, const unsigned *b, float *c) {
  const long pairs = TILE_VECTORS / 2, row_pairs = ROW_VECTORS / 2;
  for (long w = 0; w < n / 2;) {
    // A row alone: as many sums at once as it takes for none to wait for its last addition.
    if (m == 1 && w + row_pairs * WIDTH <= n / 2) {
      NAME(half_tile)(1, row_pairs, n, k, a, lda, b, c, w);
      w += row_pairs * WIDTH;
      continue;
    }
    for (long rows, i = 0; i < m; i += rows)
      switch (rows = NAME(tile_rows)(m - i)) {
#if TILE_ROWS > 4
        case 6: NAME(half_tile)(6, pairs, n, k, a + i * lda, lda, b, c + i * n, w); break;
        case 5: NAME(half_tile)(5, pairs, n, k, a + i * lda, lda, b, c + i * n, w); break;
#endif
        case 4: NAME(half_tile)(4, pairs, n, k, a + i * lda, lda, b, c + i * n, w); break;
        case 3: NAME(half_tile)(3, pairs, n, k, a + i * lda, lda, b, c + i * n, w); break;
        case 2: NAME(half_tile)(2, pairs, n, k, a + i * lda, lda, b, c + i * n, w); break;
        default: NAME(half_tile)(1, pairs, n, k, a + i * lda, lda, b, c + i * n, w);
      }
    w += pairs * WIDTH;
  }
}

/// y[8, 8] = xᵀ, rows x_row and y_row floats apart.
static void NAME(transpose_tile)(const float *x, long x_row, float *y, long y_row) {
  typedef float Row __attribute__((vector_size(32), aligned(4)));
  Row r[8], s[8];
  for (int k = 0; k < 8; k++) r[k] = *(const Row *)(x + k * x_row);
  for (int k = 0; k < 8; k += 2) {
    s[k] = __builtin_shufflevector(r[k], r[k + 1], 0, 8, 1, 9, 4, 12, 5, 13);
    s[k + 1] = __builtin_shufflevector(r[k], r[k + 1], 2, 10, 3, 11, 6, 14, 7, 15);
  }
  for (int k = 0; k < 8; k += 4) {
    r[k] = __builtin_shufflevector(s[k], s[k + 2], 0, 1, 8, 9, 4, 5, 12, 13);
    r[k + 1] = __builtin_shufflevector(s[k], s[k + 2], 2, 3, 10, 11, 6, 7, 14, 15);
    r[k + 2] = __builtin_shufflevector(s[k + 1], s[k + 3], 0, 1, 8, 9, 4, 5, 12, 13);
    r[k + 3] = __builtin_shufflevector(s[k + 1], s[k + 3], 2, 3, 10, 11, 6, 7, 14, 15);
  }
  for (int k = 0; k < 4; k++) {
    *(Row *)(y + k * y_row) = __builtin_shufflevector(r[k], r[k + 4], 0, 1, 2, 3, 8, 9, 10, 11);
    *(Row *)(y + (k + 4) * y_row) = __builtin_shufflevector(r[k], r[k + 4], 4, 5, 6, 7, 12, 13, 14, 15);
  }
}

/// In tiles of 8 by 8, turned by exchanging ever larger parts of their rows; two tiles below one another fill a cache line of y.
static void NAME(transpose)(long rows, long columns, const float *x, float *y) {
  long whole_rows = rows / 8 * 8, whole_columns = columns / 8 * 8;
  for (long strip = 0; strip < whole_rows; strip += 16)
    for (long j = 0; j < whole_columns; j += 8)
      for (long i = strip; i < strip + 16 && i < whole_rows; i += 8)
        NAME(transpose_tile)(x + i * columns + j, columns, y + j * rows + i, rows);
  for (long i = 0; i < rows; i++)
    for (long j = i < whole_rows ? whole_columns : 0; j < columns; j++) y[j * rows + i] = x[i * columns + j];
}

// MARK: elementwise

static void NAME(axpy)(long n, float alpha, const float *x, float *y) {
  long i = 0;
  for (; i + WIDTH <= n; i += WIDTH) NAME(store)(y + i, NAME(load)(y + i) + NAME(load)(x + i) * alpha);
  for (; i < n; i++) y[i] += alpha * x[i];
}

static void NAME(axpy_int8)(long n, float alpha, const signed char *x, float *y) {
  for (long i = 0; i < n; i++) y[i] += alpha * (float)x[i];
}

static void NAME(multiply)(long n, const float *x, float *y) {
  long i = 0;
  for (; i + WIDTH <= n; i += WIDTH) NAME(store)(y + i, NAME(load)(y + i) * NAME(load)(x + i));
  for (; i < n; i++) y[i] *= x[i];
}

static float NAME(sum_v)(V v) {
  float t[WIDTH], sum = 0;
  NAME(store)(t, v);
  for (long i = 0; i < WIDTH; i++) sum += t[i];
  return sum;
}

static float NAME(dot)(long n, const float *x, const float *y) {
  V sum = {};
  long i = 0;
  for (; i + WIDTH <= n; i += WIDTH) sum += NAME(load)(x + i) * NAME(load)(y + i);
  if (i < n) sum += NAME(load_part)(x + i, n - i, 0) * NAME(load_part)(y + i, n - i, 0);
  return NAME(sum_v)(sum);
}

static void NAME(tanh_all)(long n, float *x) {
  long i = 0;
  for (; i + WIDTH <= n; i += WIDTH) NAME(store)(x + i, NAME(tanh_v)(NAME(load)(x + i)));
  if (i < n) NAME(store_part)(x + i, n - i, NAME(tanh_v)(NAME(load_part)(x + i, n - i, 0)));
}

static void NAME(tanh_backward)(long n, const float *y, float *d) {
  long i = 0;
  for (; i + WIDTH <= n; i += WIDTH) {
    V v = NAME(load)(y + i);
    NAME(store)(d + i, NAME(load)(d + i) * (1.0f - v * v));
  }
  for (; i < n; i++) d[i] *= 1.0f - y[i] * y[i];
}

/// A counter through Wellons' integer hash lowbias32 (https://nullprogram.com/blog/2018/07/31/), 32 bits a value.
static void NAME(dropout)(long n, unsigned threshold, float keep, unsigned seed, unsigned stream, float *mask) {
  for (long i = 0; i < n; i++) {
    unsigned x = seed + (unsigned)i;
    x ^= x >> 16;
    x *= 0x7feb352dU;
    x ^= x >> 15;
    x = (x ^ stream) * 0x846ca68bU;
    x ^= x >> 16;
    x *= 0x7feb352dU;
    x ^= x >> 15;
    mask[i] = x < threshold ? 0.0f : keep;
  }
}

static float NAME(softmax)(long n, float *x) {
  float greatest = x[0];
  for (long i = 1; i < n; i++) greatest = x[i] > greatest ? x[i] : greatest;
  V sum = {};
  long i = 0;
  for (; i + WIDTH <= n; i += WIDTH) {
    V e = NAME(exp_v)(NAME(load)(x + i) - greatest);
    NAME(store)(x + i, e);
    sum += e;
  }
  float total = NAME(sum_v)(sum);
  if (i < n) {
    NAME(store_part)(x + i, n - i, NAME(exp_v)(NAME(load_part)(x + i, n - i, greatest) - greatest));
    for (; i < n; i++) total += x[i];
  }
  float scale = 1.0f / total;
  for (i = 0; i < n; i++) x[i] *= scale;
  return greatest + __builtin_logf(total);
}

// MARK: LSTM

static void NAME(lstm_forward)(long rows, long hidden, float *gates, const float *c_previous, float *c, float *tanh_c, float *h,
                               long h_stride) {
  for (long r = 0; r < rows; r++) {
    float *g = gates + r * 4 * hidden;
    for (long j = 0; j < hidden; j += WIDTH) {
      V input = NAME(sigmoid_v)(NAME(load)(g + j));
      V forget = NAME(sigmoid_v)(NAME(load)(g + hidden + j));
      V candidate = NAME(tanh_v)(NAME(load)(g + 2 * hidden + j));
      V output = NAME(sigmoid_v)(NAME(load)(g + 3 * hidden + j));
      V cell = forget * NAME(load)(c_previous + r * hidden + j) + input * candidate;
      V t = NAME(tanh_v)(cell);
      NAME(store)(g + j, input);
      NAME(store)(g + hidden + j, forget);
      NAME(store)(g + 2 * hidden + j, candidate);
      NAME(store)(g + 3 * hidden + j, output);
      NAME(store)(c + r * hidden + j, cell);
      NAME(store)(tanh_c + r * hidden + j, t);
      NAME(store)(h + r * h_stride + j, output * t);
    }
  }
}

static void NAME(lstm_backward)(long rows, long hidden, const float *gates, const float *c_previous, const float *tanh_c,
                                const float *dh, float *dc, float *d_gates) {
  for (long r = 0; r < rows; r++) {
    const float *g = gates + r * 4 * hidden;
    float *d = d_gates + r * 4 * hidden;
    for (long j = 0; j < hidden; j += WIDTH) {
      V input = NAME(load)(g + j), forget = NAME(load)(g + hidden + j);
      V candidate = NAME(load)(g + 2 * hidden + j), output = NAME(load)(g + 3 * hidden + j);
      V t = NAME(load)(tanh_c + r * hidden + j), out = NAME(load)(dh + r * hidden + j);
      V cell = NAME(load)(dc + r * hidden + j) + out * output * (1.0f - t * t);
      V previous = NAME(load)(c_previous + r * hidden + j);
      NAME(store)(d + j, cell * candidate * input * (1.0f - input));
      NAME(store)(d + hidden + j, cell * previous * forget * (1.0f - forget));
      NAME(store)(d + 2 * hidden + j, cell * input * (1.0f - candidate * candidate));
      NAME(store)(d + 3 * hidden + j, out * t * output * (1.0f - output));
      NAME(store)(dc + r * hidden + j, cell * forget);
    }
  }
}

static void NAME(max_update)(long n, const float *x, float *best, int *best_index, int index) {
  for (long i = 0; i < n; i++) {
    int better = x[i] > best[i];
    best[i] = better ? x[i] : best[i];
    best_index[i] = better ? index : best_index[i];
  }
}

// MARK: linear classifier

static float NAME(svm_step)(long n, const int *features, const float *values, const float *labels, float diagonal, float inverse,
                            float *alpha, float *w) {
  V margin[SK_BLOCK / WIDTH], delta[SK_BLOCK / WIDTH];
#pragma clang loop unroll(full)
  for (long v = 0; v < SK_BLOCK / WIDTH; v++) margin[v] = (V){};
  for (long i = 0; i < n; i++) {
    const float *row = w + (long)features[i] * SK_BLOCK;
#pragma clang loop unroll(full)
    for (long v = 0; v < SK_BLOCK / WIDTH; v++) margin[v] += NAME(load)(row + v * WIDTH) * values[i];
  }
  float greatest = 0;
#pragma clang loop unroll(full)
  for (long v = 0; v < SK_BLOCK / WIDTH; v++) {
    V y = NAME(load)(labels + v * WIDTH), a = NAME(load)(alpha + v * WIDTH);
    V gradient = y * margin[v] - 1.0f + a * diagonal;
    V next = __builtin_elementwise_max(a - gradient * inverse, NAME(splat)(0.0f));
    delta[v] = (next - a) * y;
    NAME(store)(alpha + v * WIDTH, next);
    float t[WIDTH];
    NAME(store)(t, __builtin_elementwise_abs(next - a));
    for (long i = 0; i < WIDTH; i++) greatest = t[i] > greatest ? t[i] : greatest;
  }
  if (greatest > 0)
    for (long i = 0; i < n; i++) {
      float *row = w + (long)features[i] * SK_BLOCK;
#pragma clang loop unroll(full)
      for (long v = 0; v < SK_BLOCK / WIDTH; v++)
        NAME(store)(row + v * WIDTH, NAME(load)(row + v * WIDTH) + delta[v] * values[i]);
    }
  return greatest;
}

// MARK: optimiser

static void NAME(adamw)(long n, float *parameter, const float *gradient, float *m, float *v, float step_size, float v_scale,
                        float beta1, float beta2, float epsilon, float decay) {
  for (long i = 0; i < n; i += WIDTH) {
    long left = n - i;
    int whole = left >= WIDTH;
    V g = whole ? NAME(load)(gradient + i) : NAME(load_part)(gradient + i, left, 0);
    V first = whole ? NAME(load)(m + i) : NAME(load_part)(m + i, left, 0);
    V second = whole ? NAME(load)(v + i) : NAME(load_part)(v + i, left, 0);
    V p = whole ? NAME(load)(parameter + i) : NAME(load_part)(parameter + i, left, 0);
    first = first * beta1 + g * (1.0f - beta1);
    second = second * beta2 + g * g * (1.0f - beta2);
    p = p * decay - first * step_size / (__builtin_elementwise_sqrt(second * v_scale) + epsilon);
    if (whole) {
      NAME(store)(m + i, first);
      NAME(store)(v + i, second);
      NAME(store)(parameter + i, p);
    } else {
      NAME(store_part)(m + i, left, first);
      NAME(store_part)(v + i, left, second);
      NAME(store_part)(parameter + i, left, p);
    }
  }
}

#define SET(text)                                                                                                          \
  {text,                NAME(gemm),    NAME(product_half), NAME(transpose),    NAME(axpy),          NAME(axpy_int8),  NAME(multiply), NAME(dot), \
   NAME(tanh_all),      NAME(tanh_backward), NAME(dropout), NAME(softmax), NAME(lstm_forward), NAME(lstm_backward),          \
   NAME(max_update),    NAME(svm_step), NAME(adamw)}
