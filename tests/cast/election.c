/* SPDX-License-Identifier: Apache-2.0
 *
 * The server's charter, and letters under it: what is not proven is refused
 * before anything is sent.
 */
#include "fake.h"

#include <stdlib.h>
#include <string.h>

struct scene {
	struct fake *fake;
	struct http_client *client;
	struct fixture *stranger; /* another election */
};

static int setup(void **state)
{
	struct scene *s = yihu_calloc(1, sizeof *s);
	s->fake = fake_new(NULL);
	s->stranger = fixture_new(&(struct fixture_options){.name = "stranger", .projects = 5});
	assert_int_equal(http_client_new(&s->client, s->fake->url, NULL), 0);
	*state = s;
	return 0;
}

static int teardown(void **state)
{
	struct scene *s = *state;
	assert_int_equal(s->fake->posts, 0);
	http_client_free(s->client);
	fixture_free(s->stranger);
	fake_free(s->fake);
	free(s);
	return 0;
}

static void assert_refused(struct scene *s, const char *what, size_t at)
{
	struct yihu_election *e = NULL;
	struct yihu_error err = {0};
	if (cast_fetch_election(&e, s->client, &err) == 0)
		fail_msg("%s with byte %zu flipped was taken", what, at);
	assert_null(e);
	assert_int_not_equal(err.text[0], 0);
}

static void an_honest_charter_is_taken(void **state)
{
	struct scene *s = *state;
	struct yihu_election *e;
	assert_int_equal(cast_fetch_election(&e, s->client, NULL), 0);
	assert_memory_equal(e->charter->eid, s->fake->fixture->election->charter->eid,
			    YIHU_EID_BYTES);
	assert_null(e->reg);
	assert_int_equal(s->fake->gets, 2); /* not the whole register */
	yihu_election_free(e);
}

static void a_server_that_starts_is_waited_for(void **state)
{
	struct scene *s = *state;
	struct yihu_election *e = NULL;
	struct yihu_error err;
	s->fake->starting = 2;
	assert_int_equal(cast_fetch_election(&e, s->client, &err), YIHU_EBUSY);
	http_client_patience(s->client, 60);
	assert_int_equal(cast_fetch_election(&e, s->client, &err), 0);
	assert_int_equal(s->fake->gets, 4);
	yihu_election_free(e);
}

static void a_byte_of_charter_or_definition_flipped_is_refused(void **state)
{
	struct scene *s = *state;
	struct {
		const char *name;
		struct yihu_buf *file;
	} files[] = {{"charter", &s->fake->charter}, {"election.pb", &s->fake->definition}};
	for (size_t f = 0; f < COUNT(files); f++)
		for (size_t at = 0; at < files[f].file->len; at += 7) {
			files[f].file->data[at] ^= 1;
			assert_refused(s, files[f].name, at);
			files[f].file->data[at] ^= 1;
		}
}

/* Two honest files of two elections. */
static void files_of_two_elections_are_refused(void **state)
{
	struct scene *s = *state;
	yihu_buf_reset(&s->fake->definition);
	yihu_buf_put(&s->fake->definition, s->stranger->definition.data,
		     s->stranger->definition.len);
	assert_refused(s, "the definition", 0);
}

static void what_is_too_large_is_refused(void **state)
{
	struct scene *s = *state;
	struct yihu_error err;
	struct yihu_election *e;
	while (s->fake->charter.len <= YIHU_CHARTER_BYTES_MAX)
		yihu_buf_put(&s->fake->charter, s->fake->fixture->charter.data,
			     s->fake->fixture->charter.len);
	assert_int_equal(cast_fetch_election(&e, s->client, &err), YIHU_ETOOBIG);
}

static void the_election_id_of_the_letter_is_compared(void **state)
{
	struct scene *s = *state;
	const struct yihu_election *e = s->fake->fixture->election;
	struct yihu_error err;
	char print[YIHU_SHORT_PRINT_BYTES], hex[2 * YIHU_EID_BYTES + 1];
	yihu_short_print(print, e->charter->eid);
	yihu_hex_into(hex, e->charter->eid, YIHU_EID_BYTES);
	assert_int_equal(cast_expect_election(e, print, NULL), 0);
	assert_int_equal(cast_expect_election(e, hex, NULL), 0);
	hex[63] = hex[63] == '0' ? '1' : '0';
	assert_int_equal(cast_expect_election(e, hex, NULL), YIHU_EELECTION);
	print[28] = print[28] == '0' ? '1' : '0';
	assert_int_equal(cast_expect_election(e, print, &err), YIHU_EELECTION);
	print[28] = '\0';
	assert_int_equal(cast_expect_election(e, print, NULL), YIHU_EARG);
	assert_int_equal(cast_expect_election(e, "", NULL), YIHU_EARG);
}

static int scan(const struct yihu_election *e, struct yihu_buf text, struct yihu_token *t,
		struct yihu_error *err)
{
	int r = cast_token_from_scan(t, e, span_of(&text), err);
	yihu_buf_free(&text);
	return r;
}

