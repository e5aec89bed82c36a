/* SPDX-License-Identifier: Apache-2.0
 *
 * Letters with their ballot slips, two sheets each, into PDF files: letters a
 * second, bytes a letter, peak memory, and where the time goes (each part is
 * left out once). Every run is a process of its own, on one core.
 *
 *   bench-letters [ELECTION [LETTERS…]]
 */
#include <dlfcn.h>
#include <sched.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <zlib.h>

#include <yihu/file.h>

#include "print/paper.h"
#include "print/sheets.h"

#define PER_FILE 250

struct run {
	size_t letters, per_file;
	bool no_codes, no_texts;
};
struct outcome {
	double seconds, deflate;
	uint64_t bytes;
	long peak_kib;
};

static struct yihu_error err;

/* cairo's calls come through here: what compression costs cannot be had by
 * leaving it out. */
static double deflate_seconds;

static double cpu_seconds(void)
{
	struct timespec t;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

__attribute__((visibility("default"))) int deflate(z_streamp stream, int flush)
{
	static int (*real)(z_streamp, int);
	if (real == NULL)
		*(void **)&real = dlsym(RTLD_NEXT, "deflate");
	double start = cpu_seconds();
	int r = real(stream, flush);
	deflate_seconds += cpu_seconds() - start;
	return r;
}

static void must(int r)
{
	if (r == 0)
		return;
	fprintf(stderr, "bench-letters: %s\n", err.text);
	exit(1);
}

static uint64_t print_file(struct sheets *s, const char *path, size_t first, size_t n)
{
	struct pdf to = {.fd = -1};
	must(pdf_open(&to, path, 210, 297, "bench", 0, &err));
	for (size_t i = first; i < first + n; i++) {
		struct yihu_token token = {.serial = (uint32_t)i + 1};
		char *household = yihu_printf("春江苑%zu栋-%zu-%zu", i / 100 + 1, i % 2 + 1, i);
		const struct letter l = {
			.token = &token, .household = household, .building = "", .name = "王芳"};
		randombytes_buf(token.seed, sizeof token.seed);
		randombytes_buf(token.signature, sizeof token.signature);
		must(sheets_print(s, &to, &l, &err));
		free(household);
	}
	must(pdf_end(&to, &err));
	uint64_t bytes = to.written;
	pdf_finish(&to);
	unlink(path);
	return bytes;
}

static struct outcome print_all(const struct paper *p, const struct run *r)
{
	struct sheets *s;
	struct outcome o = {0};
	struct rusage u;
	must(sheets_open(&s, p, &err));
	sheets_leave_out(s, r->no_codes, r->no_texts);
	double start = cpu_seconds();
	for (size_t i = 0; i < r->letters; i += r->per_file) {
		size_t n = r->letters - i < r->per_file ? r->letters - i : r->per_file;
		char *path = yihu_printf("/tmp/bench-letters-%d.pdf", (int)getpid());
		o.bytes += print_file(s, path, i, n);
		free(path);
	}
	o.seconds = cpu_seconds() - start;
	o.deflate = deflate_seconds;
	sheets_close(s);
	getrusage(RUSAGE_SELF, &u);
	o.peak_kib = u.ru_maxrss;
	return o;
}

/* In a process of its own, for the peak. */
static struct outcome measure(const struct paper *p, const struct run *r)
{
	struct outcome o = {0};
	int ends[2], status;
	if (pipe(ends) != 0)
		abort();
	fflush(stdout);
	pid_t child = fork();
	if (child == 0) {
		o = print_all(p, r);
		_exit(write(ends[1], &o, sizeof o) == sizeof o ? 0 : 1);
	}
	close(ends[1]);
	bool ok = read(ends[0], &o, sizeof o) == sizeof o && waitpid(child, &status, 0) == child &&
		  status == 0;
	close(ends[0]);
	if (!ok)
		exit(1);
	return o;
}

static void say(const char *name, const struct run *r, const struct outcome *o)
{
	printf("%-34s %7.2f s  %6.0f letters/s  %6.0f bytes a letter  peak %5.1f MB\n", name,
	       o->seconds, (double)r->letters / o->seconds, (double)o->bytes / (double)r->letters,
	       (double)o->peak_kib / 1024);
}

/* What a part costs is what is saved without it. */
static void shares(const struct paper *p, size_t n)
{
	const struct run whole = {.letters = n, .per_file = PER_FILE};
	const struct run plain = {.letters = n, .per_file = PER_FILE, .no_codes = true};
	const struct run mute = {.letters = n, .per_file = PER_FILE, .no_texts = true};
	const struct run bare = {
		.letters = n, .per_file = PER_FILE, .no_codes = true, .no_texts = true};
	struct outcome all = measure(p, &whole), no_codes = measure(p, &plain);
	struct outcome no_texts = measure(p, &mute), none = measure(p, &bare);
	say("without codes", &plain, &no_codes);
	say("without a letter's own text", &mute, &no_texts);
	say("without both", &bare, &none);
	printf("share of codes %.0f %%, of a letter's own text %.0f %%, of all else (pages, fonts, "
	       "files) %.0f %%; in all of these, of compression %.0f %%\n",
	       100 * (all.seconds - no_codes.seconds) / all.seconds,
	       100 * (all.seconds - no_texts.seconds) / all.seconds,
	       100 * none.seconds / all.seconds, 100 * all.deflate / all.seconds);
}

static void bench(const struct paper *p, const char *const *counts, int n_counts)
{
	for (int i = 0; i < n_counts; i++) {
		const struct run files = {.letters = strtoul(counts[i], NULL, 10),
					  .per_file = PER_FILE};
		const struct run one = {.letters = files.letters, .per_file = files.letters};
		char *name = yihu_printf("%s letters, %d a file", counts[i], PER_FILE);
		struct outcome o = measure(p, &files);
		say(name, &files, &o);
		free(name);
		o = measure(p, &one);
		name = yihu_printf("%s letters, one file", counts[i]);
		say(name, &one, &o);
		free(name);
	}
	shares(p, 1000);
}

int main(int argc, char **argv)
{
	static const char *const usual[] = {"1000", "10000"};
	const char *election = argc > 1 ? argv[1] : getenv("YIHU_BENCH_ELECTION");
	struct yihu_buf file = {0};
	struct yihu_definition *d = NULL;
	struct letter_style style;
	struct yihu_charter charter = {.households = UINT32_MAX, .closes = 1800000000};
	cpu_set_t one;
	CPU_ZERO(&one);
	CPU_SET(0, &one);
	sched_setaffinity(0, sizeof one, &one);
	if (sodium_init() < 0 || election == NULL) {
		fputs("usage: bench-letters ELECTION [LETTERS…]\n", stderr);
		return 2;
	}
	must(yihu_file_read(election, YIHU_DEFINITION_BYTES_MAX, &file, &err));
	must(yihu_definition_parse(&d, file.data, file.len, &err));
	must(letter_style_init(&style, "https://vote.example.org", charter.eid, &err));
	const struct paper p = {.charter = &charter,
				.definition = d,
				.style = &style,
				.url = "https://vote.example.org",
				.language = LANGUAGE_DEFAULT};
	if (argc > 2)
		bench(&p, (const char *const *)argv + 2, argc - 2);
	else
		bench(&p, usual, 2);
	letter_style_finish(&style);
	yihu_definition_free(d);
	yihu_buf_free(&file);
	return 0;
}
