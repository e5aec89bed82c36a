/* SPDX-License-Identifier: Apache-2.0
 *
 * A line a letter: "7\tmoved-in", and after "other" the words.
 */
#include "folder/additions.h"

#include <stdlib.h>
#include <string.h>

const struct reasons added_reasons = {
	N_ADDED_WHY,
	{
		[ADDED_FORGOTTEN] = {"forgotten", W_RESULT_ADDED_FORGOTTEN},
		[ADDED_MOVED_IN] = {"moved-in", W_RESULT_ADDED_MOVED_IN},
		[ADDED_DIVIDED] = {"divided", W_RESULT_ADDED_DIVIDED},
		[ADDED_VACANT] = {"vacant", W_RESULT_ADDED_VACANT},
		[ADDED_OTHER] = {"other", W_RESULT_ADDED_OTHER},
	},
};

/* ---- the file ---- */

static bool parse_line(struct addition *out, struct yihu_span line)
{
	uint64_t serial;
	const char *tab = memchr(line.p, '\t', line.len);
	if (!tab ||
	    !yihu_decimal(&serial, (struct yihu_span){line.p, (size_t)(tab - line.p)}, UINT32_MAX))
		return false;
	struct yihu_span rest = {tab + 1, line.len - (size_t)(tab + 1 - line.p)};
	const char *after = memchr(rest.p, '\t', rest.len);
	struct yihu_span name = {rest.p, after ? (size_t)(after - rest.p) : rest.len};
	out->serial = (uint32_t)serial;
	out->reason.words =
		(struct yihu_span){after ? after + 1 : "", after ? rest.len - name.len - 1 : 0};
	out->reason.why = reason_named(&added_reasons, name);
	return out->reason.why < N_ADDED_WHY && (out->reason.why == ADDED_OTHER) == (after != NULL);
}

static int parse(struct additions *out, struct yihu_error *err)
{
	struct yihu_lines lines = yihu_lines(out->text.data, out->text.len);
	struct yihu_span line;
	int r = 0;
	while (r == 0 && yihu_lines_next(&lines, &line)) {
		struct addition a;
		if (!parse_line(&a, line)) {
			r = yihu_fail(err, YIHU_EFORMAT,
				      _("line %zu is not a letter's number and a reason; mend "
					"it, or take it out"),
				      out->n + 1);
			continue;
		}
		out->at = yihu_realloc(out->at, out->n + 1, sizeof *out->at);
		out->at[out->n++] = a;
	}
	return r;
}

int additions_read(struct additions *out, const struct yihu_folder *f, struct yihu_error *err)
{
	struct additions a = {0};
	int r = folder_read_if_there(f, F_ADDITIONS, &a.text, err);
	if (r == 0)
		r = folder_fail_at(err, parse(&a, err), f, F_ADDITIONS);
	if (r == 0)
		*out = a;
	else
		additions_finish(&a);
	return r;
}

void additions_finish(struct additions *a)
{
	yihu_buf_free(&a->text);
	free(a->at);
	*a = (struct additions){0};
}

static void write_line(struct yihu_buf *out, uint32_t serial, const struct given_reason *reason)
{
	yihu_buf_fmt(out, "%u\t%s", serial, reason_name(&added_reasons, reason->why));
	if (reason->why == ADDED_OTHER)
		yihu_buf_fmt(out, "\t%.*s", (int)reason->words.len, reason->words.p);
	yihu_buf_str(out, "\n");
}

/* All that was said, but of this letter what is said now (NULL: nothing). */
static int rewrite(const struct yihu_folder *f, uint32_t serial, const struct given_reason *reason,
		   struct yihu_error *err)
{
	struct additions a = {0};
	struct yihu_buf text = {0};
	int r = additions_read(&a, f, err);
	for (size_t i = 0; i < a.n; i++)
		if (a.at[i].serial != serial)
			write_line(&text, a.at[i].serial, &a.at[i].reason);
	if (reason)
		write_line(&text, serial, reason);
	if (r == 0)
		r = folder_write(f, F_ADDITIONS, &text, err);
	yihu_buf_free(&text);
	additions_finish(&a);
	return r;
}

int additions_put(const struct yihu_folder *f, uint32_t serial, const struct given_reason *reason,
		  struct yihu_error *err)
{
	return rewrite(f, serial, reason, err);
}

int additions_drop(const struct yihu_folder *f, uint32_t serial, struct yihu_error *err)
{
	return folder_has(f, F_ADDITIONS) ? rewrite(f, serial, NULL, err) : 0;
}

/* ---- counted ---- */

/* N_ADDED_WHY: nothing says it. */
static unsigned why_added(const struct additions *a, uint32_t serial)
{
	for (size_t i = 0; i < a->n; i++)
		if (a->at[i].serial == serial)
			return a->at[i].reason.why;
	return N_ADDED_WHY;
}

static void count(uint64_t n[static N_ADDED_WHY + 1], const struct additions *a,
		  const struct yihu_ledger *ledger, uint32_t households)
{
	struct yihu_credential_state s;
	for (uint32_t i = households + 1; i <= yihu_ledger_last_serial(ledger); i++)
		if (yihu_ledger_serial(ledger, i, &s, NULL) == 0 && s.replaces == 0)
			n[why_added(a, i)]++;
}

static char *say(const uint64_t n[static N_ADDED_WHY + 1], enum language l)
{
	struct yihu_buf list = {0};
	for (size_t i = 0; i <= N_ADDED_WHY; i++) {
		const char *name = i == N_ADDED_WHY ? word(l, W_RESULT_ADDED_UNKNOWN)
						    : reason_word(&added_reasons, l, (unsigned)i);
		char *one = words_say(l, W_RESULT_ADDED_ONE, say_text("reason", name),
				      say_count("n", n[i]));
		if (n[i] > 0)
			yihu_buf_fmt(&list, "%s%s", list.len > 0 ? word(l, W_FORM_LIST) : "", one);
		free(one);
	}
	return (char *)list.data;
}

int additions_sentence(char **out, const struct yihu_folder *f, const struct yihu_ledger *ledger,
		       uint32_t households, enum language l, struct yihu_error *err)
{
	struct additions a = {0};
	uint64_t n[N_ADDED_WHY + 1] = {0};
	int r = additions_read(&a, f, err);
	if (r == 0 && a.n > 0)
		count(n, &a, ledger, households);
	if (r == 0)
		*out = say(n, l);
	additions_finish(&a);
	return r;
}
