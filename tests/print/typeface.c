/* SPDX-License-Identifier: Apache-2.0
 *
 * Letters that the typeface lacks are set in another font where one has them,
 * and named where none has. Fontconfig reads its file once a process, so each
 * look is made in a child of its own.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "print/page.h"
#include "print/pdf.h"
#include "test.h"

#define ACCEPT(family)                                                                             \
	"<acceptfont><pattern><patelt name=\"family\"><string>" family                             \
	"</string></patelt></pattern></acceptfont>"
#define FONTS(accepted)                                                                            \
	"<?xml version=\"1.0\"?><fontconfig><dir>/usr/share/fonts</dir>"                           \
	"<cachedir>/var/cache/fontconfig</cachedir><selectfont>" accepted                          \
	"<rejectfont><pattern><patelt name=\"scalable\"><bool>true</bool></patelt></pattern>"      \
	"</rejectfont></selectfont></fontconfig>"
static const char chinese_only[] = FONTS(ACCEPT("Noto Sans CJK SC"));
static const char and_dejavu[] = FONTS(ACCEPT("Noto Sans CJK SC") ACCEPT("DejaVu Sans"));
static const char latin_only[] = FONTS(ACCEPT("DejaVu Sans"));

/* What setting text comes to: its code, why, and which fonts it is set in. */
struct seen {
	int code;
	char why[1024];
	char parts[200]; /* "DejaVu Sans 0-5;" for each part that is not the typeface's */
};

static void put_parts(struct seen *s, PangoAttrList *list)
{
	GSList *all = pango_attr_list_get_attributes(list);
	for (GSList *l = all; l != NULL; l = l->next) {
		const PangoAttribute *a = l->data;
		size_t n = strlen(s->parts);
		if (a->klass->type == PANGO_ATTR_FAMILY)
			snprintf(s->parts + n, sizeof s->parts - n, "%s %u-%u;",
				 ((const PangoAttrString *)l->data)->value, a->start_index,
				 a->end_index);
	}
	g_slist_free_full(all, (GDestroyNotify)pango_attribute_destroy);
}

static void look(struct seen *s, bool bold, const char *text)
{
	struct typeface t;
	struct yihu_error err = {0};
	s->code = typeface_open(&t, true, &err);
	if (s->code == 0)
		s->code = typeface_check(&t, bold, text, &err);
	if (s->code == 0) {
		PangoAttrList *list = typeface_dress(&t, bold, text);
		put_parts(s, list);
		pango_layout_set_text(t.layout, text, -1);
		pango_layout_set_attributes(t.layout, list);
		PangoFontDescription *d = typeface_description(10, bold);
		pango_layout_set_font_description(t.layout, d);
		if (pango_layout_get_unknown_glyphs_count(t.layout) != 0)
			s->code = -1; /* a box */
		pango_font_description_free(d);
		pango_attr_list_unref(list);
	}
	snprintf(s->why, sizeof s->why, "%s", err.text);
	typeface_close(&t);
}

static struct seen with_fonts(const char *fonts, bool bold, const char *text)
{
	struct seen s = {0};
	int to_us[2], status;
	char path[] = "/tmp/yihu-fonts-XXXXXX";
	int fd = mkstemp(path);
	assert_true(fd >= 0 && pipe(to_us) == 0);
	assert_int_equal(write(fd, fonts, strlen(fonts)), strlen(fonts));
	close(fd);
	pid_t child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		setenv("FONTCONFIG_FILE", path, 1);
		look(&s, bold, text);
		_exit(write(to_us[1], &s, sizeof s) == sizeof s ? 0 : 1);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
	assert_int_equal(read(to_us[0], &s, sizeof s), sizeof s);
	close(to_us[0]);
	close(to_us[1]);
	unlink(path);
	return s;
}

static const struct {
	const char *text, *parts;
} rows[] = {
	{"修路 Roads café", ""},
	{"Świecie", "DejaVu Sans 0-8;"},
	{"Nowa ścieżka, las", "DejaVu Sans 5-14;"},
	{"修żł路", "DejaVu Sans 3-7;"},
	{"z\u0306 i z", "DejaVu Sans 0-3;"},
	{"葛\U000e0101城", ""}, /* a name that picks the form of a character */
};

TEST(a_word_with_a_missing_letter_is_set_in_another_font)
{
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		for (int bold = 0; bold < 2; bold++) {
			struct seen s = with_fonts(and_dejavu, bold, rows[i].text);
			if (s.code != 0 || strcmp(s.parts, rows[i].parts) != 0)
				fail_msg("%s: code %d, %s%s", rows[i].text, s.code, s.parts, s.why);
		}
}

TEST(what_no_font_has_is_named_with_the_font)
{
	static const struct {
		const char *fonts, *text, *character;
	} lacking[] = {
		{chinese_only, "Kuźnia", "“ź” (U+017A)"},
		{chinese_only, "Park Łąka", "“Ł” (U+0141)"},
		{and_dejavu, "王\U00016a40", "(U+16A40)"},
	};
	for (size_t i = 0; i < sizeof lacking / sizeof *lacking; i++) {
		struct seen s = with_fonts(lacking[i].fonts, false, lacking[i].text);
		assert_int_equal(s.code, YIHU_EFORMAT);
		assert_non_null(strstr(s.why, lacking[i].text));
		assert_non_null(strstr(s.why, lacking[i].character));
		assert_non_null(strstr(s.why, "Noto Sans CJK SC"));
	}
}

/* Another font never stands in for the whole typeface. */
TEST(without_the_typeface_nothing_is_printed)
{
	struct seen s = with_fonts(latin_only, false, "plain");
	assert_int_equal(s.code, YIHU_ENOENT);
	assert_non_null(strstr(s.why, "fonts-noto-cjk"));
}

TEST(control_characters_are_refused)
{
	struct seen s = with_fonts(and_dejavu, false, "a\007b");
	assert_int_equal(s.code, YIHU_EFORMAT);
	assert_non_null(strstr(s.why, "U+0007"));
	s = with_fonts(and_dejavu, false, "a\xff");
	assert_int_equal(s.code, YIHU_EFORMAT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_word_with_a_missing_letter_is_set_in_another_font),
		cmocka_unit_test(what_no_font_has_is_named_with_the_font),
		cmocka_unit_test(without_the_typeface_nothing_is_printed),
		cmocka_unit_test(control_characters_are_refused),
	};
	return cmocka_run_group_tests_name("print typeface", tests, NULL, NULL);
}
