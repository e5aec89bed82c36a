/* SPDX-License-Identifier: Apache-2.0
 *
 * Key files: what is saved comes back, for the passphrase and nobody else.
 */
#include "vectors.h"

#include <sys/stat.h>
#include <yihu/keyfile.h>

#define PASS "correct horse"

/* A folder, and the path of a key file in it that is not there yet. */
struct world {
	void *folder;
	char *path;
};

static int world_make(void **state)
{
	struct world *w = yihu_calloc(1, sizeof *w);
	if (folder_make(&w->folder) != 0)
		return -1;
	w->path = yihu_path(w->folder, "holder.key");
	*state = w;
	return 0;
}

static int world_free(void **state)
{
	struct world *w = *state;
	int rc = folder_remove(&w->folder);
	free(w->path);
	free(w);
	return rc;
}

static struct yihu_keyfile *create(const char *path, enum yihu_key_role role, const char *pass)
{
	struct yihu_keyfile *kf = NULL;
	assert_int_equal(
		yihu_keyfile_create_with(&kf, path, role, "holder-1", pass, &yihu_kdf_min, NULL),
		YIHU_OK);
	return kf;
}

static struct yihu_keyfile *reopen(const char *path, const char *pass)
{
	struct yihu_keyfile *kf = NULL;
	assert_int_equal(yihu_keyfile_open(&kf, path, pass, NULL), YIHU_OK);
	return kf;
}

/* Opens and closes; the code only. */
static int try_open(const char *path, const char *pass)
{
	struct yihu_keyfile *kf = NULL;
	int rc = yihu_keyfile_open(&kf, path, pass, NULL);
	yihu_keyfile_close(kf);
	return rc;
}

static void fill(struct yihu_keyfile *kf)
{
	kf->index = 2;
	kf->n = 15;
	kf->t = 15;
	kf->has_polynomial = kf->has_share = kf->has_dealt = kf->has_charter = kf->has_box = true;
	for (size_t k = 0; k < 15; k++)
		kf->polynomial[k] = yihu_scalar_random();
	kf->share = yihu_scalar_random();
	randombytes_buf(kf->dealt_s, sizeof kf->dealt_s);
	randombytes_buf(kf->eid, sizeof kf->eid);
	yihu_buf_str(&kf->box, "yihu-box-v1\n");
}

static void put_text(const char *path, const struct yihu_buf *text)
{
	assert_int_equal(yihu_file_write(path, text->data, text->len, 0600, NULL), YIHU_OK);
}

static void a_new_key_comes_back(void **state)
{
	struct world *w = *state;
	static const char *const passes[] = {NULL, PASS};
	static const enum yihu_key_role roles[] = {YIHU_ROLE_ISSUER, YIHU_ROLE_LOG,
						   YIHU_ROLE_TRUSTEE};
	for (size_t i = 0; i < 6; i++) {
		const char *pass = passes[i % 2];
		struct yihu_keyfile *made = create(w->path, roles[i / 2], pass);
		struct yihu_keypair kp = made->keypair;
		struct yihu_vkey key = made->vkey;
		struct stat st;
		yihu_keyfile_close(made);
		assert_int_equal(stat(w->path, &st), 0);
		assert_int_equal(st.st_mode & 07777, 0600);
		struct yihu_keyfile *kf = reopen(w->path, pass);
		assert_int_equal(kf->role, roles[i / 2]);
		assert_memory_equal(&kf->keypair, &kp, sizeof kp);
		assert_memory_equal(kf->keypair.pk, kf->vkey.pk, sizeof kf->vkey.pk);
		assert_true(yihu_vkey_same(&kf->vkey, &key));
		assert_int_equal(kf->n + kf->t + kf->index, 0);
		assert_false(kf->has_polynomial || kf->has_share || kf->has_dealt ||
			     kf->has_charter || kf->has_box || kf->retired);
		yihu_keyfile_close(kf);
		assert_int_equal(unlink(w->path), 0);
	}
	yihu_keyfile_close(NULL);
}

