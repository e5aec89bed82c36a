/* SPDX-License-Identifier: Apache-2.0
 *
 * The words of letters, slips, lists and posters, out of the catalogue.
 */
#include "print/words.h"

#include <inttypes.h>
#include <locale.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <yihu/locale.h>

/* clang-format off */
static const char *const sources[N_PRINT_WORDS] = {
	/* Translators: the name of the language itself, "zh"; the program compares it. */
	[P_LANGUAGE] = N_("en"),
	/* Translators: weekday, year, month, day, hour, minute. */
	[P_DATE] = N_("%s %d-%02d-%02d, %02d:%02d"),
	[P_SUN] = N_("Sun"), [P_MON] = N_("Mon"), [P_TUE] = N_("Tue"), [P_WED] = N_("Wed"),
	[P_THU] = N_("Thu"), [P_FRI] = N_("Fri"), [P_SAT] = N_("Sat"),
	[P_YUAN] = N_("%s yuan"),
	[P_PAGE] = N_("Page %u of %u"),
	[P_NUMBER] = N_("Letter No."),
	[P_TO_HOUSEHOLD] = N_("To the household"),
	/* Translators: the name of the person that a letter is addressed to. */
	[P_TO_NAME] = N_("%s"),
	[P_REPLACES] = N_("Replacement for letter %04u, which is void."),
	[P_ADDED] = N_("Letter added after the roll was made."),
	[P_PHONE] = N_("Vote with a phone in three steps"),
	[P_PHONE_1] = N_("Scan the code on the left, with WeChat or the camera."),
	[P_PHONE_2] = N_("Make your household's choice on the page that opens."),
	[P_PHONE_3] = N_("Check it and press the button that confirms it. The receipt says that it is recorded."),
	[P_DESK] = N_("Vote at the count desk in three steps"),
	[P_DESK_1] = N_("At home, mark the ballot slip: it is the next sheet."),
	[P_DESK_2] = N_("Bring the slip, or this letter, to the count desk."),
	[P_DESK_3] = N_("Hear your choice read back, and take the receipt."),
	[P_UNTIL] = N_("Vote by %s"),
	[P_FROM] = N_("The poll opens %s"),
	[P_MIN_BOX] = N_("The box is opened only if at least %u households vote."),
	[P_WITHOUT_PHONE] = N_("No phone? You vote just as well"),
	[P_WITHOUT_PHONE_HOW] = N_("Bring the ballot slip (next sheet), marked, or this letter, to the count desk."),
	[P_DESK_WHERE] = N_("Count desk: %s"),
	[P_DESK_UNKNOWN] = N_("for place and hours see the notice board"),
	[P_TYPE_AT] = N_("If the code cannot be scanned, open %s and type:"),
	[P_TYPE_AT_DESK] = N_("If the code cannot be scanned, the count desk types:"),
	[P_WARNING] = N_("This letter is your vote. Do not photograph or forward it."),
	[P_LOST] = N_("Letter lost? Tell the committee at once: it is made void and replaced."),
	[P_SHORT_PRINT] = N_("Short print, the same as on the poster"),
	[P_EID] = N_("Election id"),
	[P_SLIP] = N_("Ballot slip"),
	[P_SLIP_HOW] = N_("Write no name here. Hand the slip in at the count desk."),
	[P_SHEET] = N_("Sheet %u of %u"),
	[P_NEXT_SHEET] = N_("More projects on the next sheet"),
	[P_STUB] = N_("Tear off along the line and keep this part; the rest is handed in."),
	[P_STUB_CODE] = N_("Ballot code, written here by the count desk:"),
	[P_PICK_ANY] = N_("Tick every project that your household supports, as many as you like."),
	[P_PICK_MOST] = N_("Tick the projects that your household supports: %u at most."),
	[P_PICK_BETWEEN] = N_("Tick the projects that your household supports: at least %u, at most %u."),
	[P_PICK_EXACTLY] = N_("Tick the projects that your household supports: exactly %u."),
	[P_COST_MOST] = N_("Together they may cost %s at most."),
	[P_CONSENT_HOW] = N_("For each project tick one box. No tick counts as abstain."),
	[P_SCORING_HOW] = N_("Give each project points, a whole number from 0 to %u. No number counts as 0."),
	[P_CUMULATIVE_HOW] = N_("Share out points, in whole numbers: %u at most in all, %u at most for one project."),
	[P_ORDINAL_HOW] = N_("Put projects in order: write 1 beside the best, 2 beside the next, and so on."),
	[P_LENGTHS] = N_("Projects with a number: at least %u, at most %u."),
	[P_LENGTHS_MOST] = N_("Projects with a number: %u at most."),
	[P_AGREE] = N_("Agree"), [P_AGAINST] = N_("Against"), [P_ABSTAIN] = N_("Abstain"),
	[P_POINTS] = N_("points"),
	[P_RANK] = N_("place"),
	[P_BUDGET] = N_("Budget: %s"),
	[P_WALK] = N_("Walk list"),
	[P_WALK_HOW] = N_("In walking order. Whoever takes the letter signs; otherwise tick what happened and bring the letter back."),
	[P_WALK_HOUSEHOLD] = N_("Household"), [P_WALK_NAME] = N_("Name"),
	[P_WALK_SIGNED] = N_("Signature"), [P_WALK_AWAY] = N_("Not at home"),
	[P_WALK_REFUSED] = N_("Refused"), [P_WALK_RETURNED] = N_("Returned"),
	[P_WALK_SUM] = N_("Households on this page: %u      Delivered: ______      Returned: ______"),
	[P_POSTER] = N_("Notice of a vote"),
	[P_POSTER_WHAT] = N_("What we decide"), [P_POSTER_WHEN] = N_("When"),
	[P_POSTER_HOW] = N_("How to vote"),
	[P_POSTER_LETTER] = N_("Every household gets one letter, and each letter is one vote."),
	[P_POSTER_PHONE] = N_("With a phone: scan the code on your letter and follow the page."),
	[P_POSTER_DESK] = N_("Without a phone: bring your letter, or its marked ballot slip, to the count desk: %s"),
	[P_POSTER_KEYS] = N_("Key holders"),
	[P_POSTER_KEYS_HOW] = N_("Votes are sealed. After the close %u of these %u must come to sign the box, and %u of them open it together. At most %u may be missing."),
	[P_POSTER_KEYS_ALL] = N_("Votes are sealed. After the close all of these %u must come to sign the box, and %u of them open it together. Nobody may be missing."),
	[P_POSTER_KEYS_ONE] = N_("Votes are sealed. After the close this one must come, to sign the box and open it, and may not be missing."),
	[P_POSTER_CHECK] = N_("Compare before you vote: this short print stands on every letter"),
	[P_POSTER_SITE] = N_("Front page"),
	[P_CANCELLED] = N_("This vote is called off"),
	[P_CANCELLED_WHY] = N_("Why"),
	[P_CANCELLED_LETTERS] = N_("Letters with the short print %s are void. Please destroy yours."),
	[P_CANCELLED_VOTES] = N_("Votes that were cast stay sealed for ever: nobody opens them, and nothing is counted."),
	[P_CANCELLED_NEXT] = N_("If the vote is held again, every household gets a new letter with another short print. Only that one counts then."),
	[P_CANCELLED_SEAL] = N_("Seal and date:"),
	[P_ENVELOPE] = N_("Passphrase, for a sealed envelope"),
	[P_ENVELOPE_ROLE] = N_("Role"),
	[P_ENVELOPE_CLERK] = N_("Clerk (issuer key and its backup)"),
	[P_ENVELOPE_HOLDER] = N_("Key holder %u"),
	[P_ENVELOPE_NAME] = N_("Name"),
	[P_ENVELOPE_DATE] = N_("Date"),
	[P_ENVELOPE_WRITE] = N_("Write the passphrase here by hand, a character a box, hyphens too:"),
	[P_ENVELOPE_HOW] = N_("Fold the sheet with the writing inside, put it into an envelope that no light goes through, glue it shut, and sign across the flap."),
	[P_ENVELOPE_APART] = N_("Keep the envelope apart from the stick or computer that has the key: whoever has both can act in your place. Never photograph this sheet."),
	[P_ENVELOPE_SEALED] = N_("Sealed by (signature)"),
	[P_ENVELOPE_OPENED] = N_("Opened by (signature)"),
	[P_ENVELOPE_WHY] = N_("Reason"),
	[P_SUMMARY_FILE] = N_("%s: %zu letters, %zu sheets\n"),
	[P_SUMMARY_TOTAL] = N_("In all: %zu files, %zu letters, %zu sheets\n"),
	[P_SUMMARY_ROLL] = N_("Households of the roll: %zu; letters: %zu; difference: %ld\n"),
};
/* clang-format on */

