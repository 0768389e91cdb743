#include <unicode/regex.h>

#include <cstring>
#include <memory>

#include "CText.h"

using icu::UnicodeString;

struct ct_regex {
  std::unique_ptr<icu::RegexPattern> pattern;
  std::unique_ptr<icu::RegexMatcher> matcher;
};

namespace {
/// Steps of the match engine, in thousands, before a pattern is given up on a text: some patterns take time exponential in it.
constexpr int32_t kTimeLimit = 100;
}  // namespace

ct_regex *ct_regex_open(const char *pattern, int32_t ignore_case, char *error, int32_t error_capacity) {
  UErrorCode status = U_ZERO_ERROR;
  UParseError place;
  auto regex = std::make_unique<ct_regex>();
  uint32_t flags = ignore_case ? UREGEX_CASE_INSENSITIVE : 0;
  regex->pattern.reset(icu::RegexPattern::compile(UnicodeString::fromUTF8(pattern), flags, place, status));
  if (U_SUCCESS(status)) regex->matcher.reset(regex->pattern->matcher(status));
  if (U_SUCCESS(status)) regex->matcher->setTimeLimit(kTimeLimit, status);
  if (U_SUCCESS(status)) return regex.release();
  if (error_capacity > 0) {
    std::strncpy(error, u_errorName(status), static_cast<size_t>(error_capacity) - 1);
    error[error_capacity - 1] = 0;
  }
  return nullptr;
}

void ct_regex_close(ct_regex *regex) { delete regex; }

int32_t ct_regex_find(ct_regex *regex, const char *text, int32_t size, int32_t *spans, int32_t capacity) {
  UnicodeString input = UnicodeString::fromUTF8(icu::StringPiece(text, size));
  regex->matcher->reset(input);
  UErrorCode status = U_ZERO_ERROR;
  int32_t count = 0;
  while (count < capacity && regex->matcher->find(status) && U_SUCCESS(status)) {
    int32_t start = regex->matcher->start(status), end = regex->matcher->end(status);
    if (end <= start) continue;
    spans[2 * count] = input.countChar32(0, start);
    spans[2 * count + 1] = spans[2 * count] + input.countChar32(start, end - start);
    count++;
  }
  // The matcher must not keep pointing at a text that goes.
  static const UnicodeString nothing;
  regex->matcher->reset(nothing);
  return U_SUCCESS(status) ? count : 0;
}
