/* SPDX-License-Identifier: Apache-2.0
 *
 * A token under way, as a file: token(84) ‖ be32 replaces ‖ household.
 */
#include "folder/pending.h"

#include <sodium.h>
#include <stdlib.h>

void pending_finish(struct pending *p)
{
	sodium_memzero(&p->token, sizeof p->token);
	free(p->household);
	p->household = NULL;
}

int pending_save(const struct pending *p, const struct yihu_folder *f, struct yihu_error *err)
{
	struct yihu_buf bytes = {0};
	uint8_t token[YIHU_TOKEN_BYTES];
	yihu_token_bytes(token, &p->token);
	yihu_buf_put(&bytes, token, sizeof token);
	yihu_buf_be32(&bytes, p->replaces);
	yihu_buf_str(&bytes, p->household);
	int r = folder_write(f, F_PENDING, &bytes, err);
	sodium_memzero(token, sizeof token);
	yihu_buf_free(&bytes);
	return r;
}

static int parse(struct pending *p, const struct yihu_buf *bytes, const struct yihu_folder *f,
		 struct yihu_error *err)
{
	uint8_t token[YIHU_TOKEN_BYTES];
	struct yihu_reader in = yihu_reader(bytes->data, bytes->len);
	int r = 0;
	yihu_read_into(&in, token, sizeof token);
	p->replaces = yihu_read_be32(&in);
	if (in.bad) {
		char *path = folder_path(f, F_PENDING);
		r = yihu_fail(err, YIHU_EFORMAT, _("%s is cut short; remove it"), path);
		free(path);
	} else {
		yihu_token_from_bytes(&p->token, token);
		p->household = yihu_strndup((const char *)in.p, in.left);
	}
	sodium_memzero(token, sizeof token);
	return r;
}

int pending_load(struct pending *p, const struct yihu_folder *f, struct yihu_error *err)
{
	struct yihu_buf bytes = {0};
	int r = folder_read(f, F_PENDING, &bytes, err);
	if (r == 0)
		r = parse(p, &bytes, f, err);
	yihu_buf_free(&bytes);
	return r;
}

uint32_t pending_serial(const struct yihu_folder *f)
{
	struct pending p = {0};
	uint32_t serial = pending_load(&p, f, NULL) == 0 ? p.token.serial : 0;
	pending_finish(&p);
	return serial;
}

int pending_forget(const struct yihu_folder *f, struct yihu_error *err)
{
	return folder_erase(f, F_PENDING, err);
}
