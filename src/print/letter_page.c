/* SPDX-License-Identifier: Apache-2.0
 *
 * The letter: A4 folded in three. The top third has the address where an
 * envelope's window is (20 mm from the left, 45 mm from the top, 85 × 40), the
 * middle one the code and three steps, the bottom one everything else.
 */
#include "print/letter_page.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "print/rule_text.h"

#define ADDRESS_TOP 50.0
#define ADDRESS_WIDTH 82.0
#define ADDRESS_HEIGHT 34.0
#define CODE_TOP (PAGE_FOLD + 17.0)
#define RIGHT (A4_WIDTH - PAGE_MARGIN)
#define NUMBER_WIDTH 45.0
#define IDS_WIDTH 104.0
#define SENDER_TOP 259.5
#define SENDER_BOTTOM 289.0
/* Below the window, and beside it. */
#define NOTE_TOP (ADDRESS_TOP + ADDRESS_HEIGHT + 3.0)
#define ASIDE_LEFT 110.0
#define ASIDE_TOP 37.0
#define ASIDE_WIDTH (RIGHT - ASIDE_LEFT)
#define RULE_BOTTOM (PAGE_FOLD - 3.0)

static void head(struct page *p, const struct paper *e)
{
	const struct text_style small = {
		.points = 12, .width = PAGE_INNER - NUMBER_WIDTH, .lines = 1};
	const struct text_style title = {.points = 17,
					 .bold = true,
					 .width = PAGE_INNER - NUMBER_WIDTH,
					 .lines = 3,
					 .tag = "H1"};
	char *community = translated_community(e->language, e->definition);
	double y = 13 + page_text(p, PAGE_MARGIN, 13, small, community);
	page_text(p, PAGE_MARGIN, y, title,
		  translated_meta(e->language, e->definition, "description"));
	page_text(p, RIGHT, 13, (struct text_style){.points = 12, .align = PAGE_RIGHT},
		  word(e->language, W_TERM_LETTER_NO));
	page_own(p, PART_NUMBER);
	free(community);
}

static double step(struct page *p, double x, double y, unsigned number, const char *text)
{
	const struct text_style digit = {
		.points = 20, .bold = true, .align = PAGE_CENTER, .tag = "Lbl"};
	const struct text_style words = {.points = 16, .width = RIGHT - x - 10, .tag = "LBody"};
	char digits[4] = {(char)('0' + number), '\0'};
	page_begin(p, "LI");
	page_text(p, x + 3, y - 1.6, digit, digits);
	double h = page_text(p, x + 10, y, words, text);
	page_end(p, "LI");
	return y + (h > 9 ? h : 9) + 3.5;
}

/* In the largest type that fits beside the window. */
static void rule(struct page *p, const struct paper *e)
{
	struct text_style heading = {
		.points = 12, .bold = true, .width = ASIDE_WIDTH, .lines = 1, .tag = "H2"};
	struct text_style words = {.points = 12, .width = ASIDE_WIDTH};
	char *text = rule_text(e);
	double room = RULE_BOTTOM - ASIDE_TOP;
	double h = page_text_height(p, heading, word(e->language, W_TERM_RULE));
	while (words.points > 8 && h + page_text_height(p, words, text) > room)
		words.points -= 0.5;
	double y = RULE_BOTTOM - h - page_text_height(p, words, text);
	y += page_text(p, ASIDE_LEFT, y, heading, word(e->language, W_TERM_RULE));
	page_text(p, ASIDE_LEFT, y, words, text);
	free(text);
}

/* The deadline is the second largest thing on the letter, after the number. */
static void times(struct page *p, const struct paper *e, double x, double y)
{
	char *closes = print_date(e->language, e->charter->closes);
	char *opens = print_zoned(e->language, e->charter->opens);
	char *until = words_say(e->language, W_PAPER_UNTIL, say_taken("when", closes));
	char *from = words_say(e->language, W_PAPER_FROM, say_taken("when", opens));
	const struct text_style style = {.points = 17, .bold = true, .width = RIGHT - x};
	const struct text_style small = {.points = 13, .width = RIGHT - x};
	y += page_text(p, x, y, style, until) + 1;
	page_text(p, x, y, small, from);
	free(until);
	free(from);
}