static void everything_saved_comes_back(void **state)
{
	struct world *w = *state;
	struct yihu_keyfile *kf = create(w->path, YIHU_ROLE_TRUSTEE, PASS);
	fill(kf);
	struct yihu_scalar polynomial[15], share = kf->share;
	uint8_t s[64], eid[32];
	memcpy(polynomial, kf->polynomial, sizeof polynomial);
	memcpy(s, kf->dealt_s, sizeof s);
	memcpy(eid, kf->eid, sizeof eid);
	assert_int_equal(yihu_keyfile_save(kf, NULL), YIHU_OK);
	yihu_keyfile_close(kf);
	kf = reopen(w->path, PASS);
	assert_int_equal(kf->index, 2);
	assert_int_equal(kf->n, 15);
	assert_int_equal(kf->t, 15);
	assert_true(kf->has_polynomial && kf->has_share && kf->has_dealt && kf->has_charter &&
		    kf->has_box && !kf->retired);
	assert_memory_equal(kf->polynomial, polynomial, sizeof polynomial);
	assert_memory_equal(&kf->share, &share, sizeof share);
	assert_memory_equal(kf->dealt_s, s, sizeof s);
	assert_memory_equal(kf->eid, eid, sizeof eid);
	assert_string_equal((char *)kf->box.data, "yihu-box-v1\n");
	yihu_keyfile_close(kf);
}

static void what_is_erased_stays_erased(void **state)
{
	struct world *w = *state;
	struct yihu_keyfile *kf = create(w->path, YIHU_ROLE_TRUSTEE, NULL);
	struct yihu_buf text = {0};
	fill(kf);
	assert_int_equal(yihu_keyfile_save(kf, NULL), YIHU_OK);
	kf->has_polynomial = kf->has_share = false;
	kf->retired = true;
	assert_int_equal(yihu_keyfile_save(kf, NULL), YIHU_OK);
	struct yihu_scalar share = kf->share;
	yihu_keyfile_close(kf);
	kf = reopen(w->path, NULL);
	assert_true(kf->retired && !kf->has_polynomial && !kf->has_share && kf->has_dealt);
	assert_true(sodium_is_zero(kf->share.bytes, sizeof kf->share.bytes));
	yihu_keyfile_close(kf);
	/* The file is plain: the share must be nowhere in its bytes. */
	struct yihu_buf body = {0};
	assert_int_equal(yihu_file_read(w->path, 1 << 20, &text, NULL), YIHU_OK);
	const char *plain = strstr((char *)text.data, "\nplain ");
	assert_non_null(plain);
	assert_true(yihu_unbase64(&body, (struct yihu_span){plain + 7, strlen(plain) - 8}));
	assert_null(memmem(body.data, body.len, share.bytes, sizeof share.bytes));
	yihu_buf_free(&body);
	yihu_buf_free(&text);
}

static void only_the_passphrase_opens(void **state)
{
	struct world *w = *state;
	bool needs = false;
	struct yihu_error err;
	struct yihu_keyfile *untouched = NULL;
	yihu_keyfile_close(create(w->path, YIHU_ROLE_TRUSTEE, PASS));
	assert_int_equal(yihu_keyfile_needs_passphrase(w->path, &needs, NULL), YIHU_OK);
	assert_true(needs);
	assert_int_equal(try_open(w->path, PASS), YIHU_OK);
	assert_int_equal(try_open(w->path, NULL), YIHU_EPASS);
	assert_int_equal(try_open(w->path, ""), YIHU_EPASS);
	assert_int_equal(try_open(w->path, "correct horsf"), YIHU_EPASS);
	assert_int_equal(try_open(w->path, PASS " "), YIHU_EPASS);
	assert_int_equal(yihu_keyfile_open(&untouched, w->path, "wrong secret", &err), YIHU_EPASS);
	assert_null(untouched);
	assert_non_null(strstr(err.text, w->path));
	assert_null(strstr(err.text, "wrong secret"));
}

static void no_key_has_a_name_with_hidden_signs(void **state)
{
	struct world *w = *state;
	struct yihu_keyfile *kf = NULL;
	struct yihu_error err = {0};
	static const char *const names[] = {"a\u200b", "\u202egnaw", "\ufe0f"};
	for (size_t i = 0; i < COUNT(names); i++) {
		assert_int_equal(yihu_keyfile_create_with(&kf, w->path, YIHU_ROLE_ISSUER, names[i],
							  PASS, &yihu_kdf_min, &err),
				 YIHU_ELOOKS);
		assert_false(yihu_file_exists(w->path));
		assert_null(strstr(err.text, names[i]));
	}
}

