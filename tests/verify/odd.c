/* SPDX-License-Identifier: Apache-2.0
 *
 * Odd folders: rightly signed texts with one thing written otherwise, origins
 * and names at the edge of what is allowed, entries of other lengths, rolls
 * that the charter fixed though they are none. Many are good: what matters is
 * that two auditors say the same. Every audit is printed (wrap.c).
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sodium.h>
#include <yihu/households.h>

#include "odd.h"
#include "tale.h"

static unsigned told;

static void ask(struct scene *s, const char *what, const char *how)
{
	yihu_audit_free(yihu_audit_run(s->p, &s->o));
	yihu_public_free(s->p);
	printf("ok %u - %s %s\n", ++told, what, how);
}

static struct scene scene(void)
{
	return (struct scene){.o = audit_options(world()->f)};
}

/* What goes wrong in a charter goes wrong before the register. */
static void edit_charter(const struct odd_edit *e)
{
	struct scene s = scene();
	struct liars l = liars();
	struct yihu_buf text = {0};
	yihu_charter_text(&text, &l.charter);
	replace(&text, e->old, e->with);
	put_charter_text(&s, &l, &text, "i1234");
	ask(&s, "charter", e->with);
}

static void edit_definition(const struct odd_edit *e)
{
	struct scene s = scene();
	struct liars l = liars();
	struct yihu_buf definition = copy_of(world()->issued, "election.pb");
	replace(&definition, e->old, e->with);
	crypto_hash_sha256(l.charter.definition_hash, definition.data, definition.len);
	put_charter(&s, &l, "i1234");
	put(s.p, "election.pb", &definition);
	ask(&s, "definition", e->with);
}

static const struct yihu_public *folder_with(const char *file)
{
	const struct world *w = world();
	bool box = strcmp(file, "box") == 0, log = strncmp(file, "log/", 4) == 0;
	return strcmp(file, "register") == 0 ? w->issued
	       : log                         ? w->closed
	       : box                         ? w->boxed
					     : w->published;
}

/* The text of a note, edited and signed again; or, signed by nobody, the file as it is. */
static void edit_note(const struct odd_edit *e)
{
	struct scene s = scene();
	struct liars l = liars();
	struct yihu_buf file = copy_of(folder_with(e->file), e->file), note = {0};
	const uint8_t *gap = memmem(file.data, file.len, "\n\n", 2);
	if (e->who != NULL)
		file.len = (size_t)(gap - file.data) + 1;
	replace(&file, e->old, e->with);
	if (e->who != NULL)
		sign_note(&note, &file, &l, e->who);
	else
		yihu_buf_put(&note, file.data, file.len);
	yihu_buf_free(&file);
	s.p = public_copy(folder_with(e->file));
	put(s.p, e->file, &note);
	ask(&s, e->file, e->with);
}

static void odd_origin(const char *origin)
{
	struct scene s = scene();
	struct liars l = liars();
	if (yihu_vkey_make(&l.charter.log, origin, l.log.pk, NULL) != YIHU_OK)
		abort();
	l.charter.origin = yihu_strdup(origin);
	put_charter(&s, &l, "i1234");
	free(l.charter.origin);
	ask(&s, "origin", origin);
}

static void odd_name(const char *name)
{
	struct scene s = scene();
	struct liars l = liars();
	bool good = yihu_vkey_make(&l.charter.issuer, name, l.issuer.pk, NULL) == YIHU_OK;
	struct yihu_buf text = {0};
	yihu_charter_text(&text, &l.charter);
	if (!good) { /* written in place of the honest one's */
		char *line = yihu_printf("issuer %s+", name);
		char *honest = yihu_printf("issuer %s+", l.charter.issuer.name);
		replace(&text, honest, line);
		free(honest);
		free(line);
	}
	put_charter_text(&s, &l, &text, "i1234");
	ask(&s, "name", good ? "that is one" : "that is none");
}

/* A log with this entry among honest ones. */
static void odd_entry(const char *what, struct yihu_buf *entry)
{
	struct scene s = scene();
	struct tale t = tale_begin();
	tale_opens(&t);
	tale_ballots(&t, 2);
	yihu_buf_put(&t.entries[t.n++], entry->data, entry->len);
	yihu_buf_free(entry);
	tale_closes(&t);
	tale_close(&t);
	tale_tell(&t, &s);
	ask(&s, "entry", what);
}

