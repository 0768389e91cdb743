#include <unicode/translit.h>

#include <memory>
#include <string>

#include "CText.h"

using icu::UnicodeString;

struct ct_pinyin {
  std::unique_ptr<icu::Transliterator> latin;
};

ct_pinyin *ct_pinyin_open(void) {
  UErrorCode status = U_ZERO_ERROR;
  auto pinyin = std::make_unique<ct_pinyin>();
  pinyin->latin.reset(icu::Transliterator::createInstance("Han-Latin; Latin-ASCII", UTRANS_FORWARD, status));
  return U_SUCCESS(status) && pinyin->latin ? pinyin.release() : nullptr;
}

void ct_pinyin_close(ct_pinyin *pinyin) { delete pinyin; }

int32_t ct_pinyin_sound(ct_pinyin *pinyin, int32_t character, char *output, int32_t capacity) {
  UnicodeString text(static_cast<UChar32>(character)), before = text;
  pinyin->latin->transliterate(text);
  if (text == before) return 0;
  std::string bytes;
  text.toUTF8String(bytes);
  auto length = static_cast<int32_t>(bytes.size());
  if (length > capacity) return 0;
  bytes.copy(output, bytes.size());
  return length;
}