/* gettext looks its catalogue up anew only when the locale has changed. */
static void speak(const char *language, const char *locale)
{
	if (language)
		setenv("LANGUAGE", language, 1);
	else
		unsetenv("LANGUAGE");
	setlocale(LC_MESSAGES, "C");
	yihu_locale_set(LC_MESSAGES, locale);
}

static char *copy_or_null(const char *text)
{
	return text ? yihu_strdup(text) : NULL;
}

int print_words_load(struct print_words *out, const char *language, struct yihu_error *err)
{
	bool chinese = strcmp(language, "zh") == 0;
	if (!chinese && strcmp(language, "en") != 0)
		return yihu_fail(err, YIHU_EARG, _("Paper is printed in zh or en, not in “%s”."),
				 language);
	char *had = copy_or_null(getenv("LANGUAGE"));
	char *locale = copy_or_null(setlocale(LC_MESSAGES, NULL));
	speak(chinese ? "zh_CN" : "en", chinese ? "zh_CN.UTF-8" : "C");
	for (size_t i = 0; i < N_PRINT_WORDS; i++)
		out->text[i] = yihu_strdup(_(sources[i]));
	speak(had, locale);
	free(had);
	free(locale);
	out->chinese = chinese;
	if (strcmp(out->text[P_LANGUAGE], language) == 0)
		return 0;
	print_words_finish(out);
	return yihu_fail(err, YIHU_ENOENT,
			 _("the Chinese catalogue is not installed: name its folder in "
			   "YIHU_LOCALEDIR (BUILD/src/po), or print with --lang en"));
}

