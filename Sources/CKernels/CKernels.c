#include "CKernels.h"

// Each block below compiles kernels.h for one instruction set. The tiles are what the registers of the set hold.

#if defined(__x86_64__)

#pragma clang attribute push(__attribute__((target("arch=x86-64-v4"))), apply_to = function)
#define NAME(x) x##_v4
#define WIDTH 16
#define TILE_ROWS 6
#define TILE_VECTORS 4
#include "kernels.h"
static const sk_kernels set_v4 = SET("x86-64-v4");
#pragma clang attribute pop
#include "undefine.h"

#pragma clang attribute push(__attribute__((target("arch=x86-64-v3"))), apply_to = function)
#define NAME(x) x##_v3
#define WIDTH 8
#define TILE_ROWS 6
#define TILE_VECTORS 2
#include "kernels.h"
static const sk_kernels set_v3 = SET("x86-64-v3");
#pragma clang attribute pop
#include "undefine.h"

#define BASE_NAME "x86-64"
#elif defined(__aarch64__)
#define BASE_NAME "arm64"
#else
#define BASE_NAME "portable"
#endif

#define NAME(x) x##_base
#define WIDTH 4
#define TILE_ROWS 4
#define TILE_VECTORS 2
#include "kernels.h"
static const sk_kernels set_base = SET(BASE_NAME);

long sk_available(const sk_kernels **sets, long capacity) {
  long count = 0;
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512cd") &&
      __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl")) {
    if (count < capacity) sets[count] = &set_v4;
    count++;
  }
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("bmi2")) {
    if (count < capacity) sets[count] = &set_v3;
    count++;
  }
#endif
  if (count < capacity) sets[count] = &set_base;
  return count + 1;
}

const sk_kernels *sk_best(void) {
  const sk_kernels *best = &set_base;
  sk_available(&best, 1);
  return best;
}
