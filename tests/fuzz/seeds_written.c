/* SPDX-License-Identifier: Apache-2.0
 *
 * Seeds beside an election's own files: lists and choices as people write them, votes
 * of each kind, terms of sums, calls over HTTP, answers to complaints.
 */
#include <stdlib.h>
#include <string.h>

#include <yihu/complaints.h>
#include <yihu/households.h>

#include "seeds.h"

static void seed_lists(void)
{
	seed_text("households", "parts",
		  "building,unit,room,name,phone\n3,1,502,张三,\n3,1,503,\"a \"\"b\"\"\",1\n");
	seed_text("households", "chinese",
		  "\xef\xbb\xbf楼栋;单元;房号\r\n１;2;３０１\r\n1;2;302\r\n");
	seed_text("households", "single", "household\n北楼 1\n北楼 2\n\n");
	seed_text("households", "gb18030", "\xbb\xa7\n\xb1\xb1\xc2\xa5 1\n\xb1\xb1\xc2\xa5 2\n");
	seed("roll", "world", &fuzz_world()->f->roll);
	static const char *const choices[] = {
		"1,3",      "1=yes,2=no", "12=同意,lamp=反对,路灯=弃权",
		"lamp,1",   "1:5,3:2",    "２：３，路灯：１",
		"a b, yes", "",           "1=agree"};
	for (size_t i = 0; i < sizeof choices / sizeof *choices; i++)
		seed_text("digits", named("%zu", i), choices[i]);
}

/* What is asked about most; the first byte chooses the answers. */
static void seed_rosters(void)
{
	static const char *const rosters[] = {"\1登记表\n序号,门牌,,业主信息,\n,楼栋,单元,户主,"
					      "备注\n1,1栋,1单元,王,空置\n合计,1\n",
					      "\1楼栋,单元,房号,参加,合户,备注\n1栋,1,101,是,a,\n,,"
					      "102,,a,与1栋101同一业主\n,2,101,否,,\n"
					      "2栋,,商铺1,×,,说明\n",
					      "\1楼号;门牌号;业主\n3;101.0;?\n3;1月2日;王\n三号楼;"
					      "1.01E+02室;\n3幢;101;（未登记）\n说明：x\n",
					      "\1household\nA座 101\na座 101\n\n\xef\xbf\xbd\n"};
	for (size_t i = 0; i < sizeof rosters / sizeof *rosters; i++)
		seed_text("roster", named("%zu", i), rosters[i]);
}

/* As text, and as parts of spreadsheets (table.c has what the first byte says). */
static void seed_tables(void)
{
	static const char *const tables[] = {
		"\5a,b\n1,\"2 \"\"x\n y\"\n",
		"\5sep=;\r\na;b\r\n",
		"\5\xff\xfe"
		"a",
		"\5\xb5\xa5\xd4\xaa\t1\n",
		"\1<row r='1' hidden='1'><c r='B1' t='inlineStr'><is><t>a</t></is></c><c "
		"t='str'><v>b</v>"
		"</c><c t='e'><v>#N/A</v></c><c><v>1.5</v></c></row><mergeCell ref='A1:B3'/>",
		"\2<sst><si><r><t>a_x000D_</t></r><rPh><t>b</t></rPh></si></sst>",
		"\3<s><numFmt numFmtId='164' formatCode='yyyy\"x\"'/><cellXfs><xf "
		"numFmtId='164'/></cellXfs></s>",
		"\4<s:style s:name='h'><s:table-properties t:display='false'/></s:style><t:table "
		"t:name='a'>"
		"<t:table-row t:number-rows-repeated='3'><t:table-cell "
		"t:number-columns-repeated='2' "
		"o:value-type='float' o:value='1.5' t:number-rows-spanned='2'><x:p>1<x:s/>5</x:p>"
		"<o:annotation/></t:table-cell><t:covered-table-cell/></t:table-row></t:table>"};
	for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
		seed_text("table", named("%zu", i), tables[i]);
}

