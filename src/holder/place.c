/* SPDX-License-Identifier: Apache-2.0
 *
 * A holder's place in the ceremony: one number, one name and one key file each.
 * Asked before a key file is made or opened, so that a slip leaves nothing
 * behind, and again by the act.
 */
#include "holder/internal.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <yihu/file.h>

/* ---- against those who have announced ---- */

/* "2, 4": the numbers that nobody has announced for. Caller frees. */
static char *free_numbers(const struct yihu_ceremony *c)
{
	struct yihu_buf text = {0};
	for (uint32_t i = 1; i <= c->plan.n; i++)
		if (c->announcements[i - 1].len == 0)
			yihu_buf_fmt(&text, "%s%u", text.len > 0 ? _(", ") : "", i);
	if (text.len == 0)
		yihu_buf_str(&text, _("none"));
	return (char *)text.data;
}

static int check_number(const struct yihu_ceremony *c, uint32_t index, const struct yihu_vkey *key,
			struct yihu_error *err)
{
	if (index < 1 || index > c->plan.n)
		return yihu_fail(err, YIHU_EARG, _("there is no key holder %u (1 to %u)"), index,
				 c->plan.n);
	const struct yihu_vkey *there = &c->holders[index - 1].key;
	if (c->announcements[index - 1].len == 0 || (key && yihu_vkey_same(there, key)))
		return 0;
	if (key) /* check_other has seen that it is nobody's here */
		return yihu_fail(
			err, YIHU_EEXIST,
			_("ceremony/announce-%u is there, by “%s”, and this key file (%s) has "
			  "announced nothing here. If it belongs to another election, use it with "
			  "that one's folder (yihu-trustee check says which it is); else announce "
			  "with a number that is free"),
			index, there->name, key->name);
	char *numbers = free_numbers(c);
	int r = yihu_fail(
		err, YIHU_EEXIST,
		_("ceremony/announce-%u is there, by “%s”: that is holder %u's place. "
		  "Announce with a number that is free (--index): %s. If that key file was "
		  "thrown away: delete ceremony/announce-%u, before anybody has dealt"),
		index, there->name, index, numbers, index);
	free(numbers);
	return r;
}

static int check_other(const struct yihu_holder *other, const char *name,
		       const struct yihu_vkey *key, struct yihu_error *err)
{
	if (key && memcmp(other->key.pk, key->pk, sizeof key->pk) == 0)
		return yihu_fail(
			err, YIHU_EEXIST,
			_("this key has announced as holder %u, “%s”. Another holder needs another "
			  "key file; to give this one another number instead, delete "
			  "ceremony/announce-%u, before anybody has dealt, and announce again"),
			other->index, other->key.name, other->index);
	if (strcmp(other->key.name, name) == 0)
		return yihu_fail(err, YIHU_EKEYS,
				 _("holder %u has the name “%s” already; names must differ. Add "
				   "what tells the two apart, such as the building"),
				 other->index, name);
	return 0;
}

int holder_check_place(const struct yihu_ceremony *c, uint32_t index, const char *name,
		       const struct yihu_vkey *key, struct yihu_error *err)
{
	if (strcmp(name, c->plan.issuer.name) == 0 || strcmp(name, c->plan.log.name) == 0)
		return yihu_fail(err, YIHU_EKEYS,
				 _("“%s” is the name of one of the election's own keys; choose "
				   "another name"),
				 name);
	int r = 0;
	for (uint32_t i = 1; i <= c->plan.n && r == 0; i++)
		if (i != index && c->announcements[i - 1].len > 0)
			r = check_other(&c->holders[i - 1], name, key, err);
	return r == 0 ? check_number(c, index, key, err) : r;
}

/* ---- before there is a key ---- */

/* Which file will be meant by path, there or not: the folder's real name and
 * the last part. Caller frees. */
static char *real_path(const char *path)
{
	const char *slash = strrchr(path, '/');
	char *folder = !slash ? yihu_strdup(".") : yihu_strndup(path, (size_t)(slash - path) + 1);
	char *real = realpath(folder, NULL);
	char *whole = yihu_path(real ? real : folder, !slash ? path : slash + 1);
	free(real);
	free(folder);
	return whole;
}

