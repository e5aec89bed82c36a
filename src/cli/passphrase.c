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

static int ask(char *out, char *again, const char *prompt, bool fresh, struct yihu_error *err)
{
	int tty = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
	if (tty < 0)
		return yihu_fail(err, YIHU_EPASS,
				 _("no terminal to ask for the passphrase; give it with "
				   "--passphrase-fd N"));
	bool ok = ask_hidden(tty, prompt, out);
	if (ok && fresh)
		ok = ask_hidden(tty, _("The same again:"), again);
	close(tty);
	if (!ok)
		return yihu_fail(err, YIHU_EPASS, _("no passphrase was given"));
	if (fresh && strcmp(out, again) != 0)
		return yihu_fail(err, YIHU_EPASS, _("the two passphrases differ; try again"));
	return 0;
}

int cli_passphrase(char **out, int fd, const char *prompt, bool fresh, struct yihu_error *err)
{
	char *p = sodium_malloc(PASSPHRASE_BYTES_MAX + 1);
	char *again = sodium_malloc(PASSPHRASE_BYTES_MAX + 1);
	int r = YIHU_EPASS;
	if (p == NULL || again == NULL)
		yihu_fail(err, r, _("no guarded memory for the passphrase"));
	else if (fd < 0)
		r = ask(p, again, prompt, fresh, err);
	else if (read_line(fd, p))
		r = 0;
	else
		yihu_fail(err, r, _("no passphrase on file descriptor %d"), fd);
	if (r == 0 && fresh && p[0] == '\0')
		r = yihu_fail(err, YIHU_EPASS, _("an empty passphrase protects nothing"));
	sodium_free(again);
	if (r == 0)
		*out = p;
	else
		sodium_free(p);
	return r;
}
