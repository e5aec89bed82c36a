/* SPDX-License-Identifier: Apache-2.0
 *
 * The letters: complete, read back, and secret.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <yihu/file.h>

#include "committee.h"

#define LETTERS 60

static struct committee *issued;

AROUND(set_up)
{
	issued = committee_new(&(struct committee_options){.households = LETTERS,
							   .url = "https://vote.example.org:8443"});
	committee_to(issued, YIHU_STAGE_ISSUED);
	return 0;
}

AROUND(tear_down)
{
	committee_free(issued);
	return 0;
}

TEST(every_letter_is_in_the_register)
{
	struct yihu_box *box;
	assert_int_equal(yihu_box_open(&box, issued->folder.box, COMMITTEE_OPENS, &issued->err), 0);
	const struct yihu_election *e = yihu_box_election(box);
	uint8_t seeds[LETTERS][YIHU_TOKEN_SEED_BYTES];
	for (uint32_t s = 1; s <= LETTERS; s++) {
		struct yihu_token token = committee_token(issued, s);
		struct yihu_credential_state has;
		struct yihu_keypair kp;
		yihu_token_keypair(&kp, e->charter->eid, &token);
		assert_int_equal(yihu_ledger_serial(yihu_box_ledger(box), s, &has, NULL), 0);
		assert_memory_equal(has.credential.pk, kp.pk, sizeof kp.pk);
		assert_memory_equal(has.credential.signature, token.signature,
				    sizeof token.signature);
		memcpy(seeds[s - 1], token.seed, sizeof token.seed);
		for (uint32_t before = 1; before < s; before++)
			assert_memory_not_equal(seeds[before - 1], token.seed, sizeof token.seed);
	}
	yihu_box_close(box);
}

/* What a command prints, in the temp folder. */
static struct yihu_buf output_of(struct committee *c, const char *command)
{
	struct yihu_buf out = {0};
	char *line = yihu_printf("cd '%s' && %s", c->temp, command);
	FILE *pipe = popen(line, "r");
	char chunk[4096];
	size_t got;
	assert_non_null(pipe);
	while ((got = fread(chunk, 1, sizeof chunk, pipe)) > 0)
		yihu_buf_put(&out, chunk, got);
	assert_int_equal(pclose(pipe), 0);
	free(line);
	return out;
}

TEST(every_code_reads_back)
{
	if (system("command -v zbarimg >/dev/null") != 0) {
		print_message("# zbarimg is not here: the codes are not read back\n");
		return;
	}
	struct yihu_buf read = output_of(issued, "zbarimg --quiet --raw -Sdisable -Sqrcode.enable "
						 "election/letters/qr/*.png 2>/dev/null");
	struct yihu_buf listed = output_of(
		issued,
		"tail -n +2 election/letters/list.csv | rev | cut -d, -f2 | rev | tr -d '\"\\t'");
	assert_int_equal(read.len, listed.len);
	assert_memory_equal(read.data, listed.data, read.len);
	assert_true(read.len > LETTERS * YIHU_TOKEN_DIGITS);
	yihu_buf_free(&read);
	yihu_buf_free(&listed);
}

TEST(every_drawing_reads_back)
{
	if (system("command -v zbarimg >/dev/null && command -v rsvg-convert >/dev/null") != 0) {
		print_message("# rsvg-convert is not here: SVG is compared by its modules alone\n");
		return;
	}
	struct yihu_buf read = output_of(issued, "rsvg-convert -d 300 -p 300 -o s.png "
						 "election/letters/qr/0007.svg && "
						 "zbarimg --quiet --raw s.png 2>/dev/null");
	struct yihu_buf listed = output_of(issued, "sed -n 8p election/letters/list.csv | rev | "
						   "cut -d, -f2 | rev | tr -d '\"\\t'");
	assert_int_equal(read.len, listed.len);
	assert_memory_equal(read.data, listed.data, read.len);
	yihu_buf_free(&read);
	yihu_buf_free(&listed);
}

TEST(typed_forms_and_ids_are_the_letters)
{
	struct yihu_buf list = committee_read(issued, "letters/list.csv");
	uint8_t eid[YIHU_EID_BYTES];
	char print[YIHU_SHORT_PRINT_BYTES], hex[65], typed[YIHU_TYPED_TEXT_BYTES];
	assert_int_equal(yihu_folder_eid(eid, &issued->folder, &issued->err), 0);
	yihu_short_print(print, eid);
	for (uint32_t s = 1; s <= LETTERS; s++) {
		struct yihu_token token = committee_token(issued, s);
		yihu_token_typed(typed, eid, &token);
		char *want = yihu_printf(",%s,%s,%s,https://", print,
					 yihu_hex_into(hex, eid, sizeof eid), typed);
		assert_non_null(strstr((char *)list.data, want));
		free(want);
	}
	yihu_buf_free(&list);
}

TEST(letters_are_for_their_owner_alone)
{
	committee_shell(issued, "test -z \"$(find election/letters election/secret -type f "
				"! -perm 600)\"");
	committee_shell(issued, "test -z \"$(find election/letters election/secret -type d "
				"! -perm 700)\"");
	committee_shell(issued, "test $(find election/letters -type f | wc -l) -eq 125");
	committee_shell(issued, "test \"$(stat -c %a election/box/log.key)\" = 600");
	committee_shell(issued, "test -z \"$(find . -name '.letters-new*' -o -name '.yihu-*')\"");
}

