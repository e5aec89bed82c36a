/* SPDX-License-Identifier: Apache-2.0
 *
 * The charter as a value: its memory, its signers, and its text as §4 of
 * PROTOCOL writes it.
 */
#include <stdlib.h>

#include <yihu/charter.h>

void yihu_charter_free(struct yihu_charter *c)
{
	if (!c)
		return;
	free(c->origin);
	free(c->text);
	free(c);
}

void yihu_charter_signers(const struct yihu_charter *c, struct yihu_vkey *out)
{
	out[0] = c->issuer;
	for (uint32_t i = 0; i < c->n; i++)
		out[i + 1] = c->holders[i].key;
}

static void put_hash(struct yihu_buf *out, const char *key, const uint8_t hash[static 32])
{
	yihu_buf_fmt(out, "%s ", key);
	yihu_hex(out, hash, 32);
	yihu_buf_str(out, "\n");
}

static void put_time(struct yihu_buf *out, const char *key, uint64_t time)
{
	char text[21];
	yihu_buf_fmt(out, "%s %s\n", key, yihu_time_text(text, time));
}

static void put_vkey(struct yihu_buf *out, const char *key, const struct yihu_vkey *vkey)
{
	yihu_buf_fmt(out, "%s ", key);
	yihu_vkey_text(out, vkey);
	yihu_buf_str(out, "\n");
}

void yihu_charter_text(struct yihu_buf *out, const struct yihu_charter *c)
{
	struct yihu_point y = yihu_election_key(c->holders, c->n);
	yihu_buf_fmt(out, "yihu-charter-v1\norigin %s\n", c->origin);
	put_hash(out, "definition", c->definition_hash);
	yihu_buf_fmt(out, "households %u\n", c->households);
	put_hash(out, "roll", c->roll_hash);
	yihu_buf_fmt(out, "changes %u %u\nmin-box %u\n", c->max_additions, c->max_replacements,
		     c->min_box);
	put_time(out, "opens", c->opens);
	put_time(out, "closes", c->closes);
	put_vkey(out, "issuer", &c->issuer);
	put_vkey(out, "log", &c->log);
	yihu_buf_fmt(out, "threshold %u %u %u\n", c->t, c->n, c->q);
	for (uint32_t i = 0; i < c->n; i++)
		yihu_holder_line(out, &c->holders[i], c->t);
	yihu_buf_str(out, "key ");
	yihu_base64(out, y.bytes, sizeof(y.bytes));
	yihu_buf_str(out, "\n");
	if (c->max_withdrawals > 0)
		yihu_buf_fmt(out, "withdrawals %u\n", c->max_withdrawals);
}
