/* SPDX-License-Identifier: Apache-2.0
 *
 * A committee's folder for tests.
 */
#include "committee.h"

#include <assert.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <yihu/file.h>

static uint64_t the_time = COMMITTEE_OPENS - 86400;

uint64_t __wrap_yihu_clock(void);
uint64_t __wrap_yihu_clock(void)
{
	return the_time;
}

bool __wrap_yihu_clock_synchronised(void);
bool __wrap_yihu_clock_synchronised(void)
{
	return true;
}

void committee_clock(uint64_t now)
{
	the_time = now;
}

static void must(const struct committee *c, int code)
{
	if (code == 0)
		return;
	fprintf(stderr, "committee: %s: %s\n", yihu_code_slug(code), c->err.text);
	abort();
}

#define META                                                                                       \
	"META\nkey;value\ndescription;A test election\ncountry;China\nunit;Chengdu\n"              \
	"instance;2026\nnum_projects;3\nnum_votes;0\nbudget;500\nvote_type;approval\n"             \
	"rule;greedy\ndate_begin;2026\ndate_end;2026\nballot;approval\nPROJECTS\n"
#define VOTES "VOTES\nvoter_id;vote\n"
static const char election[] =
	META "project_id;cost;name\n1;100;lamps\n2;200;benches\n3;300;trees\n" VOTES;
static const char in_english[] = META "project_id;cost;name;name_en\n1;100;灯;Lamps\n"
				      "2;200;凳;Benches\n3;300;树;Trees\n" VOTES;

static struct committee_options with_defaults(const struct committee_options *given)
{
	struct committee_options o = given != NULL ? *given : (struct committee_options){0};
	o.n = o.n != 0 ? o.n : 3;
	o.t = o.t != 0 ? o.t : o.n == 1 ? 1 : 2;
	o.households = o.households != 0 ? o.households : 6;
	o.min_box = o.min_box != 0 ? o.min_box : 2;
	o.additions = o.additions != 0 ? o.additions : 2;
	o.paper.language = o.paper.language != NULL ? o.paper.language : "en";
	o.replacements = o.replacements != 0 ? o.replacements : 2;
	return o;
}

static int make_key(void *context, struct yihu_keyfile **out, const char *path, const char *name,
		    struct yihu_error *err)
{
	(void)context;
	return yihu_keyfile_create(out, path, YIHU_ROLE_ISSUER, name, NULL, err);
}

/* In memory, where there is room: nothing here is about a power cut. */
static char *temp_folder(void)
{
	static const char *const places[] = {"/dev/shm", "/tmp"};
	for (size_t i = 0; i < 2; i++) {
		char *temp = yihu_printf("%s/yihu-committee-XXXXXX", places[i]);
		if (mkdtemp(temp) != NULL)
			return temp;
		free(temp);
	}
	abort();
}

static struct committee *in_folder(const struct committee_options *o)
{
	struct committee *c = yihu_calloc(1, sizeof *c);
	if (sodium_init() < 0)
		abort();
	c->options = with_defaults(o);
	c->temp = temp_folder();
	char *root = yihu_path(c->temp, "election");
	yihu_folder_init(&c->folder, root);
	free(root);
	return c;
}

static void write_inputs(const struct committee *c, const char *pb, const char *csv)
{
	struct yihu_buf list = {0};
	yihu_buf_str(&list, "building,room,name\n");
	if (c->options.first_household != NULL)
		yihu_buf_fmt(&list, "%s\n", c->options.first_household);
	for (uint32_t i = c->options.first_household != NULL ? 2 : 1; i <= c->options.households;
	     i++)
		yihu_buf_fmt(&list, "%u,%u01,\"Mr \"\"%u\"\"\"\n", 1 + i % 3, i, i);
	const char *text = c->options.english ? in_english : election;
	if (yihu_file_write(pb, text, strlen(text), 0644, NULL) != 0 ||
	    yihu_file_write(csv, list.data, list.len, 0600, NULL) != 0)
		abort();
	yihu_buf_free(&list);
}

struct committee *committee_new(const struct committee_options *given)
{
	struct committee *c = in_folder(given);
	const struct committee_options *o = &c->options;
	struct yihu_buf notices = {0};
	char *pb = yihu_path(c->temp, "e.pb"), *csv = yihu_path(c->temp, "h.csv");
	char *keys = yihu_path(c->temp, "keys");
	committee_clock(COMMITTEE_OPENS - 86400);
	write_inputs(c, pb, csv);
	const struct issue_plan_options plan = {.definition = pb,
						.households = csv,
						.url = o->url,
						.opens = COMMITTEE_OPENS,
						.closes = COMMITTEE_CLOSES,
						.holders = o->n,
						.threshold = o->t,
						.max_additions = o->additions,
						.max_replacements = o->replacements,
						.min_box = o->min_box,
						.nobody_may_miss = true};
	must(c, yihu_dir_make(keys, 0700, &c->err));
	must(c, issue_init(c->folder.root, &plan, make_key, NULL, &notices, &c->err));
	yihu_buf_free(&notices);
	free(pb);
	free(csv);
	free(keys);
	return c;
}

