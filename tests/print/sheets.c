/* SPDX-License-Identifier: Apache-2.0
 *
 * Letters with slips, and posters, of made-up elections of 1 to 100 projects:
 * into a folder, for sheets.sh and for whoever looks at them.
 *
 *   sheets FOLDER [NAME…]: those of that name alone
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "print/paper.h"
#include "print/sheets.h"

#define LONG_NAME                                                                                  \
	"Resurfacing of the footpath between the east gate and the community hall, lowered "       \
	"kerbs, tactile paving and lighting at night, kept up for two years"
#define LONG_ZH                                                                                                                             \
	"东门至社区活动室步道重新铺装（含路缘石降低、盲道、夜间照明和两年养护）并在沿线增设三处" \
	"带靠背和扶手的休息座椅"

#define ABOUT                                                                                          \
	" The boards are renewed, “anti-slip” strips are fixed and the neighbours’ benches are " \
	"mended before winter, the works take three weeks and the path stays open.\\nAsked for "       \
	"by "                                                                                          \
	"forty households, laststop.;East gate"
#define ABOUT_ZH                                                                                                                            \
	"，更换破损面板，加装防滑条，入冬前修好长椅；工期约三周，施工期间留出通道。\\n由四十户联" \
	"名提"                                                                                                                            \
	"出，已请两家公司现场看过，报价包括两年保修，末句。;东门步道旁"

#define SENDER(zh)                                                                                 \
	((zh) ? (struct sender){"示例小区业主委员会", "028-84840000", "示例路 1 号社区活动室二楼"} \
	      : (struct sender){"Owners’ committee of the sample estate", "+86 28 8484 0000",      \
				"Community hall, 1 Sample Road, second floor"})

static const struct row {
	const char *name, *language, *ballot; /* lines of META */
	int projects;
	enum { SHORT, LONG, FULL } texts; /* full: long names, a place, three lines about it */
} rows[] = {
	{"approval-1-zh", "zh", "vote_type;approval\nballot;approval", 1, SHORT},
	{"consent-8-zh", "zh", "vote_type;scoring\nballot;consent", 8, SHORT},
	{"consent-8-en", "en", "vote_type;scoring\nballot;consent", 8, SHORT},
	{"scoring-30-zh", "zh", "vote_type;scoring\nballot;scoring\nmax_points;5", 30, SHORT},
	{"cumulative-30-en", "en",
	 "vote_type;cumulative\nballot;cumulative\nmax_points;5\nmax_sum_points;10", 30, SHORT},
	{"ordinal-8-zh", "zh", "vote_type;ordinal\nballot;ordinal\nmax_length;3", 8, SHORT},
	{"approval-100-zh", "zh", "vote_type;approval\nballot;approval\nmax_length;10", 100, SHORT},
	{"approval-100-en", "en", "vote_type;approval\nballot;approval\nmax_length;10", 100, SHORT},
	{"consent-30-long-zh", "zh", "vote_type;scoring\nballot;consent", 30, LONG},
	{"scoring-100-long-en", "en", "vote_type;scoring\nballot;scoring\nmax_points;5", 100, LONG},
	{"consent-8-full-zh", "zh",
	 "vote_type;scoring\nballot;consent\nrule;majority\nquorum;>1/2\nsupport;>1/2 cast", 8,
	 FULL},
	{"consent-8-full-en", "en",
	 "vote_type;scoring\nballot;consent\nrule;majority\nquorum;>1/2\nsupport;>1/2 cast", 8,
	 FULL},
	{"knapsack-8-full-zh", "zh",
	 "vote_type;approval\nballot;approval\nmax_sum_cost;300000\nmax_length;3", 8, FULL},
	{"knapsack-2-full-en", "en", "vote_type;approval\nballot;approval\nmax_sum_cost;300000", 2,
	 FULL},
	{"knapsack-2-zh", "zh", "vote_type;approval\nballot;approval\nmax_sum_cost;300000", 2,
	 FULL},
};

static struct yihu_error err;

static void must(int r)
{
	if (r == 0)
		return;
	fprintf(stderr, "sheets: %s\n", err.text);
	exit(1);
}

static struct yihu_definition *define(const struct row *row)
{
	struct yihu_buf text = {0};
	struct yihu_definition *d = NULL;
	bool zh = strcmp(row->language, "zh") == 0;
	yihu_buf_fmt(&text,
		     "META\nkey;value\ndescription;%s\ncountry;China\nunit;%s\ninstance;2026\n"
		     "num_projects;%d\nnum_votes;0\nbudget;500000\ndate_begin;2026\n"
		     "date_end;2026\n%s%s\nPROJECTS\nproject_id;cost;name;description%s\n",
		     zh ? "小区项目表决" : "A vote on projects", zh ? "示例小区" : "Sample estate",
		     row->projects, strstr(row->ballot, "rule;") ? "" : "rule;greedy\n",
		     row->ballot, row->texts == FULL ? ";place" : "");
	for (int i = 1; i <= row->projects; i++) {
		const char *more = row->texts == SHORT || (row->texts == LONG && i % 3 != 0) ? ""
				   : zh ? LONG_ZH
					: LONG_NAME;
		if (zh)
			yihu_buf_fmt(&text, "%d;%d;甲%d乙%s;说明文字%d%s\n", i, 1000 + i, i, more,
				     i, row->texts == FULL ? ABOUT_ZH : "");
		else
			yihu_buf_fmt(&text, "%d;%d;name%dend %s;about %d%s\n", i, 1000 + i, i, more,
				     i, row->texts == FULL ? ABOUT : "");
	}
	bool points =
		strstr(row->ballot, "approval") == NULL && strstr(row->ballot, "ordinal") == NULL;
	yihu_buf_fmt(&text, "VOTES\nvoter_id;vote%s\n", points ? ";points" : "");
	must(yihu_definition_parse(&d, text.data, text.len, &err));
	yihu_buf_free(&text);
	return d;
}

