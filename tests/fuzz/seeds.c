/* SPDX-License-Identifier: Apache-2.0
 *
 * Seeds: `seeds DIR` writes DIR/TARGET/NAME for every target, from the world
 * and from the recorded elections (YIHU_TEST_DATA/vectors). Fuzzing begins
 * with them; the committed corpora are what was found from there, minimised.
 */
#include <assert.h>
#include <jansson.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <yihu/file.h>
#include <yihu/keyfile.h>

#include "folder/folder.h"
#include "seeds.h"

static const char *root, *vectors;

const char *named(const char *format, ...)
{
	static char text[512];
	va_list args;
	va_start(args, format);
	vsnprintf(text, sizeof text, format, args);
	va_end(args);
	return text;
}

void write_seed(const char *target, const char *name, const void *bytes, size_t len)
{
	struct yihu_error err;
	char *dir = yihu_path(root, target), *path = yihu_path(dir, name);
	for (char *c = path + strlen(dir) + 1; *c; c++)
		if (*c == '/')
			*c = '-';
	fixture_must(yihu_dir_make(dir, 0755, &err), &err);
	fixture_must(yihu_file_write(path, bytes, len, 0644, &err), &err);
	free(path);
	free(dir);
}

void seed(const char *target, const char *name, const struct yihu_buf *b)
{
	write_seed(target, name, b->data ? (const void *)b->data : "", b->len);
}

void seed_text(const char *target, const char *name, const char *text)
{
	write_seed(target, name, text, strlen(text));
}

void seed_selected(const char *target, const char *name, const uint8_t *choice, size_t n,
		   const struct yihu_buf *b)
{
	struct yihu_buf all = {0};
	yihu_buf_put(&all, choice, n);
	yihu_buf_put(&all, b->data, b->len);
	seed(target, name, &all);
	yihu_buf_free(&all);
}

static struct yihu_buf vector_file(const char *kind, const char *name)
{
	struct yihu_error err;
	struct yihu_buf b = {0};
	char *path = yihu_printf("%s/%s/%s", vectors, kind, name);
	fixture_must(yihu_file_read(path, 1 << 20, &b, &err), &err);
	free(path);
	return b;
}

/* Which file of a public folder is what target's. */
static const struct {
	const char *name, *target;
	bool in_vectors;
} files[] = {
	{"charter", "charter", true},        {"charter", "note", true},
	{"register", "register", true},      {"log/checkpoint", "checkpoint", true},
	{"box", "checkpoint", true},         {"mix/1", "mix", true},
	{"open/1", "opening", false},        {"open/2", "opening", false},
	{"election.pb", "definition", true}, {"election.pb", "votes", true},
	{"results.pb", "votes", false},      {"results.pb", "definition", false},
	{"results.json", "results", false},
};

static void seed_files(void)
{
	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		char *name = yihu_printf("world-%s", files[i].name);
		seed(files[i].target, name, fuzz_file(files[i].name));
		free(name);
		for (const char *const *kind = (const char *const[]){"approval", "consent", NULL};
		     files[i].in_vectors && *kind; kind++) {
			char *path = yihu_printf("public/%s", files[i].name);
			struct yihu_buf b = vector_file(*kind, path);
			name = yihu_printf("%s-%s", *kind, files[i].name);
			seed(files[i].target, name, &b);
			free(name);
			free(path);
			yihu_buf_free(&b);
		}
	}
}

static void seed_folder(void)
{
	const struct yihu_public *p = fuzz_world()->pub;
	for (size_t i = 0; i < p->n; i++)
		for (uint8_t stage = 0; stage < 9; stage += 4)
			seed_selected("public", named("%u-%s", stage, p->files[i].name),
				      (const uint8_t[]){(uint8_t)i, stage}, 2, &p->files[i].bytes);
}

static void seed_withdrawal(void)
{
	struct yihu_buf note = {0}, entry = {0};
	fixture_withdrawal(fuzz_world()->f, 1, "its price is wrong", UINT32_C(7), &note);
	yihu_entry_put(&entry, YIHU_ENTRY_WITHDRAW, FIXTURE_OPENS, note.data, note.len);
	seed_selected("entry", "withdraw", (const uint8_t[]){3}, 1, &entry);
	yihu_buf_free(&note);
	yihu_buf_free(&entry);
}