void print_words_finish(struct print_words *w)
{
	for (size_t i = 0; i < N_PRINT_WORDS; i++)
		free(w->text[i]);
	*w = (struct print_words){0};
}

char *print_say(const struct print_words *w, enum print_word word, ...)
{
	va_list args;
	char *text = NULL;
	va_start(args, word);
	if (vasprintf(&text, w->text[word], args) < 0)
		abort();
	va_end(args);
	return text;
}

char *print_date(const struct print_words *w, uint64_t unix_seconds)
{
	struct tm tm;
	time_t t = (time_t)unix_seconds;
	localtime_r(&t, &tm);
	return print_say(w, P_DATE, w->text[P_SUN + tm.tm_wday], tm.tm_year + 1900, tm.tm_mon + 1,
			 tm.tm_mday, tm.tm_hour, tm.tm_min);
}

char *print_money(const struct print_words *w, const struct yihu_definition *d, uint64_t fen)
{
	const char *currency = yihu_definition_meta(d, "currency");
	struct yihu_buf number = {0};
	char digits[24];
	int len = snprintf(digits, sizeof digits, "%" PRIu64, fen / 100);
	for (int i = 0; i < len; i++)
		yihu_buf_fmt(&number, "%s%c", i != 0 && (len - i) % 3 == 0 ? "," : "", digits[i]);
	if (fen % 100 != 0)
		yihu_buf_fmt(&number, ".%02u", (unsigned)(fen % 100));
	bool yuan = !currency || strcmp(currency, "CNY") == 0;
	char *text = yuan ? print_say(w, P_YUAN, number.data)
			  : yihu_printf("%s %s", (char *)number.data, currency);
	yihu_buf_free(&number);
	return text;
}

const char *print_meta(const struct print_words *w, const struct yihu_definition *d,
		       const char *key)
{
	char *english = yihu_printf("%s_en", key);
	const char *text = w->chinese ? NULL : yihu_definition_meta(d, english);
	free(english);
	if (!text || *text == '\0')
		text = yihu_definition_meta(d, key);
	return text ? text : "";
}

const char *print_project(const struct print_words *w, const struct yihu_definition *d, size_t p,
			  const char *column)
{
	char *english = yihu_printf("%s_en", column);
	const char *text = w->chinese ? NULL : yihu_definition_field(d, p, english);
	free(english);
	if (!text || *text == '\0')
		text = yihu_definition_field(d, p, column);
	return text ? text : "";
}

char *print_community(const struct print_words *w, const struct yihu_definition *d)
{
	const char *unit = print_meta(w, d, "unit"), *part = print_meta(w, d, "subunit");
	bool latin = (unsigned char)part[0] < 0x80;
	return yihu_printf("%s%s%s", unit, latin && *part != '\0' ? ", " : "", part);
}
