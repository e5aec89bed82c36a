/* SPDX-License-Identifier: Apache-2.0
 *
 * Key files: one key of one role, and for key holders all that the key has
 * ever promised (PROTOCOL §3, "Marks").
 *
 * The file is text, mode 0600:
 *
 *   yihu-key-v1
 *   role issuer | log | trustee
 *   public <verifier key>
 *   kdf none | kdf argon2id <ops> <memory bytes> <base64 salt>
 *   plain <base64(body ‖ H32("key-file"; the lines before, body))>
 *     or sealed <base64(nonce ‖ XChaCha20-Poly1305(body; the lines before))>
 *
 * `plain` with `kdf none`, `sealed` with `kdf argon2id`. The checksum of a
 * plain file finds damage; only the seal finds malice.
 *
 * An open key file is locked (a file `.NAME.lock` beside it) until it is
 * closed: no two programs act with one key at the same time. The whole struct
 * lies in guarded memory (sodium_malloc) and is wiped by yihu_keyfile_close.
 * Change its fields, then yihu_keyfile_save: a mark must be saved before
 * anything that it stands for leaves the program.
 */
#ifndef YIHU_KEYFILE_H
#define YIHU_KEYFILE_H

#include <yihu/group.h>
#include <yihu/hash.h>
#include <yihu/note.h>
#include <yihu/seal.h>

#define YIHU_TRUSTEES_MAX 15
#define YIHU_KEY_FILES_MAX 16 /* of one key: the first and its copies */
#define YIHU_KEY_FILE_ID_BYTES 8
#define YIHU_KEYFILE_MAX_BYTES (1 << 20)

enum yihu_key_role {
	YIHU_ROLE_ISSUER,
	YIHU_ROLE_LOG,
	YIHU_ROLE_TRUSTEE,
};

struct yihu_keyfile {
	enum yihu_key_role role;
	struct yihu_vkey vkey;
	struct yihu_keypair keypair;

	/* The rest is a trustee's; all zero for the other roles. */
	uint32_t index, n, t; /* all 0 until the first announcement */
	bool has_polynomial;
	struct yihu_scalar polynomial[YIHU_TRUSTEES_MAX]; /* a_0 … a_{t-1} */
	bool has_share;
	struct yihu_scalar share; /* x_j */
	bool has_dealt;
	uint8_t dealt_s[YIHU_HASH_BYTES]; /* the one S it deals over */
	bool has_charter;
	uint8_t eid[YIHU_EID_BYTES]; /* of the one charter it signs */
	bool has_box;
	struct yihu_buf box; /* text of the one box it signs; freed by close */
	bool retired;        /* share and polynomial were erased for good */
	bool has_mix;
	uint8_t mix[YIHU_HASH_BYTES]; /* SHA-512 of the one mix file it made */
	bool has_opened;
	uint8_t opened[YIHU_HASH_BYTES]; /* hash of the one list it opened */
	/* The files of this key that this one knows of, itself first; 0 when it is
	 * the only one, never 1. Random, so that no two files are mistaken. */
	size_t n_files;
	uint8_t files[YIHU_KEY_FILES_MAX][YIHU_KEY_FILE_ID_BYTES];

	struct yihu_keyfile_seal *seal; /* keyfile.c's own: path, lock, key */
};

/* Makes a new random key and its file, and leaves it open. Never over an
 * existing file (YIHU_EEXIST). passphrase NULL: not encrypted; an empty one is
 * YIHU_EARG. */
int yihu_keyfile_create(struct yihu_keyfile **out, const char *path, enum yihu_key_role role,
			const char *name, const char *passphrase, struct yihu_error *err);
/* The same at another cost of guessing the passphrase: tests cannot wait for
 * what people get, yihu_kdf_moderate. */
int yihu_keyfile_create_with(struct yihu_keyfile **out, const char *path, enum yihu_key_role role,
			     const char *name, const char *passphrase, const struct yihu_kdf *kdf,
			     struct yihu_error *err);

/* YIHU_ELOCKED when another program has it open, YIHU_EPASS when the
 * passphrase is missing or wrong (or the sealed part was changed),
 * YIHU_EFORMAT when it is no sound key file, YIHU_EVERSION when it holds an item
 * that only a newer program knows. A passphrase for a file that needs none is
 * ignored. */
int yihu_keyfile_open(struct yihu_keyfile **out, const char *path, const char *passphrase,
		      struct yihu_error *err);

/* Without opening or locking: is a passphrase needed, and whose key is it?
 * role and vkey are those the header claims: not proven until it is opened. */
int yihu_keyfile_needs_passphrase(const char *path, bool *needs, struct yihu_error *err);
int yihu_keyfile_public(const char *path, enum yihu_key_role *role, struct yihu_vkey *vkey,
			struct yihu_error *err);

/* Writes the fields back: whole or not at all, synced, sealed with a fresh
 * nonce; the file's old state is destroyed (yihu/secret.h). On failure the file
 * on disk is the old one or the new one. */
int yihu_keyfile_save(struct yihu_keyfile *kf, struct yihu_error *err);

/* Makes a second file of this key (a trustee's) at path, never over another
 * file, and reads it back from the medium. The same passphrase opens it. From
 * then on each knows of the other: kf is saved first, so that no copy is ever
 * unknown; cut off in between, kf counts one that is not there. A copy of this
 * key that is at path already is read, and left as it is (*made false). */
int yihu_keyfile_copy(struct yihu_keyfile *kf, const char *path, bool *made,
		      struct yihu_error *err);

/* Wipes and unlocks; NULL is fine. Does not save. */
void yihu_keyfile_close(struct yihu_keyfile *kf);

/* "issuer", "log", "trustee": the file's own words, not translated. */
const char *yihu_key_role_name(enum yihu_key_role role);

#endif