static void people_get_the_moderate_cost(void **state)
{
	struct world *w = *state;
	struct yihu_keyfile *kf = NULL;
	struct yihu_buf text = {0};
	assert_int_equal(yihu_keyfile_create(&kf, w->path, YIHU_ROLE_ISSUER, "n", PASS, NULL),
			 YIHU_OK);
	yihu_keyfile_close(kf);
	assert_int_equal(yihu_file_read(w->path, 1 << 20, &text, NULL), YIHU_OK);
	assert_non_null(strstr((char *)text.data, "\nkdf argon2id 3 268435456 "));
	yihu_buf_free(&text);
}

static void a_plain_file_needs_none(void **state)
{
	struct world *w = *state;
	bool needs = true;
	yihu_keyfile_close(create(w->path, YIHU_ROLE_LOG, NULL));
	assert_int_equal(yihu_keyfile_needs_passphrase(w->path, &needs, NULL), YIHU_OK);
	assert_false(needs);
	assert_int_equal(try_open(w->path, PASS), YIHU_OK);
}

static void the_header_tells_whose_key_it_is(void **state)
{
	struct world *w = *state;
	struct yihu_keyfile *kf = create(w->path, YIHU_ROLE_ISSUER, PASS);
	struct yihu_vkey key;
	enum yihu_key_role role = YIHU_ROLE_LOG;
	/* No lock is taken, so this works while the file is open. */
	assert_int_equal(yihu_keyfile_public(w->path, &role, &key, NULL), YIHU_OK);
	assert_int_equal(role, YIHU_ROLE_ISSUER);
	assert_true(yihu_vkey_same(&key, &kf->vkey));
	assert_string_equal(yihu_key_role_name(role), "issuer");
	yihu_keyfile_close(kf);
}

static void never_over_an_existing_file(void **state)
{
	struct world *w = *state;
	struct yihu_keyfile *kf = NULL;
	struct yihu_buf before = {0}, after = {0};
	yihu_keyfile_close(create(w->path, YIHU_ROLE_TRUSTEE, PASS));
	assert_int_equal(yihu_file_read(w->path, 1 << 20, &before, NULL), YIHU_OK);
	assert_int_equal(yihu_keyfile_create_with(&kf, w->path, YIHU_ROLE_TRUSTEE, "n", PASS,
						  &yihu_kdf_min, NULL),
			 YIHU_EEXIST);
	assert_null(kf);
	assert_int_equal(yihu_file_read(w->path, 1 << 20, &after, NULL), YIHU_OK);
	assert_int_equal(before.len, after.len);
	assert_memory_equal(before.data, after.data, after.len);
	yihu_buf_free(&before);
	yihu_buf_free(&after);
}

static void bad_names_and_passphrases_make_no_file(void **state)
{
	struct world *w = *state;
	struct yihu_keyfile *kf = NULL;
	assert_int_equal(yihu_keyfile_create_with(&kf, w->path, YIHU_ROLE_LOG, "two words", NULL,
						  &yihu_kdf_min, NULL),
			 YIHU_EFORMAT);
	assert_int_equal(
		yihu_keyfile_create_with(&kf, w->path, YIHU_ROLE_LOG, "n", "", &yihu_kdf_min, NULL),
		YIHU_EARG);
	assert_null(kf);
	assert_false(yihu_file_exists(w->path));
	assert_int_equal(try_open(w->path, NULL), YIHU_ENOENT);
}

static int open_in_child(void *path)
{
	return try_open(path, PASS);
}

static void an_open_key_is_locked(void **state)
{
	struct world *w = *state;
	struct yihu_keyfile *kf = create(w->path, YIHU_ROLE_TRUSTEE, PASS);
	assert_int_equal(child_exit(open_in_child, w->path), YIHU_ELOCKED);
	assert_int_equal(try_open(w->path, PASS), YIHU_ELOCKED);
	/* Saving replaces the file; the lock must hold all the same. */
	assert_int_equal(yihu_keyfile_save(kf, NULL), YIHU_OK);
	assert_int_equal(child_exit(open_in_child, w->path), YIHU_ELOCKED);
	yihu_keyfile_close(kf);
	assert_int_equal(child_exit(open_in_child, w->path), YIHU_OK);
	assert_int_equal(try_open(w->path, "wrong"), YIHU_EPASS);
	assert_int_equal(child_exit(open_in_child, w->path), YIHU_OK);
}

