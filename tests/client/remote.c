/* SPDX-License-Identifier: Apache-2.0
 *
 * Acting through a daemon: one on the committee's machine, and one at a server
 * that got the box by handover.
 */
#include <stdlib.h>
#include <string.h>

#include <yihu/file.h>

#include "committee.h"
#include "countd/countd.h"

static struct countd *start(const char *box_dir)
{
	struct countd *d;
	struct yihu_error err;
	const struct countd_options o = {
		.box_dir = box_dir, .listen = "127.0.0.1:0", .quiet = true};
	if (countd_start(&d, &o, &err) != 0)
		fail_msg("%s", err.text);
	return d;
}

static void stop(struct countd *d)
{
	assert_int_equal(countd_stop(d, NULL), 0);
}

/* A daemon at the server, and its address in the committee's folder. */
static struct countd *start_server(struct committee *c)
{
	char *box = yihu_path(c->temp, "server/box");
	struct countd *d = start(box);
	char *url = yihu_printf("%s\n", countd_url(d));
	committee_write(c, "box/url", url, strlen(url));
	free(url);
	free(box);
	return d;
}

static struct committee *handed_over(enum yihu_stage state)
{
	struct committee *c = committee_new(NULL);
	committee_to(c, state);
	assert_int_equal(issue_handover(&c->folder, "http://127.0.0.1:1", &c->err), 0);
	committee_shell(c, "mkdir server && tar -C server -xf election/handover.tar");
	return c;
}

/* The folder's own copy, as a neighbour would audit it. */
static enum yihu_stage audited_stage(struct committee *c)
{
	struct yihu_public *p;
	struct yihu_audit_options o = {.eid_bits = 256};
	assert_int_equal(yihu_folder_eid(o.eid, &c->folder, &c->err), 0);
	assert_int_equal(yihu_public_read(&p, c->folder.pub, &c->err), 0);
	struct yihu_audit *a = yihu_audit_run(p, &o);
	if (yihu_audit_verdict(a, &c->err) != 0)
		fail_msg("%s", c->err.text);
	enum yihu_stage stage = a->stage;
	yihu_audit_free(a);
	yihu_public_free(p);
	return stage;
}

static int replace(struct committee *c, uint32_t serial, uint32_t *new_serial)
{
	return committee_change(c, &(struct issue_change){.old_serial = serial, .fresh = true},
				new_serial);
}

TEST(changes_reach_a_running_daemon)
{
	struct committee *c = committee_new(NULL);
	uint32_t serial;
	committee_to(c, YIHU_STAGE_OPEN);
	struct countd *d = start(c->folder.box);
	assert_int_equal(replace(c, 5, &serial), 0);
	assert_int_equal(serial, 7);
	assert_true(committee_has(c, "letters/qr/0007.svg"));
	assert_int_equal(replace(c, 1, &serial), YIHU_EVOTED);
	assert_non_null(strstr(c->err.text, "voted"));
	const struct given_reason forgotten = {.why = ADDED_FORGOTTEN};
	const struct issue_change addition = {
		.household = "9-9", .reason = &forgotten, .fresh = true};
	assert_int_equal(committee_change(c, &addition, &serial), 0);
	assert_int_equal(committee_change(c, &(struct issue_change){.old_serial = 6}, &serial), 0);
	assert_int_equal(replace(c, 7, &serial), YIHU_ELIMIT);
	stop(d);
	assert_int_equal(committee_ballot(c, 5), YIHU_EVOIDED);
	assert_int_equal(committee_ballot(c, 6), YIHU_EVOIDED);
	assert_int_equal(committee_ballot(c, 7), 0);
	assert_int_equal(committee_ballot(c, 8), 0);
	committee_free(c);
}

TEST(holders_act_through_a_running_daemon)
{
	struct committee *c = committee_new(NULL);
	committee_to(c, YIHU_STAGE_ENDED);
	struct countd *d = start(c->folder.box);
	committee_to(c, YIHU_STAGE_PUBLISHED);
	stop(d);
	assert_int_equal(audited_stage(c), YIHU_STAGE_PUBLISHED);
	committee_free(c);
}

TEST(after_handover_the_folder_follows_the_server)
{
	struct committee *c = handed_over(YIHU_STAGE_ISSUED);
	uint32_t serial;
	committee_clock(COMMITTEE_OPENS + 10);
	struct countd *d = start_server(c);
	assert_int_equal(replace(c, 5, &serial), 0);
	assert_int_equal(replace(c, 6, &serial), 0);
	assert_int_equal(audited_stage(c), YIHU_STAGE_OPEN);
	assert_false(committee_has(c, "box/box.db") || committee_has(c, "box/log.key"));
	stop(d);
	committee_free(c);
}

