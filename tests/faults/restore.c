/* SPDX-License-Identifier: Apache-2.0
 *
 * Files of a box put back from older times, any of them in any mixture: what
 * opens holds all that any of them knows to be signed; what opens and is older
 * than the box was is refused as soon as one newer receipt is shown.
 *
 *   faults-restore [ROUNDS [SEED]]    40 rounds
 */

#include <boxdir.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <yihu/file.h>

#include "box/mark.h"
#include "test.h"

#define BEFORE (FIXTURE_OPENS - 3600)
#define DURING (FIXTURE_OPENS + 3600)
#define HOUSEHOLDS 48
#define TIMES 20

enum { DB, WAL, MARK, LOG, AT_CLOSE, VERIFIED, FILES };
static const char *const names[FILES] = {
	"box.db", "box.db-wal", "mark", "public/log/checkpoint", "public/log/at-close", "verified"};

static struct fixture *f;
static char *dir, *receipt;
static struct {
	struct yihu_buf files[FILES];
	bool there[FILES];
} times[TIMES];
static struct yihu_node roots[HOUSEHOLDS + 2]; /* by size; zero: between two groups */
static uint64_t newest_size;
static unsigned rounds = 40;
static uint64_t chance = 1;

static uint32_t any(uint32_t below)
{
	chance = chance * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(chance >> 33) % below;
}

static void take_aside(int t)
{
	for (int i = 0; i < FILES; i++) {
		char *path = yihu_path(dir, names[i]);
		times[t].there[i] = !yihu_file_read(path, 64 << 20, &times[t].files[i], NULL);
		free(path);
	}
}

static void put(int name, int t)
{
	struct yihu_error err;
	char *path = yihu_path(dir, names[name]);
	unlink(path);
	if (times[t].there[name])
		fixture_must(yihu_file_stage(path, times[t].files[name].data,
					     times[t].files[name].len, 0600, &err),
			     &err);
	free(path);
}

static void remember(const struct yihu_box *b)
{
	newest_size = yihu_ledger_size(yihu_box_ledger(b));
	roots[newest_size] = yihu_tree_root(yihu_ledger_tree(yihu_box_ledger(b)), newest_size);
}

/* Groups, exports, quiet moments and new starts, by chance; a copy of the files
 * after each. The last time has the end of the poll, and a receipt of it. */
static void live(void)
{
	struct yihu_error err;
	uint32_t serial = 1;
	struct yihu_box *b = boxdir_open(dir, BEFORE);
	for (int t = 0; t < TIMES; t++) {
		uint32_t n = t == 0 ? 0 : 1 + any(2);
		if (any(5) == 0) {
			yihu_box_close(b);
			b = boxdir_open(dir, DURING);
		}
		if (n > 0)
			boxdir_vote(b, f, serial, n, DURING + (uint64_t)t);
		serial += n;
		if (any(4) == 0)
			fixture_must(yihu_box_export(b, &err), &err);
		if (any(4) == 0)
			fixture_must(yihu_box_rest(b, &err), &err);
		if (t == TIMES - 1)
			fixture_must(yihu_box_end_poll(b, FIXTURE_CLOSES, &err), &err);
		remember(b);
		take_aside(t);
	}
	struct yihu_buf bytes = boxdir_receipt(b, newest_size - 1);
	fixture_must(yihu_file_write(receipt, bytes.data, bytes.len, 0600, &err), &err);
	yihu_box_close(b);
	yihu_buf_free(&bytes);
}

/* One mixture: of which time is each file. public/log goes as a whole. */
struct mixture {
	int of[FILES];
	bool whole; /* all of one time */
};

static struct mixture draw(void)
{
	struct mixture m = {.whole = any(4) == 0};
	int old = (int)any(TIMES);
	uint32_t older = 1 + any(15);
	for (int i = 0; i < AT_CLOSE; i++) {
		bool is_old = m.whole || (older >> i & 1);
		m.of[i] = !is_old ? TIMES - 1 : m.whole || any(2) ? old : (int)any(TIMES);
	}
	m.of[AT_CLOSE] = m.of[LOG];
	m.of[VERIFIED] = m.whole ? old : (int)any(TIMES);
	return m;
}

static void restore(const struct mixture *m)
{
	char *shm = yihu_path(dir, "box.db-shm");
	unlink(shm);
	for (int i = 0; i < FILES; i++)
		put(i, m->of[i]);
	free(shm);
}