void committee_live_in(struct committee *c, const char *box)
{
	static const struct yihu_box_opening how = {.move = YIHU_BOX_MOVED};
	struct yihu_box *b;
	char *dir = yihu_path(c->temp, box);
	must(c, yihu_box_open_as(&b, dir, &how, yihu_clock(), &c->err));
	yihu_box_close(b);
	free(dir);
}

struct committee *committee_copy(const struct committee *c)
{
	struct committee *copy = in_folder(&c->options);
	char *command = yihu_printf("cp -a '%s/.' .", c->temp);
	committee_shell(copy, command);
	if (committee_has(copy, "box/box.db"))
		committee_live_in(copy, "election/box");
	free(command);
	return copy;
}

void committee_free(struct committee *c)
{
	if (c == NULL)
		return;
	must(c, yihu_dir_remove(c->temp, &c->err));
	yihu_folder_finish(&c->folder);
	free(c->temp);
	free(c);
}

/* ---- keys ---- */

char *committee_key_path(const struct committee *c, uint32_t holder)
{
	return yihu_printf("%s/keys/%u.key", c->temp, holder);
}

struct yihu_keyfile *committee_holder(const struct committee *c, uint32_t holder)
{
	struct yihu_keyfile *key;
	struct committee words = {0};
	char *path = committee_key_path(c, holder), *name = yihu_printf("holder-%u", holder);
	if (yihu_file_exists(path))
		must(&words, yihu_keyfile_open(&key, path, NULL, &words.err));
	else
		must(&words,
		     yihu_keyfile_create(&key, path, YIHU_ROLE_TRUSTEE, name, NULL, &words.err));
	free(name);
	free(path);
	return key;
}

struct yihu_keyfile *committee_issuer(const struct committee *c)
{
	struct yihu_keyfile *key;
	struct committee words = {0};
	char *path = yihu_path(c->folder.secret, "issuer.key");
	must(&words, yihu_keyfile_open(&key, path, NULL, &words.err));
	free(path);
	return key;
}

/* ---- the ceremony ---- */

int committee_announce(struct committee *c, uint32_t holder)
{
	struct yihu_keyfile *key = committee_holder(c, holder);
	int r = holder_announce(key, &c->folder, holder, &c->err);
	yihu_keyfile_close(key);
	return r;
}

int committee_deal(struct committee *c, uint32_t holder)
{
	struct yihu_keyfile *key = committee_holder(c, holder);
	int r = holder_deal(key, &c->folder, NULL, &c->err);
	yihu_keyfile_close(key);
	return r;
}

int committee_accept(struct committee *c, uint32_t holder)
{
	struct yihu_keyfile *key = committee_holder(c, holder);
	int r = holder_accept(key, &c->folder, NULL, &c->err);
	yihu_keyfile_close(key);
	return r;
}

int committee_charter(struct committee *c)
{
	struct yihu_keyfile *key = committee_issuer(c);
	char *missing = NULL;
	int r = issue_charter_draft(key, &c->folder, NULL, &c->err);
	if (r == 0)
		r = issue_charter_publish(&c->folder, &missing, &c->err);
	free(missing);
	yihu_keyfile_close(key);
	return r;
}

int committee_letters(struct committee *c)
{
	struct yihu_keyfile *key = committee_issuer(c);
	struct yihu_buf report = {0};
	int r = issue_letters(key, &c->folder, &c->options.paper, NULL, &report, &c->err);
	yihu_buf_free(&report);
	yihu_keyfile_close(key);
	return r;
}

/* ---- what acts on the public folder ---- */

typedef int reach(struct yihu_reach **, const struct yihu_folder *, const char *,
		  struct yihu_error *);

static int look(struct committee *c, struct yihu_view *v, reach *open)
{
	*v = (struct yihu_view){.folder = &c->folder};
	int r = yihu_folder_eid(v->eid, &c->folder, &c->err);
	if (r == 0)
		r = open(&v->reach, &c->folder, NULL, &c->err);
	return r == 0 ? yihu_view_look(v, &c->err) : r;
}

int committee_count(struct committee *c, uint32_t holder, committee_count_act *act)
{
	struct yihu_view v;
	struct yihu_keyfile *key = committee_holder(c, holder);
	int r = look(c, &v, yihu_reach_open_public);
	if (r == 0)
		r = act(key, &v, &c->err);
	yihu_view_finish(&v);
	yihu_keyfile_close(key);
	return r;
}

