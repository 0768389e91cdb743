/// The thesaurus of corpora/thesaurus, compiled in: a program that trains finds it wherever it stands.
#ifndef STEWARD_CTHESAURUS_H
#define STEWARD_CTHESAURUS_H

#include <stddef.h>

/// All entries, a line each, in UTF-8, of `*length` bytes; they stay.
const unsigned char *_Nonnull cthesaurus_lines(size_t *_Nonnull length);

#endif
