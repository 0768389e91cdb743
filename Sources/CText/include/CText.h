/// ICU behind a small face: no ICU type appears here, so that Swift never meets ICU's headers (Foundation carries its own).
#ifndef STEWARD_CTEXT_H
#define STEWARD_CTEXT_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// MARK: segmentation

/// A word segmenter with its buffers. Not for two threads at once.
typedef struct ct_segmenter ct_segmenter;

enum { CT_SYMBOL = 0, CT_NUMBER = 1, CT_WORD = 2, CT_KANA = 3, CT_IDEOGRAPH = 4 };

typedef struct {
  /// In Unicode scalars of the text.
  int32_t start, end;
  /// The folded form, in bytes of the segmenter's text buffer.
  int32_t text_start, text_end;
  int32_t kind;
} ct_token;

/// NULL when ICU's data cannot be loaded.
ct_segmenter *_Nullable ct_segmenter_open(void);
void ct_segmenter_close(ct_segmenter *_Nonnull segmenter);

/// Cuts `size` bytes of UTF-8 into words by ICU's root rules (UAX #29, with its dictionaries for Chinese and Japanese), passes over
/// white space and invisible characters, and folds each word: NFKC_Casefold, and Traditional Chinese to Simplified.
/// Returns the number of tokens; they and the folded text stay valid until the next call. Negative on failure.
int32_t ct_segment(ct_segmenter *_Nonnull segmenter, const char *_Nonnull text, int32_t size,
                   const ct_token *_Nullable *_Nonnull tokens, const char *_Nullable *_Nonnull folded);

// MARK: pronunciation

/// A transliterator from Han characters to pinyin. Not for two threads at once.
typedef struct ct_pinyin ct_pinyin;

/// NULL when ICU's data cannot be loaded.
ct_pinyin *_Nullable ct_pinyin_open(void);
void ct_pinyin_close(ct_pinyin *_Nonnull pinyin);

/// The most common reading of a character, without its tone. Returns the length in bytes; 0 for a character without one.
int32_t ct_pinyin_sound(ct_pinyin *_Nonnull pinyin, int32_t character, char *_Nonnull output, int32_t capacity);

// MARK: regular expressions

/// A compiled regular expression with ICU's syntax. Not for two threads at once.
typedef struct ct_regex ct_regex;

/// On failure returns NULL and writes the reason into `error`. `ignore_case` folds both sides.
ct_regex *_Nullable ct_regex_open(const char *_Nonnull pattern, int32_t ignore_case, char *_Nonnull error, int32_t error_capacity);
void ct_regex_close(ct_regex *_Nonnull regex);

/// The matches in `size` bytes of UTF-8, in Unicode scalars, two numbers (start, end) each; at most `capacity` matches, none empty.
/// A pattern that takes too long on a text finds nothing there. Returns how many.
int32_t ct_regex_find(ct_regex *_Nonnull regex, const char *_Nonnull text, int32_t size, int32_t *_Nonnull spans,
                      int32_t capacity);

// MARK: messages

/// A parsed ICU message pattern. Not for two threads at once.
typedef struct ct_message ct_message;

typedef struct {
  const char *_Nonnull name;
  /// The text when not NULL, else the number.
  const char *_Nullable text;
  double number;
} ct_argument;

/// Parses a pattern with named arguments. On failure returns NULL and writes the reason and the place into `error`.
ct_message *_Nullable ct_message_open(const char *_Nonnull pattern, const char *_Nonnull locale, char *_Nonnull error,
                                      int32_t error_capacity);
void ct_message_close(ct_message *_Nonnull message);

/// Fills the pattern. Returns the length in bytes, also when `capacity` was too small for it; negative on failure.
int32_t ct_message_format(ct_message *_Nonnull message, const ct_argument *_Nullable arguments, int32_t count,
                          char *_Nullable output, int32_t capacity);

/// Formats a moment by a CLDR skeleton ("MMMd") in a time zone. Returns the length in bytes; negative on failure.
int32_t ct_format_date(double seconds, const char *_Nonnull skeleton, const char *_Nonnull locale,
                       const char *_Nonnull time_zone, char *_Nullable output, int32_t capacity);

/// Joins texts as the language lists things ("A, B, and C", "A、B和C"). Returns the length in bytes; negative on failure.
int32_t ct_format_list(const char *_Nonnull const *_Nonnull items, int32_t count, const char *_Nonnull locale,
                       char *_Nullable output, int32_t capacity);

#ifdef __cplusplus
}
#endif
#endif