/* Looks for the needle in every file below dir but those of letters/. */
static void assert_nowhere(const char *dir, const void *needle, size_t len)
{
	DIR *d = opendir(dir);
	struct dirent *e;
	assert_non_null(d);
	while ((e = readdir(d)) != NULL) {
		struct stat st;
		if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0 ||
		    strcmp(e->d_name, "letters") == 0)
			continue;
		char *path = yihu_path(dir, e->d_name);
		struct yihu_buf bytes = {0};
		assert_int_equal(lstat(path, &st), 0);
		if (S_ISDIR(st.st_mode)) {
			assert_nowhere(path, needle, len);
		} else if (st.st_size > 0) {
			assert_int_equal(yihu_file_read(path, 64u << 20, &bytes, NULL), 0);
			if (memmem(bytes.data, bytes.len, needle, len) != NULL)
				fail_msg("%s holds a seed", path);
		}
		yihu_buf_free(&bytes);
		free(path);
	}
	closedir(d);
}

TEST(seeds_are_on_the_letters_alone)
{
	for (uint32_t s = 1; s <= LETTERS; s += 7) {
		struct yihu_token token = committee_token(issued, s);
		struct yihu_buf hex = {0}, base64 = {0};
		char digits[YIHU_TOKEN_DIGITS + 1];
		yihu_token_digits(digits, &token);
		yihu_hex(&hex, token.seed, sizeof token.seed);
		yihu_base64(&base64, token.seed, sizeof token.seed);
		assert_nowhere(issued->temp, token.seed, sizeof token.seed);
		assert_nowhere(issued->temp, digits, YIHU_TOKEN_DIGITS);
		assert_nowhere(issued->temp, hex.data, hex.len);
		assert_nowhere(issued->temp, base64.data, 20);
		yihu_buf_free(&hex);
		yihu_buf_free(&base64);
	}
}

TEST(the_search_for_seeds_finds_one)
{
	struct yihu_token token = committee_token(issued, 1);
	struct yihu_buf list = committee_read(issued, "letters/list.csv");
	char digits[YIHU_TOKEN_DIGITS + 1];
	yihu_token_digits(digits, &token);
	assert_non_null(memmem(list.data, list.len, digits, YIHU_TOKEN_DIGITS));
	yihu_buf_free(&list);
}

TEST(letters_are_issued_once)
{
	struct committee *c = committee_copy(issued);
	struct yihu_buf before = committee_read(c, "letters/list.csv");
	assert_int_equal(committee_letters(c), YIHU_EEXIST);
	struct yihu_buf after = committee_read(c, "letters/list.csv");
	assert_memory_equal(before.data, after.data, before.len);
	yihu_buf_free(&before);
	yihu_buf_free(&after);
	committee_free(c);
}

TEST(letters_wait_for_every_holder)
{
	struct committee *c = committee_new(NULL);
	committee_to(c, YIHU_STAGE_DEALT);
	assert_int_equal(committee_accept(c, 1), 0);
	assert_int_equal(committee_accept(c, 3), 0);
	assert_int_equal(committee_letters(c), YIHU_ESTATE);
	assert_non_null(strstr(c->err.text, "holder-2"));
	assert_null(strstr(c->err.text, "holder-1"));
	assert_false(committee_has(c, "letters") || committee_has(c, "box/public/register"));
	committee_free(c);
}

TEST(letters_are_refused)
{
	static const struct {
		const char *damage;
		int code;
	} rows[] = {
		{"sed -i 's/1-301/1-302/' election/secret/roll", YIHU_EROLL},
		{"sed -i 's/^./g/' election/secret/roll-salt", YIHU_EROLL},
		{"sed -i '1s/^1/0/;t;1s/^./1/' election/secret/roll-salt", YIHU_EROLL},
		{"rm election/secret/roll", YIHU_ENOENT},
		{"sed -i 's/lamps/lamqs/' election/election.pb", YIHU_EDEFINITION},
		{"rm election/ceremony/charter-2", YIHU_ESTATE},
		{"rm election/ceremony/charter", YIHU_ESTATE},
	};
	struct committee *base = committee_new(NULL);
	committee_to(base, YIHU_STAGE_CHARTERED);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct committee *c = committee_copy(base);
		committee_shell(c, rows[i].damage);
		assert_int_equal(committee_letters(c), rows[i].code);
		assert_false(committee_has(c, "letters"));
		assert_false(committee_has(c, "box/public/register"));
		committee_free(c);
	}
	committee_clock(COMMITTEE_CLOSES);
	assert_int_equal(committee_letters(base), YIHU_EOVER);
	committee_clock(COMMITTEE_OPENS - 100);
	committee_free(base);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_letter_is_in_the_register),
		cmocka_unit_test(every_code_reads_back),
		cmocka_unit_test(every_drawing_reads_back),
		cmocka_unit_test(typed_forms_and_ids_are_the_letters),
		cmocka_unit_test(letters_are_for_their_owner_alone),
		cmocka_unit_test(seeds_are_on_the_letters_alone),
		cmocka_unit_test(the_search_for_seeds_finds_one),
		cmocka_unit_test(letters_are_issued_once),
		cmocka_unit_test(letters_wait_for_every_holder),
		cmocka_unit_test(letters_are_refused),
	};
	return cmocka_run_group_tests_name("issue letters", tests, set_up, tear_down);
}
