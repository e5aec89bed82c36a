/* SPDX-License-Identifier: Apache-2.0
 *
 * Variants of files: gone, empty, under each other's names, one too many.
 */
#include <stdlib.h>
#include <string.h>

#include "bench.h"

static bool begins(const char *name, const char *with)
{
	return strncmp(name, with, strlen(with)) == 0;
}

/* Without results, a folder that lacks an opening is an earlier state, and no
 * less honest, and so is one without the final statement; and nobody has to publish
 * at-close. Where something else stands
 * on the missing file, it is that which is told. */
static void take_away(struct bench *b, const char *name)
{
	bool results = yihu_public_get(b->honest, "results") != NULL;
	bool opening = begins(name, "open/"), mix = begins(name, "mix/");
	const char *const names[3] = {name, opening ? "results" : mix ? "open/" : NULL};
	bool last = strcmp(name, "log/at-close") == 0 || strcmp(name, "final") == 0;
	yihu_public_remove(b->work, name);
	bench_audit(b, names, (opening && !results) || last, "gone", 0);
	bench_restore(b, name);
}

void try_absences(struct bench *b)
{
	for (size_t i = 0; i < b->honest->n; i++) {
		take_away(b, b->honest->files[i].name);
		bench_change(b, b->honest->files[i].name, "", 0, "empty", 0);
	}
}

static void put(struct bench *b, const char *name, const struct yihu_buf *bytes)
{
	yihu_public_put(b->work, name, bytes->data, bytes->len);
}

/* One over the other. A checkpoint of another size tells of tiles too many; one
 * of the whole log is an at-close as well. */
static void put_over(struct bench *b, const struct yihu_public_file *x,
		     const struct yihu_public_file *y)
{
	const char *const names[3] = {x->name, begins(x->name, "log/") ? "log/" : NULL};
	bool whole = strcmp(x->name, "log/at-close") == 0 && strcmp(y->name, "log/checkpoint") == 0;
	put(b, x->name, &y->bytes);
	bench_audit(b, names, whole, y->name, 0);
	bench_restore(b, x->name);
}

/* Each under the other's name. */
static void exchange(struct bench *b, const struct yihu_public_file *x,
		     const struct yihu_public_file *y)
{
	const char *const names[3] = {x->name, y->name, begins(x->name, "log/") ? "log/" : NULL};
	put(b, x->name, &y->bytes);
	put(b, y->name, &x->bytes);
	bench_audit(b, names, false, "exchanged", 0);
	bench_restore(b, x->name);
	bench_restore(b, y->name);
}

void try_swaps(struct bench *b)
{
	const struct yihu_public *p = b->honest;
	for (size_t i = 0; i < p->n; i++)
		for (size_t k = 0; k < p->n; k++) {
			if (i != k)
				put_over(b, &p->files[i], &p->files[k]);
			if (i < k)
				exchange(b, &p->files[i], &p->files[k]);
		}
}

/* `name` with the bytes of a file that is there. */
static void stray(struct bench *b, const char *name, bool may_pass)
{
	/* Beyond a gap, it is the gap that is told. */
	const char *const names[3] = {name, begins(name, "mix/") ? "mix/" : NULL};
	if (yihu_public_get(b->honest, name) != NULL)
		return;
	put(b, name, &b->honest->files[0].bytes);
	bench_audit(b, names, may_pass, "stray", 0);
	bench_restore(b, name);
}

void try_strays(struct bench *b)
{
	static const char *const folders[] = {
		"",
		"log/",
		"log/tile/",
		"log/tile/0/",
		"log/tile/1/",
		"log/tile/entries/",
		"log/tile/0/000.p/",
		"log/tile/entries/000.p/",
		"img/",
		"mix/",
		"open/",
		"ceremony/",
		"public/",
		"box/",
		"results/",
		"log/tile/0/x000/",
	};
	static const char *const leaves[] = {
		"charter", "Charter", "charter~", "README", "0",     "00",  "01",    "15",   "16",
		"000",     "001",     "000.p/1",  "1.bak",  "box-1", "a b", "x/y/z", "通知",
	};
	for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
		for (size_t k = i % b->sparse; k < sizeof leaves / sizeof *leaves;
		     k += (size_t)b->sparse) {
			char *name = yihu_printf("%s%s", folders[i], leaves[k]);
			stray(b, name, false);
			free(name);
		}
	stray(b, "site/index.html", true);
	stray(b, "site/charter", true);
	stray(b, ".hidden", true);
	stray(b, "mix/.yihu-12", true);
	stray(b, "mix/site/1", false);
	stray(b, "site", false);
}