static bool same_file(const char *a, const char *b)
{
	struct stat at, bt;
	char *ra = real_path(a), *rb = real_path(b);
	bool same = strcmp(ra, rb) == 0;
	free(ra);
	free(rb);
	return same || (stat(a, &at) == 0 && stat(b, &bt) == 0 && at.st_dev == bt.st_dev &&
			at.st_ino == bt.st_ino);
}

/* A claim's key as its file's header has it; of a new one the name alone. */
struct claimed {
	const struct holder_claim *claim;
	struct yihu_vkey key;
	bool is_new;
};

static int check_given_name(const struct claimed *k, struct yihu_error *err)
{
	const struct holder_claim *claim = k->claim;
	if (!claim->name || strcmp(claim->name, k->key.name) == 0)
		return 0;
	return yihu_fail(err, YIHU_EARG,
			 _("%s is the key of “%s”, not of “%s”. If the file has a name that was "
			   "mistyped: delete the file, and the announcement made with it "
			   "(ceremony/announce-%u) before anybody has dealt, and make it again"),
			 claim->path, k->key.name, claim->name, claim->index);
}

/* any: some valid public key, so that the name can be looked at like others. */
static int read_claim(struct claimed *k, const struct yihu_vkey *any, struct yihu_error *err)
{
	enum yihu_key_role role;
	int r = yihu_keyfile_public(k->claim->path, &role, &k->key, err);
	k->is_new = r == YIHU_ENOENT;
	if (k->is_new && !k->claim->name)
		return yihu_fail(err, YIHU_EARG, _("%s is a new key: give its holder's --name"),
				 k->claim->path);
	if (k->is_new)
		return yihu_vkey_make(&k->key, k->claim->name, any->pk, err);
	if (r == 0 && role != YIHU_ROLE_TRUSTEE)
		r = yihu_fail(err, YIHU_EKEYS,
			      _("%s is a key file of the role “%s”, not a key holder's"),
			      k->claim->path, yihu_key_role_name(role));
	return r == 0 ? check_given_name(k, err) : r;
}

static int check_two(const struct claimed *a, const struct claimed *b, struct yihu_error *err)
{
	uint32_t i = a->claim->index, j = b->claim->index;
	if (same_file(a->claim->path, b->claim->path))
		return yihu_fail(err, YIHU_EARG,
				 _("%s is given for two key holders, %u and %u; each has a key "
				   "file, and a stick, of their own"),
				 b->claim->path, i, j);
	if (!a->is_new && !b->is_new && memcmp(a->key.pk, b->key.pk, sizeof a->key.pk) == 0)
		return yihu_fail(err, YIHU_EARG,
				 _("%s and %s are copies of one key, “%s”; key holders %u and %u "
				   "have a key each"),
				 a->claim->path, b->claim->path, a->key.name, i, j);
	if (strcmp(a->key.name, b->key.name) == 0)
		return yihu_fail(err, YIHU_EKEYS,
				 _("key holders %u and %u have the same name, “%s”; names must "
				   "differ. Add what tells the two apart, such as the building"),
				 i, j, a->key.name);
	return 0;
}

static int check_claims(struct claimed *k, size_t n, const struct yihu_ceremony *c,
			struct yihu_error *err)
{
	int r = 0;
	for (size_t i = 0; i < n && r == 0; i++) {
		r = read_claim(&k[i], &c->plan.issuer, err);
		for (size_t j = 0; j < i && r == 0; j++)
			r = check_two(&k[j], &k[i], err);
	}
	for (size_t i = 0; i < n && r == 0; i++)
		r = holder_check_place(c, k[i].claim->index, k[i].key.name,
				       k[i].is_new ? NULL : &k[i].key, err);
	return r;
}

int holder_check_claims(const struct holder_claim *claims, size_t n, const struct yihu_folder *f,
			struct yihu_error *err)
{
	struct yihu_ceremony *c = yihu_calloc(1, sizeof *c);
	struct claimed *k = yihu_calloc(n, sizeof *k);
	for (size_t i = 0; i < n; i++)
		k[i].claim = &claims[i];
	int r = yihu_ceremony_read(c, f, err);
	if (r == 0) {
		r = check_claims(k, n, c, err);
		yihu_ceremony_finish(c);
	}
	free(k);
	free(c);
	return r;
}
