#include <unicode/dtptngen.h>
#include <unicode/listformatter.h>
#include <unicode/msgfmt.h>
#include <unicode/smpdtfmt.h>
#include <unicode/timezone.h>

#include <cstdio>
#include <cstring>
#include <memory>
#include <string>
#include <vector>

#include "CText.h"

using icu::UnicodeString;

struct ct_message {
  std::unique_ptr<icu::MessageFormat> format;
};

namespace {

int32_t copy_out(const UnicodeString &text, char *output, int32_t capacity) {
  std::string bytes;
  text.toUTF8String(bytes);
  auto length = static_cast<int32_t>(bytes.size());
  if (output && length <= capacity) std::memcpy(output, bytes.data(), bytes.size());
  return length;
}

}  // namespace

ct_message *ct_message_open(const char *pattern, const char *locale, char *error, int32_t error_capacity) {
  UErrorCode status = U_ZERO_ERROR;
  UParseError place = {};
  auto message = std::make_unique<ct_message>();
  message->format =
      std::make_unique<icu::MessageFormat>(UnicodeString::fromUTF8(pattern), icu::Locale(locale), place, status);
  if (U_SUCCESS(status)) return message.release();
  std::snprintf(error, static_cast<size_t>(error_capacity), "%s at character %d", u_errorName(status), place.offset + 1);
  return nullptr;
}

void ct_message_close(ct_message *message) { delete message; }

int32_t ct_message_format(ct_message *message, const ct_argument *arguments, int32_t count, char *output, int32_t capacity) {
  std::vector<UnicodeString> names;
  std::vector<icu::Formattable> values;
  for (int32_t i = 0; i < count; i++) {
    names.push_back(UnicodeString::fromUTF8(arguments[i].name));
    if (arguments[i].text)
      values.emplace_back(UnicodeString::fromUTF8(arguments[i].text));
    else
      values.emplace_back(arguments[i].number);
  }
  UErrorCode status = U_ZERO_ERROR;
  UnicodeString result;
  message->format->format(names.data(), values.data(), count, result, status);
  return U_SUCCESS(status) ? copy_out(result, output, capacity) : -1;
}

int32_t ct_format_date(double seconds, const char *skeleton, const char *locale, const char *time_zone, char *output,
                       int32_t capacity) {
  UErrorCode status = U_ZERO_ERROR;
  std::unique_ptr<icu::DateFormat> format(
      icu::DateFormat::createInstanceForSkeleton(UnicodeString::fromUTF8(skeleton), icu::Locale(locale), status));
  if (U_FAILURE(status)) return -1;
  format->adoptTimeZone(icu::TimeZone::createTimeZone(UnicodeString::fromUTF8(time_zone)));
  UnicodeString result;
  format->format(seconds * 1000, result);
  return copy_out(result, output, capacity);
}

int32_t ct_format_list(const char *const *items, int32_t count, const char *locale, char *output, int32_t capacity) {
  UErrorCode status = U_ZERO_ERROR;
  std::unique_ptr<icu::ListFormatter> format(icu::ListFormatter::createInstance(icu::Locale(locale), status));
  std::vector<UnicodeString> texts;
  for (int32_t i = 0; i < count; i++) texts.push_back(UnicodeString::fromUTF8(items[i]));
  UnicodeString result;
  if (U_SUCCESS(status)) format->format(texts.data(), count, result, status);
  return U_SUCCESS(status) ? copy_out(result, output, capacity) : -1;
}