static void every_save_has_a_fresh_nonce(void **state)
{
	struct world *w = *state;
	struct yihu_keyfile *kf = create(w->path, YIHU_ROLE_TRUSTEE, PASS);
	struct yihu_buf first = {0}, second = {0};
	assert_int_equal(yihu_file_read(w->path, 1 << 20, &first, NULL), YIHU_OK);
	assert_int_equal(yihu_keyfile_save(kf, NULL), YIHU_OK);
	assert_int_equal(yihu_file_read(w->path, 1 << 20, &second, NULL), YIHU_OK);
	const char *a = strstr((char *)first.data, "\nsealed ");
	const char *b = strstr((char *)second.data, "\nsealed ");
	assert_non_null(a);
	assert_non_null(b);
	/* The header stays; of the 24 bytes of nonce (32 symbols) nothing does. */
	assert_int_equal(a - (char *)first.data, b - (char *)second.data);
	assert_memory_equal(first.data, second.data, (size_t)(a - (char *)first.data));
	assert_memory_not_equal(a + 8, b + 8, 32);
	assert_memory_not_equal(a + 40, b + 40, 32);
	yihu_keyfile_close(kf);
	yihu_buf_free(&first);
	yihu_buf_free(&second);
}

static void secrets_are_not_in_a_sealed_file(void **state)
{
	struct world *w = *state;
	struct yihu_keyfile *kf = create(w->path, YIHU_ROLE_TRUSTEE, PASS);
	struct yihu_buf text = {0}, blob = {0};
	fill(kf);
	assert_int_equal(yihu_keyfile_save(kf, NULL), YIHU_OK);
	assert_int_equal(yihu_file_read(w->path, 1 << 20, &text, NULL), YIHU_OK);
	const char *sealed = strstr((char *)text.data, "\nsealed ");
	assert_non_null(sealed);
	assert_true(yihu_unbase64(&blob, (struct yihu_span){sealed + 8, strlen(sealed) - 9}));
	assert_null(memmem(blob.data, blob.len, kf->keypair.sk, 32));
	assert_null(memmem(blob.data, blob.len, kf->share.bytes, 32));
	assert_null(memmem(blob.data, blob.len, "yihu-box", 8));
	assert_null(strstr((char *)text.data, PASS));
	yihu_keyfile_close(kf);
	yihu_buf_free(&text);
	yihu_buf_free(&blob);
}

/* Every byte of the file, changed in four ways, spoils it. */
static void refuse_all_changes(struct world *w, const char *pass)
{
	static const uint8_t masks[] = {0x01, 0x02, 0x10, 0x80};
	struct yihu_keyfile *kf = create(w->path, YIHU_ROLE_TRUSTEE, pass);
	struct yihu_buf text = {0};
	kf->index = kf->t = kf->n = 1;
	kf->has_share = true;
	kf->share = yihu_scalar_random();
	assert_int_equal(yihu_keyfile_save(kf, NULL), YIHU_OK);
	yihu_keyfile_close(kf);
	assert_int_equal(yihu_file_read(w->path, 1 << 20, &text, NULL), YIHU_OK);
	for (size_t i = 0; i < text.len; i++) {
		uint8_t mask = masks[i % COUNT(masks)];
		text.data[i] ^= mask;
		put_text(w->path, &text);
		int rc = try_open(w->path, pass);
		assert_true(rc == YIHU_EFORMAT || (pass && rc == YIHU_EPASS));
		text.data[i] ^= mask;
	}
	for (size_t len = 0; len < text.len; len += 7) {
		struct yihu_buf cut = {.data = text.data, .len = len};
		put_text(w->path, &cut);
		assert_int_equal(try_open(w->path, pass), YIHU_EFORMAT);
	}
	put_text(w->path, &text);
	assert_int_equal(try_open(w->path, pass), YIHU_OK);
	yihu_buf_u8(&text, '\n');
	put_text(w->path, &text);
	assert_int_equal(try_open(w->path, pass), YIHU_EFORMAT);
	yihu_buf_free(&text);
}

static void every_changed_byte_of_a_sealed_file_is_refused(void **state)
{
	refuse_all_changes(*state, PASS);
}

static void every_changed_byte_of_a_plain_file_is_refused(void **state)
{
	refuse_all_changes(*state, NULL);
}

