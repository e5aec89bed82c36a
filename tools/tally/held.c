/* SPDX-License-Identifier: Apache-2.0
 *
 * Other people's files, read for a count.
 */
#include "tally/held.h"

#include <stdlib.h>
#include <string.h>

#include <yihu/file.h>
#include <yihu/publish.h>
#include <yihu/text.h>

int held_read(struct held *h, const char *path, struct yihu_error *err)
{
	int r = yihu_file_read(path, YIHU_DEFINITION_BYTES_MAX, &h->file, err);
	if (r == 0 && yihu_told_read(&h->told, &h->n_told, h->file.data, h->file.len, NULL) != 0)
		h->told = NULL; /* why is told by the count */
	return r;
}

void held_finish(struct held *h)
{
	free(h->told);
	yihu_votes_free(&h->votes);
	yihu_buf_free(&h->notices);
	yihu_buf_free(&h->file);
}

static bool begins(const char *line, const char *end, const char *with)
{
	size_t len = strlen(with);
	return (size_t)(end - line) >= len && memcmp(line, with, len) == 0;
}

/* A key of META that the named rule does not take. A threshold belongs to
 * greedy-threshold in a file of that rule, and to every greedy rule elsewhere. */
static bool is_of_another_rule(const char *line, const char *end, const char *rule, bool its_own)
{
	bool threshold = begins(line, end, "threshold;") ||
			 begins(line, end, "min_project_score_threshold;");
	bool shares = begins(line, end, "comparison;") || begins(line, end, "eligibility;");
	if (threshold)
		return its_own ? strcmp(rule, "greedy-threshold") != 0
			       : strncmp(rule, "greedy", 6) != 0;
	return shares && strncmp(rule, "equalshares", 11) != 0;
}

/* The file with another rule, an empty line for each option of others: lines
 * keep their numbers. */
static void with_rule(struct yihu_buf *out, const struct yihu_buf *file, const char *rule)
{
	const char *at = (const char *)file->data, *end = at + file->len;
	bool meta = true;
	bool its_own = memmem(at, file->len, "\nrule;greedy-threshold", 22) != NULL;
	while (at < end) {
		const char *stop = memchr(at, '\n', (size_t)(end - at));
		const char *next = stop ? stop + 1 : end;
		meta = meta && !begins(at, end, "PROJECTS");
		if (meta && begins(at, end, "rule;"))
			yihu_buf_fmt(out, "rule;%s\n", rule);
		else if (meta && is_of_another_rule(at, end, rule, its_own))
			yihu_buf_str(out, "\n");
		else
			yihu_buf_put(out, at, (size_t)(next - at));
		at = next;
	}
}

int held_by_rule(struct yihu_definition **d, struct held *h, const char *rule,
		 struct yihu_error *err)
{
	struct yihu_buf changed = {0}, strict = {0};
	const struct yihu_buf *file = &h->file;
	if (rule) {
		with_rule(&changed, file, rule);
		file = &changed;
	}
	yihu_votes_free(&h->votes);
	yihu_buf_reset(&h->notices);
	int r = yihu_definition_held(&strict, &h->notices, file->data, file->len, err);
	if (r == 0)
		r = yihu_definition_parse(d, strict.data, strict.len, err);
	if (r == 0)
		r = yihu_votes_read(&h->votes, *d, file->data, file->len, err);
	yihu_buf_free(&changed);
	yihu_buf_free(&strict);
	return r;
}

/* The value, as it is written, of the first line "rule;…" of META; else empty. */
static struct yihu_span rule_named(const struct yihu_buf *file)
{
	const char *at = (const char *)file->data, *end = at + file->len;
	while (at < end && !begins(at, end, "PROJECTS")) {
		const char *stop = memchr(at, '\n', (size_t)(end - at));
		const char *last = stop ? stop : end;
		if (begins(at, last, "rule;")) {
			const char *value = at + strlen("rule;");
			if (last > value && last[-1] == '\r')
				last--;
			return (struct yihu_span){value, (size_t)(last - value)};
		}
		at = stop ? stop + 1 : end;
	}
	return (struct yihu_span){at, 0};
}

bool held_is_unnamed(const struct held *h)
{
	struct yihu_span rule = rule_named(&h->file);
	return yihu_rule_is_unnamed(rule.p, rule.len);
}

static void say_lines(struct yihu_buf *lines)
{
	char *rest = lines->len ? (char *)lines->data : NULL;
	for (char *line = strsep(&rest, "\n"); line && *line; line = strsep(&rest, "\n"))
		cli_warn("%s", line);
}

/* A file can have thousands of such ballots; the first tell what is the matter. */
#define SAID_MAX 20

static void say_twice(const struct yihu_vote_notes *notes)
{
	for (size_t i = 0; i < notes->n && i < SAID_MAX; i++)
		cli_warn(_("%s; it counts once"), notes->at[i].why);
	if (notes->n > SAID_MAX)
		cli_warn(_("more of that kind: %zu"), notes->n - SAID_MAX);
}

static void say_void(const struct yihu_vote_notes *notes)
{
	for (size_t i = 0; i < notes->n && i < SAID_MAX; i++)
		cli_warn(_("%s; this ballot is void"), notes->at[i].why);
	if (notes->n > 0)
		cli_warn(yihu_ngettext("%zu ballot breaks the file's own rules and is void",
				       "%zu ballots break the file's own rules and are void",
				       notes->n),
			 notes->n);
}

void held_say(struct held *h)
{
	if (!h->said) {
		say_lines(&h->notices);
		say_twice(&h->votes.twice);
		say_void(&h->votes.void_votes);
	}
	h->said = true;
}

static void say_or_fail(struct yihu_buf *lines, int r, const struct yihu_error *err)
{
	if (r == 0)
		say_lines(lines);
	else
		cli_error(err);
	yihu_buf_free(lines);
}

void held_say_told(const struct held *h, const struct yihu_buf *json)
{
	struct yihu_buf lines = {0};
	struct yihu_error err = {0};
	if (!h->told)
		return;
	int r = yihu_results_told(&lines, json->data, json->len, h->told, h->n_told, cli_language(),
				  &err);
	say_or_fail(&lines, r, &err);
}

void held_say_agree(const struct held *h, const struct yihu_buf *jsons, size_t n)
{
	struct yihu_buf lines = {0};
	struct yihu_error err = {0};
	if (!h->told)
		return;
	int r = yihu_results_agree(&lines, jsons, n, h->told, h->n_told, cli_language(), &err);
	say_or_fail(&lines, r, &err);
}
