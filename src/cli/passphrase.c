/* SPDX-License-Identifier: Apache-2.0
 *
 * Passphrases: read byte by byte into guarded memory, so that no stdio buffer
 * keeps a copy.
 */
#include "cli/cli.h"

#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#define PASSPHRASE_BYTES_MAX 1024
#define TRIES 3 /* at a new one */

void cli_passphrase_free(char *p)
{
	sodium_free(p);
}

/* One line without its end; false at the end of input or when too long. */
static bool read_line(int fd, char out[static PASSPHRASE_BYTES_MAX + 1])
{
	size_t n = 0;
	for (;;) {
		char c;
		ssize_t r = read(fd, &c, 1);
		if (r < 0 || (r == 0 && n == 0))
			return false;
		if (r == 0 || c == '\n')
			break;
		if (n == PASSPHRASE_BYTES_MAX)
			return false;
		out[n++] = c;
	}
	if (n > 0 && out[n - 1] == '\r')
		n--;
	out[n] = '\0';
	return true;
}

static bool ask_hidden(int tty, const char *prompt, char *out)
{
	struct termios was, quiet;
	bool hidden = tcgetattr(tty, &was) == 0;
	if (hidden) {
		quiet = was;
		quiet.c_lflag &= ~(tcflag_t)ECHO;
		tcsetattr(tty, TCSAFLUSH, &quiet);
	}
	dprintf(tty, "%s ", prompt);
	bool ok = read_line(tty, out);
	if (hidden)
		tcsetattr(tty, TCSAFLUSH, &was);
	dprintf(tty, "\n");
	return ok;
}

static int open_terminal(int *tty, struct yihu_error *err)
{
	*tty = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
	return *tty >= 0 ? 0
			 : yihu_fail(err, YIHU_EPASS,
				     _("no terminal to ask for the passphrase; give it with "
				       "--passphrase-fd N"));
}

static int no_passphrase(struct yihu_error *err)
{
	return yihu_fail(err, YIHU_EPASS, _("no passphrase was given"));
}

static int ask(char *out, const char *prompt, struct yihu_error *err)
{
	int tty, r = open_terminal(&tty, err);
	if (r != 0)
		return r;
	r = ask_hidden(tty, prompt, out) ? 0 : no_passphrase(err);
	close(tty);
	return r;
}

/* ---- a new one ---- */

/* Shown on the terminal alone, since it was wished for. Typing it again shows
 * that it stands on paper. */
static void show_made(int tty, char *out)
{
	cli_passphrase_make(out);
	dprintf(tty, "%s\n\n    %s\n\n",
		_("Write this passphrase down now, on paper (a form for the envelope: yihu-issue "
		  "envelope DIR), then type it below, with its hyphens:"),
		out);
}

/* One try. *again: another try is of use. */
static int ask_new_once(int tty, char *out, char *repeated, const char *prompt, bool *again,
			struct yihu_error *err)
{
	*again = false;
	if (!ask_hidden(tty, prompt, out))
		return no_passphrase(err);
	*again = true;
	if (*out == '\0')
		show_made(tty, out);
	else if (cli_passphrase_check(out, err) != 0)
		return YIHU_EPASS;
	if (!ask_hidden(tty, _("The same again:"), repeated)) {
		*again = false;
		return no_passphrase(err);
	}
	if (strcmp(out, repeated) != 0)
		return yihu_fail(err, YIHU_EPASS, _("the two passphrases differ; try again"));
	return 0;
}

static int ask_new(char *out, char *repeated, const char *prompt, struct yihu_error *err)
{
	bool again = true;
	int tty, r = open_terminal(&tty, err);
	if (r != 0)
		return r;
	dprintf(tty, "%s\n",
		_("Choose a passphrase of 8 characters or more, or press Enter to be given one."));
	for (unsigned tries = 0; again && tries < TRIES; tries++) {
		r = ask_new_once(tty, out, repeated, prompt, &again, err);
		if (r == 0)
			break;
		if (again && tries + 1 < TRIES)
			dprintf(tty, "%s\n", err->text);
	}
	close(tty);
	return r;
}

/* ---- either ---- */

static int read_fd(char *out, int fd, bool fresh, struct yihu_error *err)
{
	if (!read_line(fd, out))
		return yihu_fail(err, YIHU_EPASS, _("no passphrase on file descriptor %d"), fd);
	return fresh ? cli_passphrase_check(out, err) : 0;
}

int cli_passphrase(char **out, int fd, const char *prompt, bool fresh, struct yihu_error *err)
{
	struct yihu_error own = {0};
	char *p = sodium_malloc(PASSPHRASE_BYTES_MAX + 1);
	char *repeated = sodium_malloc(PASSPHRASE_BYTES_MAX + 1);
	int r = YIHU_EPASS;
	err = err ? err : &own;
	if (!p || !repeated)
		yihu_fail(err, r, _("no guarded memory for the passphrase"));
	else if (fd >= 0)
		r = read_fd(p, fd, fresh, err);
	else
		r = fresh ? ask_new(p, repeated, prompt, err) : ask(p, prompt, err);
	sodium_free(repeated);
	if (r == 0)
		*out = p;
	else
		sodium_free(p);
	return r;
}
