/// The float loops of Steward, compiled once for each instruction set and chosen at run time.
///
/// All matrices are row-major. No kernel allocates; none reads beyond the sizes it is given. A row of a product is the same
/// to the bit whatever the number of rows beside it, so a text's result does not depend on the batch it stands in.
#ifndef STEWARD_CKERNELS_H
#define STEWARD_CKERNELS_H

/// Classes a step of the linear classifier takes at once.
#define SK_BLOCK 16

typedef struct {
  /// The instruction set these are compiled for: "x86-64-v4", "x86-64-v3", "x86-64", "arm64" or "portable".
  const char *_Nonnull name;

  /// C[m,n] = A[m,k] · B[k,n], or C += A · B when `accumulate` is not 0.
  /// A's element (i, p) is at `a[i * a_row + p * a_column]`, so a transposed A costs nothing; rows of B and C are `ldb` and
  /// `ldc` floats apart.
  void (*_Nonnull gemm)(long m, long n, long k, const float *_Nonnull a, long a_row, long a_column, const float *_Nonnull b,
                        long ldb, float *_Nonnull c, long ldc, int accumulate);

  /// C[m,n] += A[m,k] · B[k,n] with B in words of two bfloat16, the upper halves of floats: half the memory to read where there are few
  /// rows. Word 16g + i of a row holds column 32g + i below and column 32g + 16 + i above; the upper one is a float with all 32 bits of
  /// the word, and made so that these come nearest to it. n is a multiple of 64; rows of B are n / 2 words apart, rows of C n floats.
  void (*_Nonnull product_half)(long m, long n, long k, const float *_Nonnull a, long lda, const unsigned *_Nonnull b,
                                float *_Nonnull c);

  /// y[columns, rows] = xᵀ for x[rows, columns].
  void (*_Nonnull transpose)(long rows, long columns, const float *_Nonnull x, float *_Nonnull y);

  /// y[n] += alpha · x[n]
  void (*_Nonnull axpy)(long n, float alpha, const float *_Nonnull x, float *_Nonnull y);
  /// y[n] += alpha · x[n], for x in eight bits.
  void (*_Nonnull axpy_int8)(long n, float alpha, const signed char *_Nonnull x, float *_Nonnull y);
  /// y[n] *= x[n]
  void (*_Nonnull multiply)(long n, const float *_Nonnull x, float *_Nonnull y);
  /// Σ x·y over n, summed in a fixed order.
  float (*_Nonnull dot)(long n, const float *_Nonnull x, const float *_Nonnull y);

  /// x[n] = tanh(x[n])
  void (*_Nonnull tanh)(long n, float *_Nonnull x);
  /// d[n] *= 1 − y[n]², the step back through y = tanh(x)
  void (*_Nonnull tanh_backward)(long n, const float *_Nonnull y, float *_Nonnull d);
  /// mask[n] = 0 with probability threshold / 2³², else `keep`: the same for the same seed and stream on every processor.
  void (*_Nonnull dropout)(long n, unsigned threshold, float keep, unsigned seed, unsigned stream, float *_Nonnull mask);
  /// x[n] = exp(x − max x) / Σ exp(x − max x). Returns log Σ exp(x), of the values before.
  float (*_Nonnull softmax)(long n, float *_Nonnull x);

  /// One LSTM step for `rows` sequences of `hidden` units (a multiple of 16).
  /// In: gates[rows, 4·hidden] before activation, in the order input, forget, candidate, output; c_previous[rows, hidden].
  /// Out: gates activated in place; c, tanh_c = tanh(c) and h = output ⊙ tanh_c, each [rows, hidden], rows `h_stride` apart for h.
  void (*_Nonnull lstm_forward)(long rows, long hidden, float *_Nonnull gates, const float *_Nonnull c_previous, float *_Nonnull c,
                                float *_Nonnull tanh_c, float *_Nonnull h, long h_stride);
  /// The step back: gates as activated; dh[rows, hidden]; dc[rows, hidden] holds ∂/∂c from later steps and receives ∂/∂c_previous;
  /// d_gates[rows, 4·hidden] receives ∂/∂(gates before activation).
  void (*_Nonnull lstm_backward)(long rows, long hidden, const float *_Nonnull gates, const float *_Nonnull c_previous,
                                 const float *_Nonnull tanh_c, const float *_Nonnull dh, float *_Nonnull dc,
                                 float *_Nonnull d_gates);

  /// Where x[n] exceeds best[n], takes it over and writes `index` into best_index[n].
  void (*_Nonnull max_update)(long n, const float *_Nonnull x, float *_Nonnull best, int *_Nonnull best_index, int index);

  /// One example's step of dual coordinate descent for SK_BLOCK squared-hinge classifiers at once (Hsieh et al., 2008).
  /// The example has n features (`features`, `values`); labels[SK_BLOCK] are ±1; alpha[SK_BLOCK] its dual variables;
  /// w[features, SK_BLOCK] the weights; `diagonal` = 1 / (2C), `inverse` = 1 / (Σ values² + diagonal).
  /// Returns the greatest change of a dual variable.
  float (*_Nonnull svm_step)(long n, const int *_Nonnull features, const float *_Nonnull values, const float *_Nonnull labels,
                             float diagonal, float inverse, float *_Nonnull alpha, float *_Nonnull w);

  /// AdamW (Loshchilov and Hutter, 2019) on n parameters: m and v are the running moments; `step_size` is the learning rate with the
  /// first moment's bias correction, `v_scale` the second moment's (1 / (1 − β₂ᵗ)), `decay` the factor 1 − rate · weight decay.
  void (*_Nonnull adamw)(long n, float *_Nonnull parameter, const float *_Nonnull gradient, float *_Nonnull m, float *_Nonnull v,
                         float step_size, float v_scale, float beta1, float beta2, float epsilon, float decay);
} sk_kernels;

/// The fastest set this processor can run.
const sk_kernels *_Nonnull sk_best(void);
/// The sets this processor can run, fastest first; writes at most `capacity` and returns how many there are.
long sk_available(const sk_kernels *_Nonnull *_Nonnull sets, long capacity);

#endif