static void seed_log(void)
{
	const struct fixture_log *log = fuzz_world()->log;
	for (size_t i = 0; i < log->n; i++) {
		const struct yihu_buf *e = &log->entries[i];
		struct yihu_buf receipt = {0}, body = {0};
		char name[32];
		snprintf(name, sizeof name, "%zu", i);
		seed_selected("entry", name, (const uint8_t[]){(uint8_t)i}, 1, e);
		fixture_log_receipt(log, i, log->n, &receipt);
		seed("receipt", name, &receipt);
		seed_selected("receipt", named("make-%zu", i),
			      (const uint8_t[]){(uint8_t)i, 3, 0, 1, (uint8_t)(40 * i)}, 5, e);
		yihu_buf_put(&body, e->data + YIHU_ENTRY_HEAD_BYTES,
			     e->len - YIHU_ENTRY_HEAD_BYTES);
		if (e->data[0] == YIHU_ENTRY_BALLOT)
			seed("ballot", name, &body);
		yihu_buf_free(&receipt);
		yihu_buf_free(&body);
	}
	for (size_t i = 0; i < fuzz_world()->pub->n; i++)
		if (strstr(fuzz_world()->pub->files[i].name, "entries"))
			seed("tiles", "bundle", &fuzz_world()->pub->files[i].bytes);
	seed_text("tiles", "full", "tile/0/x001/067");
	seed_text("tiles", "partial", "tile/entries/000.p/14");
	seed_text("tiles", "high", "tile/7/255.p/1");
}

static void seed_bundle(const char *kind, const char *path)
{
	struct yihu_buf b = vector_file(kind, path);
	struct yihu_reader r = yihu_reader(b.data, b.len);
	const uint8_t *entry;
	size_t len, n = 0;
	seed("tiles", kind, &b);
	while (r.left > 0 && yihu_bundle_next(&r, &entry, &len))
		if (entry[0] == YIHU_ENTRY_BALLOT && n++ < 2)
			write_seed("ballot", named("%s-%zu", kind, n),
				   entry + YIHU_ENTRY_HEAD_BYTES, len - YIHU_ENTRY_HEAD_BYTES);
	yihu_buf_free(&b);
}

static void seed_recorded(void)
{
	struct yihu_buf b = vector_file("approval", "secrets.json");
	json_t *j = json_loadb((const char *)b.data, b.len, 0, NULL);
	const json_t *token = json_object_get(json_object_get(j, "tokens"), "1");
	const char *qr = json_string_value(json_object_get(token, "qr"));
	seed_text("token", "digits", qr);
	seed_text("token", "link", named("https://vote.example.org/v#%s", qr));
	seed_text("token", "query", named(" http://[::1]:8080/v?from=chat#%s\n", qr));
	seed_text("typed", "approval", json_string_value(json_object_get(token, "typed")));
	json_decref(j);
	yihu_buf_free(&b);
	seed_bundle("approval", "public/log/tile/entries/000.p/14");
	seed_bundle("consent", "public/log/tile/entries/000.p/9");
}

static void seed_typed(void)
{
	const uint8_t *eid = fuzz_world()->charter->eid;
	struct yihu_token t = fixture_token(fuzz_world()->f, 3);
	char typed[YIHU_TYPED_TEXT_BYTES], print[YIHU_SHORT_PRINT_BYTES];
	char hex[2 * YIHU_EID_BYTES + 1];
	yihu_token_typed(typed, eid, &t);
	yihu_short_print(print, eid);
	seed_text("typed", "world", typed);
	seed_text("typed", "print", print);
	seed_text("typed", "eid", yihu_hex_into(hex, eid, YIHU_EID_BYTES));
	seed_text("typed", "time", "2026-06-01T20:00:00Z");
	seed_text("typed", "local", "2026-06-01 20:00");
	for (const char *const *url =
		     (const char *const[]){"https://vote.example.org", "http://192.168.1.10:8080/",
					   "http://[fd00::1]", "http://localhost", NULL};
	     *url; url++)
		seed_text("token", *url, *url);
}