static int box_and_place(struct yihu_keyfile *key, struct yihu_view *v, struct yihu_error *err)
{
	bool placed;
	int r = holder_box(key, v, err);
	return r == 0 ? holder_place_box(v, &placed, err) : r;
}

int committee_box(struct committee *c, uint32_t holder)
{
	return committee_count(c, holder, box_and_place);
}

int committee_retire(struct yihu_keyfile *key, struct yihu_view *v, struct yihu_error *err)
{
	struct yihu_retired retired;
	return holder_retire(&key, 1, v, &retired, err);
}

int committee_change(struct committee *c, const struct issue_change *change, uint32_t *serial)
{
	struct yihu_view v;
	struct yihu_keyfile *key = committee_issuer(c);
	int r = look(c, &v, yihu_reach_open);
	if (r == 0)
		r = issue_change(key, &v, change, serial, &c->err);
	if (r == 0)
		r = yihu_view_show(&v, &c->err);
	yihu_view_finish(&v);
	yihu_keyfile_close(key);
	return r;
}

int committee_close(struct committee *c)
{
	struct yihu_view v;
	struct yihu_keyfile *key = committee_issuer(c);
	int r = look(c, &v, yihu_reach_open);
	if (r == 0)
		r = tally_close(key, &v, &c->err);
	yihu_view_finish(&v);
	yihu_keyfile_close(key);
	return r;
}

int committee_sign(struct committee *c)
{
	struct yihu_view v;
	struct yihu_keyfile *key = committee_issuer(c);
	int r = look(c, &v, yihu_reach_open_public);
	if (r == 0)
		r = issue_sign(key, &v, c->options.objections_until, &c->err);
	yihu_view_finish(&v);
	yihu_keyfile_close(key);
	return r;
}

int committee_publish(struct committee *c, struct tally_missing *missing)
{
	struct yihu_view v;
	struct tally_missing ours;
	int r = look(c, &v, yihu_reach_open_public);
	if (r == 0)
		r = tally_publish(&v, missing != NULL ? missing : &ours, &c->err);
	yihu_view_finish(&v);
	return r;
}

int committee_poster(struct committee *c, const char *language)
{
	struct yihu_view v;
	int r = look(c, &v, yihu_reach_open_public);
	if (r == 0)
		r = tally_poster(&v, language, &c->err);
	yihu_view_finish(&v);
	return r;
}

int committee_complaints(struct committee *c, struct yihu_complaints *complaints, uint32_t holder)
{
	struct yihu_view v;
	struct yihu_keyfile *key = holder != 0 ? committee_holder(c, holder) : committee_issuer(c);
	int r = look(c, &v, yihu_reach_open_public);
	if (r == 0)
		r = tally_complaints_write(key, &c->folder, v.audit->election->charter, complaints,
					   &c->err);
	yihu_view_finish(&v);
	yihu_keyfile_close(key);
	return r;
}

int committee_final(struct committee *c, uint32_t upheld)
{
	struct yihu_view v;
	struct yihu_keyfile *key = committee_issuer(c);
	int r = look(c, &v, yihu_reach_open_public);
	if (r == 0)
		r = tally_final(key, &v, upheld, &c->err);
	yihu_view_finish(&v);
	yihu_keyfile_close(key);
	return r;
}

/* ---- voters ---- */

/* The scan column is the last but one of a letter's line. */
struct yihu_token committee_token(const struct committee *c, uint32_t serial)
{
	const char *name =
		serial <= c->options.households ? "letters/list.csv" : "letters/changed.csv";
	struct yihu_buf list = committee_read(c, name);
	struct yihu_token token = {0};
	struct committee words = {0};
	char *start = yihu_printf("\n\"\t%04u\",", serial);
	char *line = strstr((char *)list.data, start);
	assert(line != NULL);
	line[1 + strcspn(line + 1, "\n")] = '\0';
	*strrchr(line, ',') = '\0';
	char *code = strrchr(line, ',') + 1;
	code += strspn(code, "\"\t");
	code[strcspn(code, "\"")] = '\0';
	struct yihu_span scan = yihu_span(code);
	must(&words, yihu_token_from_scan(&token, scan, &words.err));
	free(start);
	yihu_buf_free(&list);
	return token;
}

