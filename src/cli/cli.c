/* SPDX-License-Identifier: Apache-2.0
 *
 * Language, lines for the user, questions.
 */
#include "cli/cli.h"

#include <assert.h>
#include <errno.h>
#include <libintl.h>
#include <limits.h>
#include <locale.h>
#include <sodium.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>
#include <yihu/locale.h>

static const char *program_name = "yihu";
static const char *verb_name; /* NULL: none was named, or the program has none */

#define CHINESE "zh_CN.UTF-8"
#define CATALOGUE "/zh_CN/LC_MESSAGES/yihu.mo"

/* A program that runs in its build folder finds the catalogue there:
 * BUILD/tools/PROGRAM and BUILD/src/po. */
static bool find_beside(char out[static PATH_MAX])
{
	char program[PATH_MAX], catalogue[PATH_MAX];
	ssize_t len = readlink("/proc/self/exe", program, sizeof program - 1);
	if (len <= 0)
		return false;
	program[len] = '\0';
	*strrchr(program, '/') = '\0';
	int n = snprintf(out, PATH_MAX, "%s/../src/po", program);
	int m = snprintf(catalogue, sizeof catalogue, "%s/../src/po%s", program, CATALOGUE);
	return n > 0 && m > 0 && (size_t)m < sizeof catalogue && access(catalogue, R_OK) == 0;
}

static bool is_chinese(const char *locale)
{
	return locale && strncmp(locale, "zh", 2) == 0;
}

/* A machine may lack the zh_CN locale's data and still have a user who asks
 * for Chinese, by the locale or by LANGUAGE. */
static void set_locale(void)
{
	const char *wanted = getenv("LC_ALL");
	if (!wanted || *wanted == '\0')
		wanted = getenv("LC_MESSAGES");
	if (!wanted || *wanted == '\0')
		wanted = getenv("LANG");
	if (!setlocale(LC_ALL, "") && !(is_chinese(wanted) && yihu_locale_set(LC_ALL, CHINESE)))
		setlocale(LC_ALL, "C.UTF-8");
	if (is_chinese(getenv("LANGUAGE")) && strncmp(setlocale(LC_MESSAGES, NULL), "C.", 2) == 0)
		yihu_locale_set(LC_MESSAGES, CHINESE);
	setlocale(LC_NUMERIC, "C");
}

static void set_language(void)
{
	set_locale();
	char beside[PATH_MAX];
	const char *dir = getenv("YIHU_LOCALEDIR");
	if (!dir)
		dir = access(YIHU_LOCALEDIR CATALOGUE, R_OK) == 0 || !find_beside(beside)
			      ? YIHU_LOCALEDIR
			      : beside;
	bindtextdomain("yihu", dir);
	bind_textdomain_codeset("yihu", "UTF-8");
	textdomain("yihu");
}

/* No core file, and no process but root's reads this one's memory. Both hold
 * for good; a system that refuses them is none to type a secret on. */
static void keep_memory_private(void)
{
	if (setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0}) == 0 &&
	    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0)
		return;
	fprintf(stderr, "%s: memory cannot be kept private: %s\n", program_name, strerror(errno));
	exit(CLI_FAILED);
}

void cli_init(const char *program)
{
	program_name = program;
	if (sodium_init() < 0) {
		fputs("libsodium does not start\n", stderr);
		exit(CLI_FAILED);
	}
	set_language();
	setvbuf(stdout, NULL, _IOLBF, 0);
	umask(077);
	keep_memory_private();
}

void cli_set_verb(const char *verb)
{
	verb_name = verb;
}

const char *cli_verb_name(void)
{
	return verb_name;
}

const char *cli_program(void)
{
	return program_name;
}

/* gettext's own order: LANGUAGE first, unless the locale is plain C. */
const char *cli_language(void)
{
	const char *locale = setlocale(LC_MESSAGES, NULL);
	const char *list = getenv("LANGUAGE");
	if (!locale || strcmp(locale, "C") == 0 || strcmp(locale, "POSIX") == 0)
		return "en";
	if (list && *list != '\0')
		return strncmp(list, "zh", 2) == 0 ? "zh" : "en";
	return strncmp(locale, "zh", 2) == 0 ? "zh" : "en";
}

