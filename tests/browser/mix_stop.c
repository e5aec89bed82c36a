/* SPDX-License-Identifier: Apache-2.0
 *
 * The key holders' program, stopped while it shuffles, for a test that takes its power away
 * just then: at the mix whose number stands in the file YIHU_TEST_MIX_STOP.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

#include <yihu/shuffle.h>

int __real_yihu_mix_make(struct yihu_buf *out, const struct yihu_mix_context *x,
			 const struct yihu_ciphertext *in, const struct yihu_keypair *kp,
			 const struct yihu_progress *progress, struct yihu_error *err);
int __wrap_yihu_mix_make(struct yihu_buf *out, const struct yihu_mix_context *x,
			 const struct yihu_ciphertext *in, const struct yihu_keypair *kp,
			 const struct yihu_progress *progress, struct yihu_error *err);

static uint32_t where_to_stop(void)
{
	const char *path = getenv("YIHU_TEST_MIX_STOP");
	FILE *f = path ? fopen(path, "re") : NULL;
	char text[16] = "";
	if (f && !fgets(text, sizeof text, f))
		text[0] = '\0';
	if (f)
		fclose(f);
	return (uint32_t)strtoul(text, NULL, 10);
}

int __wrap_yihu_mix_make(struct yihu_buf *out, const struct yihu_mix_context *x,
			 const struct yihu_ciphertext *in, const struct yihu_keypair *kp,
			 const struct yihu_progress *progress, struct yihu_error *err)
{
	if (where_to_stop() == x->k)
		raise(SIGSTOP);
	return __real_yihu_mix_make(out, x, in, kp, progress, err);
}