static void seed_forwarded(void)
{
	static const char *const rows[] = {
		"192.0.2.7",         "10.0.0.1, 192.0.2.7:443",
		"[2001:db8::7]:443", "2001:db8::/32",
		"192.0.2.0/24",      "unix",
		"::ffff:192.0.2.7",  "bytes=5-9",
		"bytes=-5",          "bytes=0-",
		"W/\"a\", \"b\"",    "*",
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		seed_text("forwarded", named("%zu", i), rows[i]);
}

static void seed_ceremony(void)
{
	const struct fuzz_world *w = fuzz_world();
	static const uint8_t digest[64] = "the announcements";
	const struct yihu_charter *c = w->charter;
	struct yihu_buf b = {0}, text = {0};
	yihu_announcement_make(&b, &c->holders[0], c->n, c->t, &w->f->holders[0]);
	seed("announcement", "1", &b);
	yihu_holder_line(&text, &c->holders[1], c->t);
	seed("announcement", "line", &text);
	yihu_buf_reset(&b);
	yihu_deal_make(&b, digest, 1, c->holders, c->n, c->t, w->f->polynomials[0],
		       &w->f->holders[0]);
	seed("deal", "1", &b);
	yihu_buf_reset(&b);
	yihu_vkey_text(&b, &c->log);
	seed("note", "vkey", &b);
	seed("note", "box", fuzz_file("box"));
	struct yihu_plan p = {.origin = c->origin,
			      .households = c->households,
			      .min_box = 1,
			      .opens = c->opens,
			      .closes = c->closes,
			      .issuer = c->issuer,
			      .log = c->log,
			      .t = c->t,
			      .n = c->n,
			      .q = c->q};
	yihu_buf_reset(&b);
	yihu_plan_text(&b, &p);
	seed("plan", "desk", &b);
	p.url = yihu_printf("https://%.*s", (int)strcspn(p.origin, "/"), p.origin);
	yihu_buf_reset(&b);
	yihu_plan_text(&b, &p);
	seed("plan", "online", &b);
	free(p.url);
	yihu_buf_free(&b);
	yihu_buf_free(&text);
}

static void seed_keyfile(const char *name, enum yihu_key_role role, const char *passphrase)
{
	struct yihu_keyfile *kf;
	struct yihu_error err;
	struct yihu_buf b = {0};
	char *path = yihu_path(root, "key");
	fixture_must(
		yihu_keyfile_create_with(&kf, path, role, "key", passphrase, &yihu_kdf_min, &err),
		&err);
	if (role == YIHU_ROLE_TRUSTEE) {
		kf->index = 1;
		kf->n = 3;
		kf->t = 2;
		kf->has_polynomial = kf->has_share = kf->has_dealt = kf->has_charter = true;
		yihu_polynomial_random(kf->polynomial, 2);
		kf->share = kf->polynomial[0];
		kf->has_box = true;
		yihu_buf_str(&kf->box, "box\n");
		kf->has_mix = kf->has_opened = true;
		kf->n_files = 2;
		kf->files[1][0] = 1;
		fixture_must(yihu_keyfile_save(kf, &err), &err);
		yihu_buf_put(&b, kf->keypair.sk, YIHU_SEED_BYTES);
		yihu_buf_put(&b, "\0\0\0\1\0\0\0\3\0\0\0\2\1", 13);
		yihu_buf_put(&b, kf->polynomial, 64);
		yihu_buf_put(&b, "\0\0\0\0\0", 5);
		seed("keyfile", "body", &b);
		yihu_buf_put(&b, "\3\0\0\0\20aaaaaaaabbbbbbbb", 21);
		seed("keyfile", "items", &b);
	}
	yihu_keyfile_close(kf);
	yihu_buf_reset(&b);
	fixture_must(yihu_file_read(path, 1 << 20, &b, &err), &err);
	seed("keyfile", name, &b);
	remove(path);
	free(path);
	yihu_buf_free(&b);
}

int main(int argc, char **argv)
{
	const char *data = getenv("YIHU_TEST_DATA");
	if (argc != 2 || !data) {
		fprintf(stderr, "usage: YIHU_TEST_DATA=tests/data seeds DIR\n");
		return 2;
	}
	root = argv[1];
	vectors = yihu_path(data, "vectors");
	seed_files();
	seed_folder();
	seed_log();
	seed_withdrawal();
	seed_recorded();
	seed_typed();
	seed_forwarded();
	seed_ceremony();
	seed_keyfile("plain", YIHU_ROLE_ISSUER, NULL);
	seed_keyfile("trustee", YIHU_ROLE_TRUSTEE, NULL);
	seed_keyfile("sealed", YIHU_ROLE_TRUSTEE, "passphrase");
	seed_messages();
	seed_written();
	return 0;
}
