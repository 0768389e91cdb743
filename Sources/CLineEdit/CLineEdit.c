#include "CLineEdit.h"

#include <langinfo.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <readline/history.h>
#include <readline/readline.h>

static const char *const *completions;
static volatile sig_atomic_t interrupted;

static void on_interrupt(int signal) {
  (void)signal;
  interrupted = 1;
}

/// Called by readline while it waits: ends the line when Ctrl-C was pressed.
static int poll_interrupt(void) {
  if (interrupted) {
    fputs("^C", rl_outstream);
    rl_replace_line("", 0);
    rl_done = 1;
  }
  return 0;
}

static char *next_completion(const char *text, int state) {
  static int index;
  if (state == 0) index = 0;
  while (completions && completions[index]) {
    const char *word = completions[index++];
    if (strncmp(word, text, strlen(text)) == 0) return strdup(word);
  }
  return NULL;
}

/// Commands complete at the start of a line; elsewhere nothing does, file names least of all.
static char **complete(const char *text, int start, int end) {
  (void)end;
  rl_attempted_completion_over = 1;
  return start == 0 ? rl_completion_matches(text, next_completion) : NULL;
}

void cl_prepare(const char *program, const char *const *words) {
  setlocale(LC_ALL, "");
  // Without a UTF-8 locale a Chinese character would be three keystrokes.
  if (strcmp(nl_langinfo(CODESET), "UTF-8") != 0 && !setlocale(LC_CTYPE, "C.UTF-8")) setlocale(LC_CTYPE, "C.utf8");
  rl_readline_name = program;
  completions = words;
  rl_attempted_completion_function = complete;
  rl_basic_word_break_characters = " \t\n";
  rl_catch_signals = 0;
  rl_event_hook = poll_interrupt;
  using_history();
}

cl_outcome cl_read(const char *prompt, char **line) {
  struct sigaction action = {0}, previous;
  action.sa_handler = on_interrupt;
  sigaction(SIGINT, &action, &previous);
  interrupted = 0;
  *line = readline(prompt);
  sigaction(SIGINT, &previous, NULL);
  if (interrupted) {
    free(*line);
    *line = NULL;
    return CL_INTERRUPTED;
  }
  return *line ? CL_LINE : CL_END;
}

void cl_history_add(const char *line) {
  HIST_ENTRY *last = history_length > 0 ? history_get(history_base + history_length - 1) : NULL;
  if (!last || strcmp(last->line, line) != 0) add_history(line);
}

void cl_history_read(const char *path) { read_history(path); }

int cl_history_write(const char *path, int limit) {
  stifle_history(limit);
  return write_history(path);
}
