/// The float loops of Steward, compiled once for each instruction set and chosen at run time.
///
/// All matrices are row-major. No kernel allocates; none reads beyond the sizes it is given. A row of a product is the same
/// to the bit whatever the number of rows beside it, so a text's result does not depend on the batch it stands in.
#ifndef STEWARD_CKERNELS_H
#define STEWARD_CKERNELS_H

typedef struct {
  /// The instruction set these are compiled for: "x86-64-v4", "x86-64-v3", "x86-64", "arm64" or "portable".
  const char *_Nonnull name;

  /// C[m,n] = A[m,k] · B[k,n], or C += A · B when `accumulate` is not 0.
  /// A's element (i, p) is at `a[i * a_row + p * a_column]`, so a transposed A costs nothing; rows of B and C are `ldb` and
  /// `ldc` floats apart.
  void (*_Nonnull gemm)(long m, long n, long k, const float *_Nonnull a, long a_row, long a_column, const float *_Nonnull b,
                        long ldb, float *_Nonnull c, long ldc, int accumulate);

  /// y[n] += alpha · x[n]
  void (*_Nonnull axpy)(long n, float alpha, const float *_Nonnull x, float *_Nonnull y);
  /// y[n] *= x[n]
  void (*_Nonnull multiply)(long n, const float *_Nonnull x, float *_Nonnull y);
  /// Σ x·y over n, summed in a fixed order.
  float (*_Nonnull dot)(long n, const float *_Nonnull x, const float *_Nonnull y);

  /// x[n] = tanh(x[n])
  void (*_Nonnull tanh)(long n, float *_Nonnull x);
  /// d[n] *= 1 − y[n]², the step back through y = tanh(x)
  void (*_Nonnull tanh_backward)(long n, const float *_Nonnull y, float *_Nonnull d);
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