static void line(FILE *to, bool named, const char *format, va_list args)
	__attribute__((format(printf, 3, 0)));
static void line(FILE *to, bool named, const char *format, va_list args)
{
	assert(format != NULL); /* gcc 14 thinks of it, under the sanitizers */
	if (to == stderr)
		cli_progress_end();
	if (named)
		fprintf(to, "%s: ", program_name);
	vfprintf(to, format, args);
	fputc('\n', to);
}

void cli_warn(const char *format, ...)
{
	va_list args;
	va_start(args, format);
	line(stderr, true, format, args);
	va_end(args);
}

int cli_error(const struct yihu_error *err)
{
	cli_warn("%s", err->text);
	return err->code == YIHU_EUNSEEN ? CLI_SHOWN : CLI_FAILED;
}

int cli_usage_error(const char *format, ...)
{
	va_list args;
	va_start(args, format);
	line(stderr, true, format, args);
	va_end(args);
	fprintf(stderr, _("see '%s%s%s --help'\n"), program_name, verb_name ? " " : "",
		verb_name ? verb_name : "");
	return CLI_USAGE;
}

void cli_say(const char *format, ...)
{
	va_list args;
	va_start(args, format);
	line(stdout, false, format, args);
	va_end(args);
}

bool cli_interactive(void)
{
	return isatty(STDIN_FILENO) && isatty(STDERR_FILENO);
}

char *cli_ask(const char *question)
{
	fprintf(stderr, "%s ", question);
	fflush(stderr);
	char *answer = NULL;
	size_t size = 0;
	ssize_t n = getline(&answer, &size, stdin);
	if (n < 0) {
		free(answer);
		return NULL;
	}
	answer[strcspn(answer, "\r\n")] = '\0';
	return answer;
}

bool cli_yes(const char *question)
{
	char *answer = cli_ask(question);
	bool yes = answer && (strcmp(answer, "yes") == 0 || strcmp(answer, "是") == 0);
	free(answer);
	return yes;
}

/* Of what is shown, so that whoever calls again says what was looked at: what has changed
 * since has another one. */
#define NUMBER_BITS 100
#define NUMBER_BYTES ((NUMBER_BITS + 7) / 8)

static int fail_unseen(const uint8_t hash[static crypto_hash_sha256_BYTES], struct yihu_error *err)
{
	struct yihu_buf number = {0};
	yihu_crockford_grouped(&number, hash, NUMBER_BITS, 4);
	yihu_buf_u8(&number, 0);
	int r = yihu_fail(err, YIHU_EUNSEEN,
			  _("nobody is there to look at this and to answer, so it goes no "
			    "further; once somebody has looked, add --seen=%s"),
			  (const char *)number.data);
	yihu_buf_free(&number);
	return r;
}

/* Was it this? --seen alone says that it was. */
static bool was_seen(const struct cli_seen *seen, const uint8_t hash[static NUMBER_BYTES])
{
	uint8_t number[NUMBER_BYTES], whole[NUMBER_BYTES];
	if (!seen || !seen->given || !seen->number)
		return seen && seen->given;
	memcpy(whole, hash, sizeof whole);
	whole[NUMBER_BYTES - 1] &= (uint8_t)(0xff << (8 * NUMBER_BYTES - NUMBER_BITS));
	return yihu_uncrockford(number, NUMBER_BITS, yihu_span(seen->number)) &&
	       memcmp(number, whole, sizeof whole) == 0;
}

int cli_seen(const char *shown, const char *question, const struct cli_seen *seen,
	     struct yihu_error *err)
{
	uint8_t hash[crypto_hash_sha256_BYTES];
	crypto_hash_sha256(hash, (const uint8_t *)shown, strlen(shown));
	fputs(shown, stderr);
	if (was_seen(seen, hash))
		return 0;
	if (!cli_interactive())
		return fail_unseen(hash, err);
	if (cli_yes(question))
		return 0;
	return yihu_fail(err, YIHU_EARG, _("you did not say yes, so it goes no further"));
}