static void steps(struct page *p, const struct paper *e, double code_mm)
{
	static const enum word phone[] = {W_PAPER_PHONE_1, W_PAPER_PHONE_2, W_PAPER_PHONE_3};
	static const enum word desk[] = {W_PAPER_DESK_1, W_PAPER_DESK_2, W_PAPER_DESK_3};
	enum word title = e->url ? W_PAPER_PHONE : W_PAPER_DESK;
	const struct text_style heading = {
		.points = 19, .bold = true, .width = PAGE_INNER, .lines = 1, .tag = "H2"};
	double x = PAGE_MARGIN + code_mm + 6, y = CODE_TOP + 2;
	page_text(p, PAGE_MARGIN, PAGE_FOLD + 5, heading, word(e->language, title));
	page_own(p, PART_CODE);
	page_begin(p, "L");
	for (unsigned i = 0; i < 3; i++)
		y = step(p, x, y, i + 1, word(e->language, e->url ? phone[i] : desk[i]));
	page_end(p, "L");
	times(p, e, x, y > CODE_TOP + 50 ? y + 2 : CODE_TOP + 50);
}

static void without_phone(struct page *p, const struct paper *e, double y)
{
	const struct text_style heading = {
		.points = 16, .bold = true, .width = PAGE_INNER, .tag = "H2"};
	const struct text_style how = {.points = 12.5, .width = PAGE_INNER, .lines = 1};
	const struct text_style desk = {.points = 12.5, .width = PAGE_INNER, .lines = 2};
	const char *where = e->desk ? e->desk : word(e->language, W_PAPER_DESK_UNKNOWN);
	char *text = words_say(e->language, W_PAPER_DESK_WHERE, say_text("where", where));
	if (e->url) {
		y += page_text(p, PAGE_MARGIN, y, heading,
			       word(e->language, W_PAPER_WITHOUT_PHONE));
		y += page_text(p, PAGE_MARGIN, y, how,
			       word(e->language, W_PAPER_WITHOUT_PHONE_HOW));
	}
	page_text(p, PAGE_MARGIN, y, desk, text);
	free(text);
}

static void typed_head(struct page *p, const struct paper *e, double y)
{
	const struct text_style words = {.points = 12, .width = PAGE_INNER, .lines = 1};
	char *text = e->url ? words_say(e->language, W_PAPER_TYPE_AT, say_text("url", e->url))
			    : word_copy(e->language, W_PAPER_TYPE_AT_DESK);
	page_text(p, PAGE_MARGIN, y, words, text);
	free(text);
}

/* On one line, in the largest type that it fits. */
static void warning(struct page *p, const struct paper *e, double y)
{
	struct text_style words = {.points = 16, .bold = true, .align = PAGE_CENTER};
	const char *text = word(e->language, W_PAPER_WARNING);
	while (words.points > 9 && page_text_width(p, words, text) > PAGE_INNER - 8)
		words.points -= 0.5;
	page_box(p, PAGE_MARGIN, y, PAGE_INNER, 11, 0.5);
	page_text(p, A4_WIDTH / 2, y + (11 - page_text_height(p, words, text)) / 2, words, text);
}

static void ids(struct page *p, const struct paper *e)
{
	const struct text_style label = {.points = 11, .width = IDS_WIDTH, .lines = 2};
	const struct text_style small_label = {.points = 10, .width = IDS_WIDTH, .lines = 2};
	const struct text_style print = {.points = 19, .bold = true};
	const struct text_style small = {.points = 9};
	const struct text_style second = {.points = 9, .align = PAGE_RIGHT};
	char text[YIHU_SHORT_PRINT_BYTES], hex[2 * YIHU_EID_BYTES + 1];
	yihu_short_print(text, e->charter->eid);
	yihu_hex_into(hex, e->charter->eid, YIHU_EID_BYTES);
	char *eid = yihu_printf("%s %.*s", word(e->language, W_TERM_EID), YIHU_EID_BYTES, hex);
	char *lost = e->sender.phone ? words_say(e->language, W_PAPER_LOST_PHONE,
						 say_text("phone", e->sender.phone))
				     : word_copy(e->language, W_PAPER_LOST);
	page_text(p, PAGE_MARGIN, 259.5, label, word(e->language, W_PAPER_SHORT_PRINT));
	page_text(p, PAGE_MARGIN, 264, print, text);
	page_text(p, PAGE_MARGIN, 272.5, small_label, lost);
	page_text(p, PAGE_MARGIN, 282.5, small, eid);
	page_text(p, PAGE_MARGIN + page_text_width(p, small, eid), 286.5, second,
		  hex + YIHU_EID_BYTES);
	free(lost);
	free(eid);
}

#define TYPED_TOP 230.5

