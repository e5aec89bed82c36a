/* SPDX-License-Identifier: Apache-2.0
 *
 * The daemon from outside: how many ballots a second become durable, what each costs,
 * beside what the same ballots cost when they are only verified, and only committed;
 * and how long key holders and honest voters wait under each attack.
 *
 *   YIHU_COUNTD=build/tools/yihu-countd bench-http [BALLOTS [WIDTH …] [WORD]]
 *
 * BALLOTS: of a row of the first table, 2,000 (0: not that table). WIDTH: a table of
 * attacks for each, 1 7 255 (0: none). WORD: of these tables only the attacks that have
 * it in their name, and no uploads ("bench-http 0 1 bodies").
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "attacks.h"
#include "measure.h"
#include "throughput.h"
#include "uploads.h"

#define BALLOTS 2000
#define BALLOTS_MAX 100000
#define WIDTH_MAX 255

static int usage(void)
{
	fprintf(stderr, "YIHU_COUNTD=PROGRAM bench-http [BALLOTS [WIDTH ...] [WORD]]\n");
	return 2;
}

/* Thousands of connections at both ends. */
static void raise_files(void)
{
	struct rlimit files;
	if (getrlimit(RLIMIT_NOFILE, &files) != 0)
		return;
	files.rlim_cur = files.rlim_max;
	setrlimit(RLIMIT_NOFILE, &files);
}

/* The last argument, where it is no number; takes it off. NULL: there is none. */
static const char *take_word(int *argc, char **argv)
{
	const char *last = *argc > 2 ? argv[*argc - 1] : "0";
	if (strspn(last, "0123456789") == strlen(last))
		return NULL;
	argv[--*argc] = NULL;
	return last;
}

int main(int argc, char **argv)
{
	static const char *const usual[] = {"1", "7", "255", NULL};
	const char *word = take_word(&argc, argv);
	const char *const *widths = argc > 2 ? (const char *const *)argv + 2 : usual;
	long n = argc > 1 ? atol(argv[1]) : BALLOTS;
	bool all_hold = true;
	if (n < 0 || n > BALLOTS_MAX || !getenv("YIHU_COUNTD"))
		return usage();
	raise_files();
	measure_print_load();
	if (n > 0)
		throughput_print((uint32_t)n);
	if (!word)
		all_hold = uploads_print();
	for (; *widths; widths++) {
		long width = atol(*widths);
		if (width < 0 || width > WIDTH_MAX)
			return usage();
		if (width > 0)
			all_hold = attacks_print((uint32_t)width, word) && all_hold;
	}
	printf("%s\n",
	       all_hold ? "everybody was served in time" : "NOT everybody was served in time");
	return all_hold ? 0 : 1;
}
