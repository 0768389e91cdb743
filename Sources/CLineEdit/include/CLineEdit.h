/// GNU readline behind a small face: Swift 6 refuses its mutable globals.
#ifndef STEWARD_CLINEEDIT_H
#define STEWARD_CLINEEDIT_H

/// Prepares line editing for a program of this name (the one `~/.inputrc` may test for). `words` are what the Tab key completes at the
/// start of a line, ended by NULL; they must outlive the program.
void cl_prepare(const char *_Nonnull program, const char *_Nullable const *_Nonnull words);

typedef enum { CL_LINE, CL_INTERRUPTED, CL_END } cl_outcome;

/// Reads one edited line. On CL_LINE `*line` is the caller's to `free`. Ctrl-C drops the line being edited; Ctrl-D on an empty line
/// ends.
cl_outcome cl_read(const char *_Nonnull prompt, char *_Nullable *_Nonnull line);

/// Remembers a line, unless it is the one before again.
void cl_history_add(const char *_Nonnull line);
/// Reads the history of an earlier session; a missing file is an empty history.
void cl_history_read(const char *_Nonnull path);
/// Writes the last `limit` lines. Returns 0, or an error number.
int cl_history_write(const char *_Nonnull path, int limit);

#endif