/* Of each kind of ballot, with votes. */
static void seed_votes(void)
{
	static const char *const kinds[][2] = {
		{"vote_type;approval\nmax_length;2\n", "voter_id;vote\n1;1,2\n2;3\n3;\n"},
		{"vote_type;scoring\nmin_points;-1\nmax_points;1\nrule;majority\nquorum;>1/2\n",
		 "voter_id;vote;points\n1;1,2;1,-1\n2;3;1\n"},
		{"vote_type;scoring\nmax_points;5\nsupport;>=1/3 of cast\n",
		 "voter_id;vote;points\na;1,2;3,5\n"},
		{"vote_type;cumulative\nmax_sum_points;10\nmin_sum_points;1\n",
		 "voter_id;vote;points\n1;1,2;3,7\n"},
		{"vote_type;ordinal\nmax_length;3\n", "voter_id;vote\n1;3,1\n2;2\n"},
		{"vote_type;choose-1\nrule;greedy-threshold\nmin_project_score_threshold;1\n",
		 "voter_id;vote\n1;1\n2;2\n"},
	};
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		const char *rule = strstr(kinds[i][0], "rule;") ? "" : "rule;greedy\n";
		char *text = yihu_printf(
			"META\nkey;value\ndescription;d\ncountry;c\nunit;u\ninstance;2025\n"
			"num_projects;3\nbudget;300.50\ndate_begin;2025\ndate_end;2025\n%s%s"
			"PROJECTS\nproject_id;cost;votes;name;selected;name_en\n1;100;2;灯;1;Lamp\n"
			"2;200.5;1;树;0;\"A; tree\"\n3;100;1;椅;1;\nVOTES\n%s",
			kinds[i][0], rule, kinds[i][1]);
		char *name = yihu_printf("kind-%zu", i);
		seed_text("votes", name, text);
		seed_text("definition", name, text);
		free(text);
		free(name);
	}
}

/* By the choices in group.c: nothing but ones, a point, and a few terms. */
static void seed_group(void)
{
	uint8_t bytes[1 + 8 * 97];
	memset(bytes, 0xff, sizeof bytes);
	bytes[0] = 0;
	write_seed("group", "field", bytes, 1 + 2 * 41);
	bytes[0] = 1;
	memcpy(bytes + 1, fuzz_world()->charter->y.bytes, YIHU_POINT_BYTES);
	write_seed("group", "point", bytes, 1 + YIHU_POINT_BYTES);
	bytes[0] = 2;
	for (size_t i = 1; i < sizeof bytes; i++)
		bytes[i] = (uint8_t)(i * i + i / 7);
	bytes[1] = 8;
	write_seed("group", "sum", bytes, sizeof bytes);
}

/* By the table of calls in http.c. */
static void seed_http(void)
{
	const struct fuzz_world *w = fuzz_world();
	static const char *const posts[] = {"box",    "mix/1",      "mix/2",        "open/1",
					    "open/2", "results.pb", "results.json", "results"};
	struct yihu_buf b = {0};
	uint32_t digits[YIHU_PROJECTS_MAX];
	fixture_digits(w->f, 7, digits);
	fixture_ballot(w->f, 7, digits, &b);
	seed_selected("http", "a-ballot", (const uint8_t[]){0, 0}, 2, &b);
	for (uint8_t i = 0; i < sizeof posts / sizeof *posts; i++)
		seed_selected("http", named("b%u-%s", i, posts[i]), (const uint8_t[]){1, 2 + i}, 2,
			      fuzz_file(posts[i]));
	static const char *const names[] = {"charter",      "state",      "3",         "3",
					    "ABCD",         "checkpoint", "0/000.p/6", "1",
					    "results.html", "metrics"};
	for (uint8_t i = 0; i < sizeof names / sizeof *names; i++) {
		struct yihu_buf name = {0};
		yihu_buf_str(&name, names[i]);
		for (uint8_t d = 0; d < 2; d++)
			seed_selected("http", named("c%u-%u", i, d), (const uint8_t[]){d, 12 + i},
				      2, &name);
		yihu_buf_free(&name);
	}
	yihu_buf_reset(&b);
	yihu_buf_str(&b,
		     "POST /api/ballot HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
		     "3\r\nabc\r\n0\r\n\r\nGET /healthz HTTP/1.1\r\nHost: x\r\n\r\n");
	seed_selected("http", "d-raw", (const uint8_t[]){6, 0}, 2, &b);
	yihu_buf_free(&b);
}

static void seed_complaints(void)
{
	static const char answers[] = "One.\nMore of one.\n\nTwo.\n";
	struct yihu_complaints c = {.made = 1780272000, .filed = 2};
	struct yihu_buf text = {0}, file = {0};
	struct yihu_error err;
	yihu_buf_str(&file, answers);
	fixture_must(yihu_complaints_take_answers(&c, answers, strlen(answers), &err), &err);
	yihu_complaints_text(&text, fuzz_world()->charter->eid, &c);
	seed_selected("complaints", "note", (const uint8_t[]){0}, 1, &text);
	seed_selected("complaints", "answers", (const uint8_t[]){1}, 1, &file);
	yihu_complaints_free(&c);
	yihu_buf_free(&text);
	yihu_buf_free(&file);
}

void seed_written(void)
{
	seed_lists();
	seed_tables();
	seed_rosters();
	seed_votes();
	seed_group();
	seed_http();
	seed_complaints();
}