/* The header of one sealed file over the body of another, same passphrase. */
static void a_body_belongs_to_its_header(void **state)
{
	struct world *w = *state;
	char *other = yihu_path(w->folder, "other.key");
	struct yihu_buf a = {0}, b = {0}, mixed = {0};
	yihu_keyfile_close(create(w->path, YIHU_ROLE_TRUSTEE, NULL));
	yihu_keyfile_close(create(other, YIHU_ROLE_TRUSTEE, NULL));
	assert_int_equal(yihu_file_read(w->path, 1 << 20, &a, NULL), YIHU_OK);
	assert_int_equal(yihu_file_read(other, 1 << 20, &b, NULL), YIHU_OK);
	const char *body = strstr((char *)b.data, "plain ");
	yihu_buf_put(&mixed, a.data, (size_t)(strstr((char *)a.data, "plain ") - (char *)a.data));
	yihu_buf_str(&mixed, body);
	put_text(w->path, &mixed);
	assert_int_equal(try_open(w->path, NULL), YIHU_EFORMAT);
	free(other);
	yihu_buf_free(&a);
	yihu_buf_free(&b);
	yihu_buf_free(&mixed);
}

/* A plain file is what its maker wrote, with a right checksum: the reader must
 * still refuse states that no program of ours saves. */
static void put_body(const char *path, const char *name, const uint8_t *body, size_t len)
{
	struct yihu_keyfile *kf = reopen(path, NULL);
	struct yihu_buf text = {0}, all = {0};
	uint8_t check[32];
	struct yihu_frame f;
	yihu_buf_fmt(&text, "yihu-key-v1\nrole %s\npublic ", name);
	yihu_vkey_text(&text, &kf->vkey);
	yihu_buf_str(&text, "\nkdf none\n");
	yihu_buf_put(&all, kf->keypair.sk, 32);
	yihu_buf_put(&all, body, len);
	yihu_frame_init(&f, "key-file");
	yihu_frame_item(&f, text.data, text.len);
	yihu_frame_item(&f, all.data, all.len);
	yihu_frame_hash32(&f, check);
	yihu_buf_put(&all, check, sizeof check);
	yihu_buf_str(&text, "plain ");
	yihu_base64(&text, all.data, all.len);
	yihu_buf_str(&text, "\n");
	yihu_keyfile_close(kf);
	put_text(path, &text);
	yihu_buf_free(&text);
	yihu_buf_free(&all);
}

static void states_that_cannot_be_are_refused(void **state)
{
	struct world *w = *state;
	static const char q[] = "edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010";
	static const char one[] =
		"0100000000000000000000000000000000000000000000000000000000000000";
	static const struct {
		const char *numbers, *polynomial, *share, *rest; /* hex, flags too */
		bool invalid;
	} rows[] = {
		{"000000000000000000000000", "", "",
		 "0000"
		 "00000000",
		 false},
		{"000000010000000100000001", "", "",
		 "0000"
		 "00000000",
		 false},
		{"000000010000000100000001", "one", "one", "00000000", false},
		{"000000010000000100000001", "", "", "000000000001", false},
		{"000000000000000000000000", "", "",
		 "0000"
		 "000000",
		 true},
		{"000000000000000000000000", "", "",
		 "0000"
		 "0000000000",
		 true},
		{"000000000000000000000000", "", "",
		 "0000"
		 "00000002",
		 true},
		{"000000000000000000000000", "", "",
		 "0002"
		 "00000000",
		 true},
		{"000000000000000100000001", "", "", "000000000000", true},
		{"000000020000000100000001", "", "", "000000000000", true},
		{"000000010000000100000002", "", "", "000000000000", true},
		{"000000010000000100000000", "", "", "000000000000", true},
		{"000000010000001000000001", "", "", "000000000000", true},
		{"000000010000000000000000", "", "", "000000000000", true},
		{"0000000100000001ffffffff", "", "", "000000000000", true},
		{"000000010000000100000001", "q", "one", "00000000", true},
		{"000000010000000100000001", "one", "q", "00000000", true},
		{"000000010000000100000001", "one", "one", "00000001", true},
		{"000000010000000100000001", "one", "one", "000001ffffffff00", true},
	};
	yihu_keyfile_close(create(w->path, YIHU_ROLE_TRUSTEE, NULL));
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct yihu_buf hex = {0};
		uint8_t body[256];
		yihu_buf_str(&hex, rows[i].numbers);
		const char *const scalars[] = {rows[i].polynomial, rows[i].share};
		for (size_t k = 0; k < 2; k++)
			if (*scalars[k])
				yihu_buf_fmt(&hex, "01%s", *scalars[k] == 'q' ? q : one);
		yihu_buf_str(&hex, rows[i].rest);
		unhex(body, hex.len / 2, (char *)hex.data);
		put_body(w->path, "trustee", body, hex.len / 2);
		assert_int_equal(try_open(w->path, NULL), rows[i].invalid ? YIHU_EFORMAT : YIHU_OK);
		yihu_buf_free(&hex);
		assert_int_equal(unlink(w->path), 0);
		yihu_keyfile_close(create(w->path, YIHU_ROLE_TRUSTEE, NULL));
	}
	put_body(w->path, "issuer", (const uint8_t *)"x", 1);
	assert_int_equal(try_open(w->path, NULL), YIHU_EFORMAT);
}