TEST(a_whole_count_at_a_server)
{
	struct committee *c = committee_new(NULL);
	committee_to(c, YIHU_STAGE_OPEN);
	assert_int_equal(issue_handover(&c->folder, "http://127.0.0.1:1", &c->err), 0);
	committee_shell(c, "mkdir server && tar -C server -xf election/handover.tar");
	committee_clock(COMMITTEE_CLOSES + 10);
	struct countd *d = start_server(c);
	committee_to(c, YIHU_STAGE_PUBLISHED); /* states by the folder's own files */
	stop(d);
	assert_int_equal(audited_stage(c), YIHU_STAGE_PUBLISHED);
	committee_shell(c, "diff -r -x site -x '.*' server/box/public election/box/public");
	committee_free(c);
}

TEST(a_server_that_went_back_is_refused)
{
	struct committee *c = handed_over(YIHU_STAGE_ISSUED);
	uint32_t serial;
	committee_clock(COMMITTEE_OPENS + 10);
	committee_shell(c, "cp -a server/box before");
	struct countd *d = start_server(c);
	assert_int_equal(replace(c, 5, &serial), 0);
	stop(d);
	committee_to(c, YIHU_STAGE_OPEN); /* nothing to do: by its files it is open */
	committee_shell(c, "rm -r server/box && cp -a before server/box");
	d = start_server(c);
	/* The one entry that was seen is missing here. */
	assert_int_equal(replace(c, 6, &serial), YIHU_EHISTORY);
	assert_non_null(strstr(c->err.text, "old copy"));
	assert_int_equal(audited_stage(c), YIHU_STAGE_OPEN); /* and ours was kept */
	stop(d);
	committee_free(c);
}

TEST(a_server_with_a_second_history_is_refused)
{
	struct committee *c = handed_over(YIHU_STAGE_ISSUED);
	uint32_t serial;
	committee_clock(COMMITTEE_OPENS + 10);
	committee_shell(c, "cp -a server/box before");
	struct countd *d = start_server(c);
	assert_int_equal(replace(c, 5, &serial), 0);
	stop(d);
	committee_shell(c, "rm -r server/box && cp -a before server/box");
	/* Another entry at the same index, under the same log key. */
	struct committee *twin = committee_copy(c);
	committee_shell(twin, "rm election/box/url && cp -a before/. election/box/ && "
			      "rm -f election/box/url");
	assert_int_equal(committee_change(twin, &(struct issue_change){.old_serial = 6}, &serial),
			 0);
	char *swap = yihu_printf("rm -r server/box && cp -a '%s' server/box", twin->folder.box);
	committee_shell(c, swap);
	committee_live_in(c, "server/box");
	d = start_server(c);
	assert_int_equal(replace(c, 4, &serial), YIHU_EHISTORY);
	assert_non_null(strstr(c->err.text, "two histories"));
	stop(d);
	free(swap);
	committee_free(twin);
	committee_free(c);
}

TEST(another_election_is_not_mirrored)
{
	struct committee *c = handed_over(YIHU_STAGE_ISSUED),
			 *other = handed_over(YIHU_STAGE_ISSUED);
	uint32_t serial;
	struct yihu_buf before = committee_read(c, "box/public/charter");
	committee_shell(c, "rm -r server");
	char *swap = yihu_printf("cp -a '%s/server' .", other->temp);
	committee_shell(c, swap);
	committee_clock(COMMITTEE_OPENS + 10);
	struct countd *d = start_server(c);
	assert_int_equal(replace(c, 5, &serial), YIHU_EELECTION);
	struct yihu_buf after = committee_read(c, "box/public/charter");
	assert_int_equal(before.len, after.len);
	assert_memory_equal(before.data, after.data, before.len);
	stop(d);
	yihu_buf_free(&before);
	yihu_buf_free(&after);
	free(swap);
	committee_free(other);
	committee_free(c);
}

TEST(a_server_that_is_away_is_named)
{
	struct committee *c = handed_over(YIHU_STAGE_ISSUED);
	uint32_t serial;
	committee_clock(COMMITTEE_OPENS + 10);
	assert_int_equal(replace(c, 5, &serial), YIHU_ENET);
	assert_non_null(strstr(c->err.text, "http://127.0.0.1:1"));
	assert_false(committee_has(c, "secret/pending"));
	committee_free(c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(changes_reach_a_running_daemon),
		cmocka_unit_test(holders_act_through_a_running_daemon),
		cmocka_unit_test(after_handover_the_folder_follows_the_server),
		cmocka_unit_test(a_whole_count_at_a_server),
		cmocka_unit_test(a_server_that_went_back_is_refused),
		cmocka_unit_test(a_server_with_a_second_history_is_refused),
		cmocka_unit_test(another_election_is_not_mirrored),
		cmocka_unit_test(a_server_that_is_away_is_named),
	};
	return cmocka_run_group_tests_name("client remote", tests, NULL, NULL);
}
