/* SPDX-License-Identifier: Apache-2.0
 *
 * Which spellings are one flat.
 */
#include <stdlib.h>
#include <string.h>

#include "lists/door.h"
#include "test.h"

/* Spellings of one line have one strict key; all lines of a group one loose key. */
static const char *const groups[][8][6] = {
	{{"3栋-1单元-101", "３栋－1单元–１０１",
	  "3栋\xe2\x80\x91"
	  "1单元—101",
	  "3栋-1单元-\xe2\x80\xad"
	  "101\xe2\x80\xac",
	  " 3栋-1单元\xe2\x80\x8b-101"},
	 {"3栋1单元101"},
	 {"3-1-101"},
	 {"3栋 -1单元-101"},
	 {"三栋1单元101室"},
	 {"03幢-01单元-0101号房"},
	 {"叁号楼一单元一〇一", "叁号楼一单元一〇一 "},
	 {"3号楼 1单元 一百零一室"}},
	{{"A座-101", "a座-101", "Ａ座-101"}, {"A栋 101"}},
	{{"\xef\xa4\x8a栋-1-101", "金栋-1-101"}}, /* U+F90A */
	{{"十二栋-0-10"}, {"12幢-0-10"}, {"一二栋-0-010"}},
	{{"二十栋"}, {"20座"}},
	{{"Building 3, Unit 1, Room 101"}, {"3-1-101室"}},
	{{"1栋-1单元-1001"}},
	{{"11栋-单元-1001"}},
	{{"1栋-11-001"}},
	{{"东区1栋-101"}},
	{{"西区1栋-101"}},
	{{"101"}},
	{{"101A"}, {"101-a"}},
};

TEST(spellings_of_one_flat_have_one_key_and_others_have_not)
{
	char *loose[sizeof groups / sizeof *groups];
	for (size_t g = 0; g < sizeof groups / sizeof *groups; g++) {
		loose[g] = door_loose(groups[g][0][0]);
		for (size_t l = 0; l < 8 && groups[g][l][0]; l++) {
			char *strict = door_strict(groups[g][l][0]);
			for (size_t i = 0; i < 6 && groups[g][l][i]; i++) {
				char *a = door_strict(groups[g][l][i]),
				     *b = door_loose(groups[g][l][i]);
				assert_string_equal(a, strict);
				assert_string_equal(b, loose[g]);
				free(a);
				free(b);
			}
			free(strict);
		}
		for (size_t k = 0; k < g; k++)
			if (g != 5) /* in English it is the first one */
				assert_string_not_equal(loose[k], loose[g]);
	}
	assert_string_equal(loose[0], "3|1|101");
	assert_string_equal(loose[5], loose[0]);
	for (size_t g = 0; g < sizeof groups / sizeof *groups; g++)
		free(loose[g]);
}

TEST(strict_keys_tell_loose_spellings_apart)
{
	for (size_t l = 1; l < 8; l++) {
		char *a = door_strict(groups[0][0][0]), *b = door_strict(groups[0][l][0]);
		assert_string_not_equal(a, b);
		free(a);
		free(b);
	}
}

TEST(the_end_of_a_key_is_whole_parts)
{
	assert_true(door_ends("3|1|101", "101"));
	assert_true(door_ends("3|1|101", "1|101"));
	assert_true(door_ends("3|1|101", "3|1|101"));
	assert_false(door_ends("3|1|101", "01"));
	assert_false(door_ends("3|11|101", "1|101"));
	assert_false(door_ends("3|1|101", ""));
	assert_false(door_ends("1|101", "3|1|101"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(spellings_of_one_flat_have_one_key_and_others_have_not),
		cmocka_unit_test(strict_keys_tell_loose_spellings_apart),
		cmocka_unit_test(the_end_of_a_key_is_whole_parts),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