/* A right checksum over the key of one and the name of another. */
static void a_seed_belongs_to_its_public_key(void **state)
{
	struct world *w = *state;
	struct yihu_keyfile *kf = create(w->path, YIHU_ROLE_LOG, NULL);
	struct yihu_keypair other;
	yihu_keypair_random(&other);
	memcpy(kf->keypair.sk, other.sk, sizeof other.sk);
	assert_int_equal(yihu_keyfile_save(kf, NULL), YIHU_OK);
	yihu_keyfile_close(kf);
	assert_int_equal(try_open(w->path, NULL), YIHU_EFORMAT);
}

static void headers_that_ask_too_much_are_refused(void **state)
{
	struct world *w = *state;
	static const char *const kdfs[] = {
		"argon2id 17 8192 AAAAAAAAAAAAAAAAAAAAAA==",
		"argon2id 0 8192 AAAAAAAAAAAAAAAAAAAAAA==",
		"argon2id 1 8191 AAAAAAAAAAAAAAAAAAAAAA==",
		"argon2id 1 1073741825 AAAAAAAAAAAAAAAAAAAAAA==",
		"argon2id 1 8192 AAAAAAAAAAAAAAAAAAAA",
		"argon2id 1 8192",
		"argon2id 1 8192 AAAAAAAAAAAAAAAAAAAAAA== 1",
		"argon2i 1 8192 AAAAAAAAAAAAAAAAAAAAAA==",
		"None",
	};
	struct yihu_keyfile *kf = create(w->path, YIHU_ROLE_LOG, NULL);
	for (size_t i = 0; i < COUNT(kdfs); i++) {
		struct yihu_buf text = {0};
		bool needs;
		yihu_buf_str(&text, "yihu-key-v1\nrole log\npublic ");
		yihu_vkey_text(&text, &kf->vkey);
		yihu_buf_fmt(&text, "\nkdf %s\nsealed AAAA\n", kdfs[i]);
		put_text(w->path, &text);
		assert_int_equal(yihu_keyfile_needs_passphrase(w->path, &needs, NULL),
				 YIHU_EFORMAT);
		yihu_buf_free(&text);
	}
	yihu_keyfile_close(kf);
}

#define IN_WORLD(test) cmocka_unit_test_setup_teardown(test, world_make, world_free)

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_WORLD(a_new_key_comes_back),
		IN_WORLD(everything_saved_comes_back),
		IN_WORLD(what_is_erased_stays_erased),
		IN_WORLD(only_the_passphrase_opens),
		IN_WORLD(no_key_has_a_name_with_hidden_signs),
		IN_WORLD(people_get_the_moderate_cost),
		IN_WORLD(a_plain_file_needs_none),
		IN_WORLD(the_header_tells_whose_key_it_is),
		IN_WORLD(never_over_an_existing_file),
		IN_WORLD(bad_names_and_passphrases_make_no_file),
		IN_WORLD(an_open_key_is_locked),
		IN_WORLD(every_save_has_a_fresh_nonce),
		IN_WORLD(secrets_are_not_in_a_sealed_file),
		IN_WORLD(every_changed_byte_of_a_sealed_file_is_refused),
		IN_WORLD(every_changed_byte_of_a_plain_file_is_refused),
		IN_WORLD(a_body_belongs_to_its_header),
		IN_WORLD(states_that_cannot_be_are_refused),
		IN_WORLD(a_seed_belongs_to_its_public_key),
		IN_WORLD(headers_that_ask_too_much_are_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
