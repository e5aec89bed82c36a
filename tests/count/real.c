/* SPDX-License-Identifier: Apache-2.0
 *
 * The real elections of tests/data/pb.
 */
#include <stdlib.h>
#include <string.h>

#include <yihu/file.h>

#include "real.h"
#include "test.h"

static char *data_path(const char *name, const char *suffix)
{
	return yihu_printf("%s/pb/%s%s", getenv("YIHU_TEST_DATA"), name, suffix);
}

/* Rules that cities name and we do not ("unknown") make way for greedy. */
static void name_a_rule(struct yihu_buf *file)
{
	static const char unknown[] = "rule;unknown", greedy[] = "rule;greedy ";
	char *at = memmem(file->data, file->len, unknown, sizeof unknown - 1);
	if (at)
		memcpy(at, greedy, sizeof greedy - 1);
}

void real_read(struct real *x, const char *name)
{
	struct yihu_error err = {0};
	struct yihu_buf file = {0}, strict = {0};
	char *path = data_path(name, ".pb");
	memset(x, 0, sizeof *x);
	if (yihu_file_read(path, YIHU_DEFINITION_BYTES_MAX, &file, &err))
		fail_msg("%s", err.text);
	name_a_rule(&file);
	if (yihu_definition_convert(&strict, NULL, file.data, file.len, &err) ||
	    yihu_definition_parse(&x->d, strict.data, strict.len, &err) ||
	    yihu_votes_read(&x->votes, x->d, file.data, file.len, &err))
		fail_msg("%s: %s", name, err.text);
	free(path);
	yihu_buf_free(&file);
	yihu_buf_free(&strict);
}

void real_count(struct real *x, const char *rule)
{
	struct yihu_error err = {0};
	struct yihu_profile p = {.definition = x->d,
				 .n = x->votes.n,
				 .digits = x->votes.digits,
				 .cast = x->votes.n,
				 .has_lot = true};
	if (rule) {
		free(x->d->rule);
		x->d->rule = yihu_strdup(rule);
		x->d->has_threshold = false;
		x->d->comparison = x->d->eligibility = false;
	}
	if (yihu_count(&x->o, &p, &err))
		fail_msg("%s", err.text);
}

void real_free(struct real *x)
{
	yihu_outcome_free(x->o);
	yihu_votes_free(&x->votes);
	yihu_definition_free(x->d);
}

json_t *real_expected;

int real_expect(const char *name)
{
	char *path = data_path(name, ".json");
	real_expected = json_load_file(path, JSON_REJECT_DUPLICATES, NULL);
	free(path);
	return real_expected ? 0 : -1;
}

int real_forget(void **state)
{
	(void)state;
	json_decref(real_expected);
	return 0;
}