static void open_pdf(struct pdf *to, const char *folder, const struct row *row, const char *what,
		     double scale)
{
	char *path = yihu_printf("%s/%s-%s.pdf", folder, row->name, what);
	enum language l;
	must(pdf_open(to, path, 210 * scale, 297 * scale, "test", 1800000000, &err));
	must(words_language(&l, row->language, &err));
	to->says = (struct pdf_says){.language = words_tag(l), .one_sided = *what == 'l'};
	free(path);
}

static void print_letter(const char *folder, const struct row *row, const struct paper *p)
{
	struct sheets *s;
	struct pdf to;
	const struct yihu_token token = {.serial = 17, .seed = {1, 2, 3}};
	const struct letter l = {.token = &token, .household = "1-101", .name = "王芳"};
	must(sheets_open(&s, p, &err));
	open_pdf(&to, folder, row, "letter", 1);
	must(sheets_print(s, &to, &l, &err));
	must(pdf_end(&to, &err));
	pdf_finish(&to);
	sheets_close(s);
}

static void print_poster(const char *folder, const struct row *row, const struct paper *p,
			 const char *what, double scale)
{
	struct pdf to;
	open_pdf(&to, folder, row, what, scale);
	must(poster_print(&to, p, scale, &err));
	must(pdf_end(&to, &err));
	pdf_finish(&to);
}

/* Among the words are characters whose glyphs cairo's own subsets of the
 * typeface lack. */
static void print_called_off(const char *folder, const struct row *row, const struct paper *p)
{
	struct pdf to;
	const struct paper_called_off off = {
		.reason = "价格印错，冻瘃药改为 São 牌。如有疑问，请问居委会；例如忉烪二字。",
		.time = 1800300000};
	open_pdf(&to, folder, row, "cancelled", 1);
	must(cancelled_print(&to, p, &off, 1, &err));
	must(pdf_end(&to, &err));
	pdf_finish(&to);
}

/* The longest reason that there can be, almost: its type shrinks. */
static void print_withdrawn(const char *folder, const struct row *row, const struct paper *p)
{
	static char reason[1000] = "";
	struct pdf to;
	const struct yihu_withdrawn w = {.project = 0, .time = 1800300000, .reason = reason};
	for (size_t len = 0; len + strlen("施工方报价有误。") < sizeof reason; len = strlen(reason))
		strcpy(reason + len, "施工方报价有误。");
	open_pdf(&to, folder, row, "withdrawn", 1);
	must(withdrawn_print(&to, p, &w, 1, &err));
	must(pdf_end(&to, &err));
	pdf_finish(&to);
}

static void print_all(const char *folder, const struct row *row)
{
	struct yihu_charter charter = {.households = 100,
				       .opens = 1800000000,
				       .closes = 1800600000,
				       .n = 4,
				       .t = 2,
				       .q = 3,
				       .min_box = 10};
	enum language language;
	struct letter_style style;
	struct yihu_definition *d = define(row);
	for (int i = 0; i < 4; i++)
		snprintf(charter.holders[i].key.name, sizeof charter.holders[i].key.name,
			 "holder-%d", i + 1);
	must(words_language(&language, row->language, &err));
	must(letter_style_init(&style, "https://vote.example.org", charter.eid, &err));
	const struct paper p = {.charter = &charter,
				.definition = d,
				.style = &style,
				.url = "https://vote.example.org",
				.sender = row->texts == FULL
						  ? SENDER(strcmp(row->language, "zh") == 0)
						  : (struct sender){0},
				.language = language};
	print_letter(folder, row, &p);
	print_poster(folder, row, &p, "a4", 1);
	print_poster(folder, row, &p, "a3", POSTER_A3_SCALE);
	print_called_off(folder, row, &p);
	print_withdrawn(folder, row, &p);
	letter_style_finish(&style);
	yihu_definition_free(d);
}

static bool named(const struct row *row, char **names)
{
	while (*names && strcmp(*names, row->name) != 0)
		names++;
	return *names != NULL;
}

int main(int argc, char **argv)
{
	if (argc < 2)
		return 2;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (argc == 2 || named(&rows[i], argv + 2))
			print_all(argv[1], &rows[i]);
	return 0;
}
