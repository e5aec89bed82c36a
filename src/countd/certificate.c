/* SPDX-License-Identifier: Apache-2.0
 *
 * Pairs of certificate and key, each for as long as a connection has it.
 */
#include "certificate.h"

#include <assert.h>
#include <gnutls/x509.h>
#include <limits.h>
#include <pthread.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <yihu/bytes.h>
#include <yihu/file.h>

#define PEM_BYTES_MAX (256u << 10)

struct certificate_pair {
	gnutls_certificate_credentials_t credentials;
	uint8_t files[crypto_hash_sha256_BYTES]; /* the SHA-256 of both */
	uint64_t expires;                        /* the certificate, unix seconds */
	unsigned users;                          /* connections, and one while it is the newest */
};

struct certificate {
	char *chain_path, *key_path;
	pthread_mutex_t lock; /* of newest and every pair's users */
	struct certificate_pair *newest;
};

/* A group may read it, as web servers have it; everybody may not. */
static int check_private(const char *path, struct yihu_error *err)
{
	struct stat st;
	if (stat(path, &st) != 0 || (st.st_mode & S_IRWXO) == 0)
		return 0; /* what is not there, its reader tells */
	return yihu_fail(err, YIHU_EIO,
			 _("%s can be read by every user of this computer: change its mode with "
			   "chmod 600, and get a new key where others may have read it"),
			 path);
}

/* Programs that get certificates have links to the newest. */
static int read_pem(struct yihu_buf *out, const char *path, struct yihu_error *err)
{
	char *behind = realpath(path, NULL);
	int r = yihu_file_read(behind ? behind : path, PEM_BYTES_MAX, out, err);
	free(behind);
	return r;
}

static void hash_files(uint8_t out[static crypto_hash_sha256_BYTES], const struct yihu_buf *chain,
		       const struct yihu_buf *key)
{
	crypto_hash_sha256_state s;
	uint8_t len[8];
	crypto_hash_sha256_init(&s);
	yihu_store_be64(len, chain->len);
	crypto_hash_sha256_update(&s, len, sizeof len);
	crypto_hash_sha256_update(&s, chain->data, chain->len);
	crypto_hash_sha256_update(&s, key->data, key->len);
	crypto_hash_sha256_final(&s, out);
	sodium_memzero(&s, sizeof s);
}

/* Of the first certificate of a chain; 0: there is none. */
static uint64_t expiry_of(const struct yihu_buf *chain)
{
	const gnutls_datum_t pem = {chain->data, (unsigned)chain->len};
	gnutls_x509_crt_t crt;
	time_t at = 0;
	if (chain->len == 0 || gnutls_x509_crt_init(&crt) < 0)
		return 0;
	if (gnutls_x509_crt_import(crt, &pem, GNUTLS_X509_FMT_PEM) >= 0)
		at = gnutls_x509_crt_get_expiration_time(crt);
	gnutls_x509_crt_deinit(crt);
	return at > 0 ? (uint64_t)at : 0;
}

static void pair_free(struct certificate_pair *p)
{
	if (p->credentials)
		gnutls_certificate_free_credentials(p->credentials);
	free(p);
}

static int pair_new(struct certificate_pair **out, const struct certificate *c,
		    const struct yihu_buf *chain, const struct yihu_buf *key,
		    struct yihu_error *err)
{
	struct certificate_pair *p = yihu_calloc(1, sizeof *p);
	const gnutls_datum_t a = {chain->data, (unsigned)chain->len};
	const gnutls_datum_t b = {key->data, (unsigned)key->len};
	p->users = 1;
	hash_files(p->files, chain, key);
	p->expires = expiry_of(chain);
	int r = gnutls_certificate_allocate_credentials(&p->credentials);
	if (r >= 0)
		r = gnutls_certificate_set_x509_key_mem2(p->credentials, &a, &b,
							 GNUTLS_X509_FMT_PEM, NULL, 0);
	if (r >= 0) {
		*out = p;
		return 0;
	}
	pair_free(p);
	return yihu_fail(err, YIHU_EFORMAT,
			 _("TLS cannot be started with the certificate %s and the key %s: %s"),
			 c->chain_path, c->key_path, gnutls_strerror(r));
}

static int pair_read(struct certificate_pair **out, const struct certificate *c,
		     struct yihu_error *err)
{
	struct yihu_buf chain = {0}, key = {0};
	int r = read_pem(&chain, c->chain_path, err);
	if (r == 0)
		r = check_private(c->key_path, err);
	if (r == 0)
		r = read_pem(&key, c->key_path, err);
	if (r == 0)
		r = pair_new(out, c, &chain, &key, err);
	yihu_buf_free(&chain);
	yihu_buf_free(&key);
	return r;
}

int certificate_open(struct certificate **out, const char *chain, const char *key,
		     struct yihu_error *err)
{
	struct certificate *c = yihu_calloc(1, sizeof *c);
	pthread_mutex_init(&c->lock, NULL);
	c->chain_path = yihu_strdup(chain);
	c->key_path = yihu_strdup(key);
	int r = pair_read(&c->newest, c, err);
	if (r == 0)
		*out = c;
	else
		certificate_close(c);
	return r;
}

void certificate_close(struct certificate *c)
{
	if (!c)
		return;
	if (c->newest) {
		assert(c->newest->users == 1);
		pair_free(c->newest);
	}
	pthread_mutex_destroy(&c->lock);
	free(c->chain_path);
	free(c->key_path);
	free(c);
}

int certificate_renew(struct certificate *c, bool *news, struct yihu_error *err)
{
	struct certificate_pair *next = NULL, *before;
	int r = pair_read(&next, c, err);
	if (r != 0)
		return r;
	pthread_mutex_lock(&c->lock);
	before = c->newest;
	c->newest = next;
	*news = memcmp(before->files, next->files, sizeof next->files) != 0;
	pthread_mutex_unlock(&c->lock);
	certificate_release(c, before);
	return 0;
}

uint64_t certificate_expires(struct certificate *c)
{
	pthread_mutex_lock(&c->lock);
	uint64_t at = c->newest->expires;
	pthread_mutex_unlock(&c->lock);
	return at;
}

uint64_t certificate_file_expires(const char *chain)
{
	struct yihu_buf pem = {0};
	uint64_t at = read_pem(&pem, chain, NULL) == 0 ? expiry_of(&pem) : 0;
	yihu_buf_free(&pem);
	return at;
}

struct certificate_pair *certificate_use(struct certificate *c, gnutls_session_t session)
{
	pthread_mutex_lock(&c->lock);
	struct certificate_pair *p = c->newest;
	p->users++;
	pthread_mutex_unlock(&c->lock);
	if (gnutls_credentials_set(session, GNUTLS_CRD_CERTIFICATE, p->credentials) >= 0)
		return p;
	certificate_release(c, p);
	return NULL;
}

void certificate_release(struct certificate *c, struct certificate_pair *pair)
{
	pthread_mutex_lock(&c->lock);
	bool last = --pair->users == 0;
	pthread_mutex_unlock(&c->lock);
	if (last)
		pair_free(pair);
}