void letter_page_same(struct page *p, const struct paper *e, double code_mm)
{
	const struct text_style sender = {.points = 12, .width = PAGE_INNER - IDS_WIDTH - 3};
	page_fold_marks(p);
	head(p, e);
	page_own(p, PART_ADDRESS);
	rule(p, e);
	steps(p, e, code_mm);
	without_phone(p, e, 2 * PAGE_FOLD + 3);
	typed_head(p, e, TYPED_TOP);
	page_own(p, PART_TYPED);
	warning(p, e, 246.5);
	ids(p, e);
	sender_fit(p, e->language, &e->sender, RIGHT, SENDER_TOP, sender,
		   SENDER_BOTTOM - SENDER_TOP);
}

/* ---- what differs ---- */

static double address_height(struct page *p, const struct letter *l, const char *to, double points)
{
	struct text_style label = {.points = points, .bold = true, .width = ADDRESS_WIDTH};
	struct text_style name = {.points = points * 0.85, .width = ADDRESS_WIDTH};
	return page_text_height(p, label, l->household) + page_text_height(p, name, to);
}

static void draw_address(struct page *p, const struct letter *l, const char *to, double points)
{
	struct text_style label = {.points = points, .bold = true, .width = ADDRESS_WIDTH};
	struct text_style name = {.points = points * 0.85, .width = ADDRESS_WIDTH};
	double y = ADDRESS_TOP + page_text(p, PAGE_MARGIN + 3, ADDRESS_TOP, label, l->household);
	page_text(p, PAGE_MARGIN + 3, y, name, to);
}

static void address(struct page *p, const struct paper *e, const struct letter *l)
{
	static const double points[] = {18, 14, 10.5};
	char *to = *l->name != '\0'
			   ? words_say(e->language, W_PAPER_TO_NAME, say_text("name", l->name))
			   : word_copy(e->language, W_PAPER_TO_HOUSEHOLD);
	size_t i = 0;
	while (i < 3 && p->failed == 0 && address_height(p, l, to, points[i]) > ADDRESS_HEIGHT)
		i++;
	if (p->failed == 0 && i == 3)
		p->failed = yihu_fail(p->err, YIHU_ETOOBIG,
				      _("the address does not fit the envelope's window (82 × 34 "
					"mm); shorten it in the household list"));
	else if (p->failed == 0)
		draw_address(p, l, to, points[i]);
	free(to);
}

static void kind_of_letter(struct page *p, const struct paper *e, const struct letter *l)
{
	const struct text_style note = {
		.points = 11, .bold = true, .width = ADDRESS_WIDTH, .lines = 2};
	bool later = l->token->serial > e->charter->households;
	char replaced[16];
	snprintf(replaced, sizeof replaced, "%04u", l->replaces);
	char *text = l->replaces != 0 ? words_say(e->language, W_PAPER_REPLACES,
						  say_text("letter", replaced))
				      : word_copy(e->language, W_PAPER_ADDED);
	if (later)
		page_text(p, PAGE_MARGIN + 3, NOTE_TOP, note, text);
	free(text);
}

static void number(struct page *p, const struct letter *l)
{
	const struct text_style style = {.points = 28, .bold = true, .align = PAGE_RIGHT};
	char text[16];
	snprintf(text, sizeof text, "%04u", l->token->serial);
	page_text(p, RIGHT, 17, style, text);
}

static void typed(struct page *p, const struct paper *e, const struct letter *l)
{
	const struct text_style style = {.points = 17, .bold = true};
	char text[YIHU_TYPED_TEXT_BYTES];
	yihu_token_typed(text, e->charter->eid, l->token);
	page_text(p, PAGE_MARGIN, TYPED_TOP + 5.5, style, text);
	sodium_memzero(text, sizeof text);
}

void letter_page_own(struct page *p, const struct paper *e, const struct letter *l,
		     enum letter_part part)
{
	if (part == PART_NUMBER)
		number(p, l);
	if (part == PART_TYPED)
		typed(p, e, l);
	if (part != PART_ADDRESS)
		return;
	address(p, e, l);
	kind_of_letter(p, e, l);
}

const char *letter_code_text(const struct paper *e)
{
	return word(e->language, e->url ? W_PAPER_ALT_LETTER_CODE : W_PAPER_ALT_DESK_CODE);
}

void letter_page_code(struct page *p, const struct paper *e, const struct page_code *c,
		      double code_mm)
{
	page_figure(p, letter_code_text(e));
	page_code(p, PAGE_MARGIN, CODE_TOP, code_mm, c);
	page_end(p, "Figure");
}