/* Its head, and so many bytes of something. */
static void bare_entry(uint8_t type, uint64_t time, size_t len)
{
	static const uint8_t zeros[YIHU_BUNDLE_ENTRY_BYTES_MAX];
	struct yihu_buf b = {0};
	yihu_entry_put(&b, (enum yihu_entry_type)type, time, zeros, len);
	char *what = yihu_printf("of type %u and %zu bytes at %llu", type, len,
				 (unsigned long long)time);
	odd_entry(what, &b);
	free(what);
}

/* An honest ballot of household 3, cut or with more behind it. */
static void odd_ballot(int more, uint8_t w, uint8_t version)
{
	static const uint8_t zeros[256];
	struct yihu_buf ballot = {0}, b = {0};
	fixture_ballot(world()->f, 3, (const uint32_t[]){1, 0, 1, 0}, &ballot);
	ballot.data[101] = w;
	ballot.data[0] = version;
	if (more > 0)
		yihu_buf_put(&ballot, zeros, (size_t)more);
	yihu_entry_put(&b, YIHU_ENTRY_BALLOT, FIXTURE_OPENS + 5, ballot.data,
		       more < 0 ? ballot.len - (size_t)-more : ballot.len);
	yihu_buf_free(&ballot);
	char *what = yihu_printf("a ballot of %+d bytes that says %u words", more, w);
	odd_entry(what, &b);
	free(what);
}

static void odd_entries(void)
{
	static const size_t lengths[] = {0,   1,   63,  64,  65,  71,  72,  73,  165,
					 166, 167, 168, 169, 293, 294, 295, 422, 60000};
	static const uint64_t times[] = {FIXTURE_OPENS + 5, YIHU_TIME_MAX, YIHU_TIME_MAX + 1,
					 UINT64_MAX};
	struct yihu_buf none = {0};
	for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++)
		for (const char *type = "OBRCX"; *type != '\0'; type++)
			bare_entry((uint8_t)*type, FIXTURE_OPENS + 5, lengths[i]);
	for (size_t i = 0; i < sizeof times / sizeof *times; i++)
		for (const char *type = "OBRC"; *type != '\0'; type++)
			bare_entry((uint8_t)*type, times[i], 168);
	odd_entry("of no bytes", &none);
	yihu_buf_put(&none, "B12345678", 8);
	odd_entry("of eight bytes", &none);
	for (int more = -256; more <= 256; more += 128)
		for (uint8_t w = 0; w < 4; w++)
			odd_ballot(more, w, 1);
	odd_ballot(0, 1, 0);
	odd_ballot(0, 1, 2);
}

static void odd_roll(const char *roll, size_t len, size_t number)
{
	struct scene s = scene();
	struct liars l = liars();
	char name[] = "roll";
	yihu_roll_hash(l.charter.roll_hash, s.o.roll_salt, roll, len);
	put_charter(&s, &l, "i1234");
	s.evidence.name = name;
	yihu_buf_put(&s.evidence.bytes, roll, len);
	s.o.roll = &s.evidence;
	char *how = yihu_printf("number %zu", number);
	ask(&s, "roll", how);
	free(how);
	yihu_buf_free(&s.evidence.bytes);
}

/* A file of this name too, in a folder with a log. */
static void odd_file(const char *name)
{
	struct scene s = scene();
	s.p = public_copy(world()->closed);
	yihu_public_put(s.p, name, "x", 1);
	ask(&s, "file", name);
}

int main(void)
{
	if (sodium_init() < 0)
		return 1;
	for (const struct odd_edit *e = odd_charters; e->old != NULL; e++)
		edit_charter(e);
	for (const struct odd_edit *e = odd_definitions; e->old != NULL; e++)
		edit_definition(e);
	for (const struct odd_edit *e = odd_notes; e->old != NULL; e++)
		edit_note(e);
	for (const char *const *o = odd_origins; *o != NULL; o++)
		odd_origin(*o);
	for (const char *const *o = odd_names; *o != NULL; o++)
		odd_name(*o);
	odd_entries();
	for (const char *const *o = odd_files; *o != NULL; o++)
		odd_file(*o);
	for (size_t i = 0; odd_rolls[i].text != NULL; i++)
		odd_roll(odd_rolls[i].text, odd_rolls[i].len, i);
	world_end();
	return 0;
}