static uint64_t size_of_note(const struct yihu_buf *note)
{
	struct yihu_checkpoint c = {0};
	if (note->len > 0)
		assert_int_equal(yihu_checkpoint_parse(&c, note->data, note->len,
						       &f->election->charter->log, NULL),
				 0);
	return c.size;
}

static void must_hold(const struct yihu_box *b, uint64_t known, const char *what)
{
	uint64_t size = yihu_ledger_size(yihu_box_ledger(b));
	if (size < known)
		fail_msg("%llu entries are served; %s knows %llu", (unsigned long long)size, what,
			 (unsigned long long)known);
}

static void check_opened(const struct yihu_box *b, const struct mixture *m, uint64_t marked,
			 bool ended)
{
	const struct yihu_ledger *l = yihu_box_ledger(b);
	uint64_t size = yihu_ledger_size(l);
	struct yihu_node root = yihu_tree_root(yihu_ledger_tree(l), size);
	assert_true(size <= newest_size);
	assert_memory_equal(&root, &roots[size], sizeof root);
	must_hold(b, marked, "the mark");
	must_hold(b, size_of_note(&times[m->of[LOG]].files[LOG]), "public/log");
	if (ended || times[m->of[LOG]].there[AT_CLOSE])
		assert_true(yihu_ledger_sealed(l));
}

static uint64_t marked_size(bool *ended)
{
	struct yihu_mark mark = {.fd = -1};
	struct yihu_error err;
	fixture_must(yihu_mark_open(&mark, dir, false, &err), &err);
	uint64_t size = size_of_note(&mark.latest);
	*ended = mark.at_close.len > 0;
	yihu_mark_close(&mark);
	return size;
}

static void expect_receipt_refuses(const struct mixture *m)
{
	struct yihu_error err = {0};
	struct yihu_box *b = NULL;
	const char *known[] = {receipt};
	const struct yihu_box_opening how = {.not_before = known, .n_not_before = 1};
	restore(m);
	int rc = yihu_box_open_as(&b, dir, &how, DURING, &err);
	if (rc != YIHU_EHISTORY)
		fail_msg("a newer receipt is not in the box, and it opens: %s", err.text);
}

static struct {
	unsigned refused, newest, older;
} seen;

static void try_mixture(const struct mixture *m)
{
	struct yihu_error err = {0};
	struct yihu_box *b = NULL;
	bool ended;
	restore(m);
	uint64_t marked = marked_size(&ended);
	int rc = yihu_box_open(&b, dir, DURING, &err);
	if (rc && m->whole)
		fail_msg("a whole copy is refused: %s", err.text);
	if (rc) {
		assert_true(err.code == rc && err.text[0] != '\0');
		seen.refused++;
		return;
	}
	check_opened(b, m, marked, ended);
	bool newest = yihu_ledger_size(yihu_box_ledger(b)) == newest_size;
	yihu_box_close(b);
	seen.newest += newest;
	seen.older += !newest;
	if (!newest)
		expect_receipt_refuses(m);
}

TEST(older_files_put_back)
{
	live();
	for (unsigned i = 0; i < rounds; i++) {
		struct mixture m = draw();
		try_mixture(&m);
	}
	print_message(
		"# %u mixtures: %u refused, %u the newest box again, %u consistent and older, "
		"each refused once a newer receipt was given\n",
		rounds, seen.refused, seen.newest, seen.older);
	assert_true(seen.refused > rounds / 5 && seen.older > rounds / 20);
}

AROUND(group_set_up)
{
	f = fixture_new(&(struct fixture_options){.households = HOUSEHOLDS, .projects = 2});
	dir = yihu_strdup("/dev/shm/yihu-box-XXXXXX");
	if (!mkdtemp(dir)) {
		free(dir);
		dir = boxdir_temp();
	}
	boxdir_make(f, dir);
	receipt = yihu_path(dir, "receipt");
	return 0;
}

AROUND(group_tear_down)
{
	for (int t = 0; t < TIMES; t++)
		for (int i = 0; i < FILES; i++)
			yihu_buf_free(&times[t].files[i]);
	free(receipt);
	boxdir_free(dir);
	fixture_free(f);
	return 0;
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(older_files_put_back),
	};
	if (argc > 1)
		rounds = (unsigned)strtoul(argv[1], NULL, 10);
	if (argc > 2)
		chance = strtoull(argv[2], NULL, 10);
	return cmocka_run_group_tests(tests, group_set_up, group_tear_down);
}