int committee_ballot(struct committee *c, uint32_t serial)
{
	struct yihu_box *box;
	struct yihu_buf body = {0};
	struct yihu_token token = committee_token(c, serial);
	must(c, yihu_box_open(&box, c->folder.box, the_time, &c->err));
	const struct yihu_election *e = yihu_box_election(box);
	uint32_t words[YIHU_WIDTH_MAX], digits[3] = {serial & 1, 1, serial >> 1 & 1};
	yihu_words_from_digits(e->definition, digits, words);
	must(c, yihu_ballot_make(&body, e, &token, words, NULL, NULL, &c->err));
	struct yihu_submission s = {
		.type = YIHU_ENTRY_BALLOT, .body = body.data, .body_len = body.len};
	must(c, yihu_box_commit(box, &s, 1, the_time, &c->err));
	c->err = s.err;
	yihu_box_close(box);
	yihu_buf_free(&body);
	return s.code;
}

void committee_vote(struct committee *c, uint32_t first, uint32_t n)
{
	for (uint32_t serial = first; serial < first + n; serial++)
		must(c, committee_ballot(c, serial));
}

/* ---- from state to state ---- */

static void each(struct committee *c, uint32_t n, int (*act)(struct committee *, uint32_t))
{
	for (uint32_t j = 1; j <= n; j++)
		must(c, act(c, j));
}

static void each_count(struct committee *c, uint32_t n, committee_count_act *act)
{
	for (uint32_t j = 1; j <= n; j++)
		must(c, committee_count(c, j, act));
}

/* The step that leads to this state. */
static void step_to(struct committee *c, enum yihu_stage state)
{
	uint32_t n = c->options.n, t = c->options.t;
	if (state == YIHU_STAGE_ANNOUNCED)
		each(c, n, committee_announce);
	if (state == YIHU_STAGE_DEALT) {
		must(c, committee_charter(c));
		each(c, n, committee_deal);
	}
	if (state == YIHU_STAGE_CHARTERED)
		each(c, n, committee_accept);
	if (state == YIHU_STAGE_ISSUED)
		must(c, committee_letters(c));
	if (state == YIHU_STAGE_OPEN) {
		committee_clock(COMMITTEE_OPENS + 10);
		committee_vote(c, 1, 4);
	}
	if (state == YIHU_STAGE_ENDED)
		committee_clock(COMMITTEE_CLOSES + 10);
	if (state == YIHU_STAGE_CLOSED)
		must(c, committee_close(c));
	if (state == YIHU_STAGE_BOXED)
		each(c, n, committee_box);
	if (state == YIHU_STAGE_MIXED)
		each_count(c, t, holder_shuffle);
	if (state == YIHU_STAGE_OPENED)
		each_count(c, t, holder_open);
	if (state == YIHU_STAGE_PUBLISHED) {
		each_count(c, t, holder_sign);
		must(c, committee_sign(c));
		must(c, committee_publish(c, NULL));
	}
	if (state == YIHU_STAGE_RETIRED)
		each_count(c, n, committee_retire);
}

enum yihu_stage committee_state(struct committee *c)
{
	struct yihu_status s;
	must(c, yihu_status_read(&s, &c->folder, the_time, &c->err));
	yihu_status_finish(&s);
	return s.stage;
}

void committee_to(struct committee *c, enum yihu_stage state)
{
	for (enum yihu_stage s = committee_state(c); s < state; s++) {
		step_to(c, s + 1);
		assert(committee_state(c) == s + 1);
	}
}

/* ---- files ---- */

bool committee_has(const struct committee *c, const char *name)
{
	char *path = yihu_path(c->folder.root, name);
	bool yes = yihu_file_exists(path);
	free(path);
	return yes;
}

struct yihu_buf committee_read(const struct committee *c, const char *name)
{
	struct committee words = {0};
	struct yihu_buf out = {0};
	char *path = yihu_path(c->folder.root, name);
	must(&words, yihu_file_read(path, 64u << 20, &out, &words.err));
	free(path);
	return out;
}

void committee_write(const struct committee *c, const char *name, const void *bytes, size_t len)
{
	struct committee words = {0};
	char *path = yihu_path(c->folder.root, name);
	must(&words, yihu_file_write(path, bytes, len, 0644, &words.err));
	free(path);
}

void committee_shell(const struct committee *c, const char *command)
{
	char *line = yihu_printf("cd '%s' && %s", c->temp, command);
	if (system(line) != 0) {
		fprintf(stderr, "committee: %s\n", line);
		abort();
	}
	free(line);
}

struct committee *committee_base;

static int begin(enum yihu_stage state)
{
	committee_base = committee_new(NULL);
	committee_to(committee_base, state);
	return 0;
}

int committee_begin_poll(void **state)
{
	(void)state;
	return begin(YIHU_STAGE_OPEN);
}

int committee_begin_published(void **state)
{
	(void)state;
	return begin(YIHU_STAGE_PUBLISHED);
}

int committee_end(void **state)
{
	(void)state;
	committee_free(committee_base);
	return 0;
}