static void a_letter_is_taken_as_scanned(void **state)
{
	struct scene *s = *state;
	const struct fixture *f = s->fake->fixture;
	struct yihu_token t, want = fixture_token(f, 5);
	assert_int_equal(scan(f->election, fake_scan(f, 5), &t, NULL), 0);
	assert_int_equal(t.serial, 5);
	assert_memory_equal(t.seed, want.seed, sizeof t.seed);
}

static void a_letter_of_another_election_is_refused(void **state)
{
	struct scene *s = *state;
	struct yihu_token t = {.serial = 77};
	struct yihu_error err;
	const struct yihu_election *e = s->fake->fixture->election;
	assert_int_equal(scan(e, fake_scan(s->stranger, 5), &t, &err), YIHU_EELECTION);
	assert_int_equal(t.serial, 77);
	/* its typed code fails by its check bytes */
	struct yihu_buf typed = fake_typed(s->stranger, 5);
	assert_int_equal(cast_token_from_typed(&t, e, s->client, span_of(&typed), &err),
			 YIHU_ETYPED);
	yihu_buf_free(&typed);
}

/* The digits of one household's letter under another's number. */
static void a_letter_with_another_serial_is_refused(void **state)
{
	struct scene *s = *state;
	const struct fixture *f = s->fake->fixture;
	struct yihu_token t = fixture_token(f, 5);
	char digits[YIHU_TOKEN_DIGITS + 1];
	t.serial = 6;
	yihu_token_digits(digits, &t);
	assert_int_equal(cast_token_from_scan(&t, f->election, yihu_span(digits), NULL),
			 YIHU_EELECTION);
}

static void a_typed_code_gets_its_signature_from_the_server(void **state)
{
	struct scene *s = *state;
	const struct fixture *f = s->fake->fixture;
	struct yihu_token t, want = fixture_token(f, 4);
	struct yihu_buf typed = fake_typed(f, 4);
	assert_int_equal(cast_token_from_typed(&t, f->election, s->client, span_of(&typed), NULL),
			 0);
	assert_memory_equal(t.signature, want.signature, sizeof t.signature);
	s->fake->other_signature = true;
	assert_int_equal(cast_token_from_typed(&t, f->election, s->client, span_of(&typed), NULL),
			 YIHU_EELECTION);
	s->fake->other_signature = false;
	s->fake->other_pk = true;
	assert_int_equal(cast_token_from_typed(&t, f->election, s->client, span_of(&typed), NULL),
			 YIHU_ECREDENTIAL);
	yihu_buf_free(&typed);
}

/* Each ASCII sign as its full-width form, a hyphen as a long dash. */
static struct yihu_buf wide(const char *text)
{
	struct yihu_buf out = {0};
	for (const char *p = text; *p; p++) {
		if (*p == '-')
			yihu_buf_str(&out, "—");
		else if (*p >= '0' && *p <= '9')
			yihu_buf_fmt(&out, "\xef\xbc%c", *p - '0' + 0x90);
		else
			yihu_buf_fmt(&out, "%c", *p);
	}
	return out;
}

static void a_code_typed_through_an_input_method_is_taken(void **state)
{
	struct scene *s = *state;
	const struct fixture *f = s->fake->fixture;
	struct yihu_token t, want = fixture_token(f, 4);
	char digits[YIHU_TOKEN_DIGITS + 1];
	struct yihu_buf typed = fake_typed(f, 4);
	yihu_token_digits(digits, &want);
	assert_int_equal(scan(f->election, wide(digits), &t, NULL), 0);
	assert_memory_equal(t.seed, want.seed, sizeof t.seed);
	struct yihu_buf link = {0};
	yihu_buf_fmt(&link, "\xef\xbb\xbfHTTPS://VOTE.EXAMPLE.ORG/V#%s", digits);
	assert_int_equal(scan(f->election, link, &t, NULL), 0);
	assert_memory_equal(t.seed, want.seed, sizeof t.seed);
	struct yihu_buf wide_typed = wide(yihu_buf_bytes(&typed));
	assert_int_equal(
		cast_token_from_typed(&t, f->election, s->client, span_of(&wide_typed), NULL), 0);
	assert_memory_equal(t.seed, want.seed, sizeof t.seed);
	yihu_buf_free(&wide_typed);
	yihu_buf_free(&typed);
}

#define SCENE(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		SCENE(an_honest_charter_is_taken),
		SCENE(a_server_that_starts_is_waited_for),
		SCENE(a_byte_of_charter_or_definition_flipped_is_refused),
		SCENE(files_of_two_elections_are_refused),
		SCENE(what_is_too_large_is_refused),
		SCENE(the_election_id_of_the_letter_is_compared),
		SCENE(a_letter_is_taken_as_scanned),
		SCENE(a_letter_of_another_election_is_refused),
		SCENE(a_letter_with_another_serial_is_refused),
		SCENE(a_typed_code_gets_its_signature_from_the_server),
		SCENE(a_code_typed_through_an_input_method_is_taken),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
