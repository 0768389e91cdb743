#include <unicode/brkiter.h>
#include <unicode/normalizer2.h>
#include <unicode/translit.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include <memory>
#include <string>
#include <vector>

#include "CText.h"

using icu::UnicodeString;

struct ct_segmenter {
  std::unique_ptr<icu::BreakIterator> words;
  const icu::Normalizer2 *fold = nullptr;
  // Loaded with the first Chinese word: an English conversation never pays for it.
  std::unique_ptr<icu::Transliterator> simplify;
  bool simplify_tried = false;

  UnicodeString text;
  std::vector<ct_token> tokens;
  std::string folded;

  void simplify_in_place(UnicodeString &word) {
    if (!simplify_tried) {
      simplify_tried = true;
      UErrorCode status = U_ZERO_ERROR;
      simplify.reset(icu::Transliterator::createInstance("Traditional-Simplified", UTRANS_FORWARD, status));
      if (U_FAILURE(status)) simplify.reset();
    }
    if (simplify) simplify->transliterate(word);
  }
};

namespace {

/// Whether a character stands for nothing a customer means: white space, controls, invisible joiners, lone surrogates.
bool is_blank(UChar32 c) {
  if (u_isUWhiteSpace(c) || u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT)) return true;
  int8_t type = u_charType(c);
  return type == U_CONTROL_CHAR || type == U_FORMAT_CHAR || type == U_SURROGATE;
}

bool is_han(UChar32 c) {
  UErrorCode status = U_ZERO_ERROR;
  return c >= 0x2E80 && uscript_getScript(c, &status) == USCRIPT_HAN;
}

int32_t kind_of(int32_t status) {
  if (status < UBRK_WORD_NONE_LIMIT) return CT_SYMBOL;
  if (status < UBRK_WORD_NUMBER_LIMIT) return CT_NUMBER;
  if (status < UBRK_WORD_LETTER_LIMIT) return CT_WORD;
  if (status < UBRK_WORD_KANA_LIMIT) return CT_KANA;
  return CT_IDEOGRAPH;
}

}  // namespace

ct_segmenter *ct_segmenter_open(void) {
  UErrorCode status = U_ZERO_ERROR;
  auto segmenter = std::make_unique<ct_segmenter>();
  segmenter->words.reset(icu::BreakIterator::createWordInstance(icu::Locale::getRoot(), status));
  segmenter->fold = icu::Normalizer2::getNFKCCasefoldInstance(status);
  return U_SUCCESS(status) ? segmenter.release() : nullptr;
}

void ct_segmenter_close(ct_segmenter *segmenter) { delete segmenter; }

int32_t ct_segment(ct_segmenter *s, const char *text, int32_t size, const ct_token **tokens, const char **folded) {
  s->tokens.clear();
  s->folded.clear();
  s->text = UnicodeString::fromUTF8(icu::StringPiece(text, size));
  s->words->setText(s->text);
  UErrorCode status = U_ZERO_ERROR;
  UnicodeString word;
  int32_t scalars = 0;
  for (int32_t start = s->words->first(), end = s->words->next(); end != icu::BreakIterator::DONE;
       start = end, end = s->words->next()) {
    int32_t first = scalars;
    bool blank = true, han = false;
    for (int32_t i = start; i < end; scalars++) {
      UChar32 c = s->text.char32At(i);
      i += U16_LENGTH(c);
      blank = blank && is_blank(c);
      han = han || is_han(c);
    }
    if (blank) continue;
    s->fold->normalize(s->text.tempSubStringBetween(start, end), word, status);
    if (U_FAILURE(status)) return -1;
    if (han) s->simplify_in_place(word);
    if (word.isEmpty()) continue;
    auto text_start = static_cast<int32_t>(s->folded.size());
    word.toUTF8String(s->folded);
    s->tokens.push_back(
        {first, scalars, text_start, static_cast<int32_t>(s->folded.size()), kind_of(s->words->getRuleStatus())});
  }
  *tokens = s->tokens.data();
  *folded = s->folded.data();
  return static_cast<int32_t>(s->tokens.size());
}
