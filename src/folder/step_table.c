/* SPDX-License-Identifier: Apache-2.0
 *
 * The table, its conditions, and how a row is judged.
 */
#include "folder/step_table.h"

#include <stdlib.h>
#include <string.h>

#include <yihu/file.h>

#include "folder/carried.h"
#include "folder/record.h"
#include "folder/rehearsed.h"
#include "folder/step_words.h"

/* ---- conditions ---- */

static bool always(const struct folder_facts *x)
{
	(void)x;
	return true;
}

static bool never(const struct folder_facts *x)
{
	(void)x;
	return false;
}

static bool is_stick(const struct folder_facts *x)
{
	return x->stick;
}

static bool has_charter(const struct folder_facts *x)
{
	return x->charter;
}

static bool is_real(const struct folder_facts *x)
{
	return !x->stick && !folder_rehearses(x->f);
}

static bool is_rehearsed(const struct folder_facts *x)
{
	return folder_is_rehearsed(x->f);
}

static bool has_envelopes(const struct folder_facts *x)
{
	return folder_has(x->f, F_ENVELOPES);
}

static bool has_proof(const struct folder_facts *x)
{
	return folder_has(x->f, F_PROOF);
}

static bool has_poster(const struct folder_facts *x)
{
	return folder_has(x->f, F_POSTER_A4);
}

static bool has_walklist(const struct folder_facts *x)
{
	return folder_has(x->f, F_WALKLIST);
}

static bool has_complaints(const struct folder_facts *x)
{
	return folder_has(x->f, F_COMPLAINTS);
}

static bool has_archive(const struct folder_facts *x)
{
	return folder_has(x->f, F_ARCHIVED);
}

static bool has_letters(const struct folder_facts *x)
{
	return yihu_file_exists(x->f->letters);
}

static bool is_issued(const struct folder_facts *x)
{
	return folder_shows(x->f, "register");
}

/* Letters are there, or will be. */
static bool letters_to_shred(const struct folder_facts *x)
{
	return has_letters(x) || x->stage < YIHU_STAGE_ISSUED;
}

static bool letters_shredded(const struct folder_facts *x)
{
	return is_issued(x) && !has_letters(x);
}

static bool letters_counted(const struct folder_facts *x)
{
	return record_balances(x->f);
}

static bool backup_current(const struct folder_facts *x)
{
	uint64_t made;
	return carried_standing(x->f, &made) == CARRIED_CURRENT;
}

static bool has_moved(const struct folder_facts *x)
{
	return x->moved != NULL;
}

static bool is_served(const struct folder_facts *x)
{
	return x->moved || x->daemon;
}

static bool box_broken(const struct folder_facts *x)
{
	return x->box_broken != NULL;
}

static bool box_gone(const struct folder_facts *x)
{
	return x->box_gone;
}

static bool box_sound(const struct folder_facts *x)
{
	return !x->box_gone && !x->box_broken;
}

static bool takes_ballots(const struct folder_facts *x)
{
	return is_served(x) && box_sound(x);
}

/* The charter allows some. */
static bool may_withdraw(const struct folder_facts *x)
{
	return x->plan.max_withdrawals > 0;
}

static bool called_off(const struct folder_facts *x)
{
	return x->stage == YIHU_STAGE_CANCELLED;
}

static bool is_opened(const struct folder_facts *x)
{
	return !x->too_few;
}

static bool clerk_signed(const struct folder_facts *x)
{
	return x->issuer_signed;
}

static bool results_signed(const struct folder_facts *x)
{
	return x->issuer_signed && folder_facts_missing(x, HOLDER_SIGNS) == 0;
}

static bool takes_objections(const struct folder_facts *x)
{
	return x->objections_until > 0;
}

static bool objections_over(const struct folder_facts *x)
{
	return x->now >= x->objections_until;
}

static bool is_final(const struct folder_facts *x)
{
	return folder_shows(x->f, "final");
}

static bool files_left(const struct folder_facts *x)
{
	char *left = x->stage == YIHU_STAGE_RETIRED ? yihu_files_left(x->f) : NULL;
	free(left);
	return left != NULL;
}

/* ---- the table ---- */

/* Who, which kind, from, until: the same four in each row. */
#define ROW(id_, actor_, kind_, from_, until_)                                                     \
	.id = (id_), .actor = STEP_##actor_, .kind = STEP_##kind_, .from = YIHU_STAGE_##from_,     \
	.until = YIHU_STAGE_##until_
#define NO_TASK .task = STEP_NO_TASK

const char step_by_sticks[] = "yihu-issue hand-out {dir} STICK";

static const struct folder_step steps[] = {
	{ROW("setup", CLERK, MOVES, DRAFTED, DRAFTED), NO_TASK, .done = always,
	 .words = N_("the clerk sets the election up"),
	 .command = "yihu-issue init {dir} --election FILE.pb --households FILE.csv --opens TIME "
		    "--closes TIME --holders N --threshold T"},
	{ROW("proof", CLERK, BESIDE, DRAFTED, ANNOUNCED), NO_TASK, .done = has_proof,
	 .words = N_("print the proof sheet, to be checked and signed before the charter"),
	 .command = "yihu-issue proof {dir}"},
	{ROW("rehearse", CLERK, BESIDE, DRAFTED, CHARTERED), NO_TASK, .needed = is_real,
	 .done = is_rehearsed,
	 .words = N_("rehearse the whole vote with specimens, before letters are made"),
	 .command = "yihu-issue rehearse {dir} --to NEW"},
	{ROW("envelopes", CLERK, BESIDE, DRAFTED, DEALT), NO_TASK, .done = has_envelopes,
	 .words = N_("print forms for the envelopes, one for each passphrase"),
	 .command = "yihu-issue envelope {dir}"},
	{ROW("hand-out", CLERK, AT_WILL, DRAFTED, OPENED), NO_TASK,
	 .words = N_("give each key holder who does not come a stick with what the round needs"),
	 .command = step_by_sticks},
	{ROW("announce", HOLDER, MOVES, DRAFTED, DRAFTED), .task = HOLDER_ANNOUNCES,
	 .words = N_("each key holder announces"), .say = say_announce,
	 .command = "yihu-trustee announce {dir} --index I --name NAME --key FILE",
	 .together = "yihu-trustee ceremony {dir} --key FILE --name NAME …"},
	{ROW("charter", CLERK, MOVES, ANNOUNCED, ANNOUNCED), NO_TASK, .done = has_charter,
	 .words = N_("the clerk makes the charter"), .command = "yihu-issue charter {dir}"},
	{ROW("deal", HOLDER, MOVES, ANNOUNCED, ANNOUNCED), .task = HOLDER_DEALS,
	 .words = N_("each key holder deals"), .say = say_deal,
	 .command = "yihu-trustee deal {dir} --key FILE",
	 .together = "yihu-trustee ceremony {dir} --key FILE …"},
	{ROW("accept", HOLDER, MOVES, DEALT, DEALT), .task = HOLDER_ACCEPTS,
	 .words = N_("each key holder accepts"), .say = say_accept,
	 .command = "yihu-trustee accept {dir} --key FILE",
	 .together = "yihu-trustee ceremony {dir} --key FILE …"},
	{ROW("poster", CLERK, BESIDE, CHARTERED, OPEN), NO_TASK, .done = has_poster,
	 .words = N_("print the poster, before the vote"), .command = "yihu-issue poster {dir}"},
	{ROW("letters", CLERK, MOVES, CHARTERED, CHARTERED), NO_TASK, .done = is_issued,
	 .words = N_("the clerk makes the letters"), .command = "yihu-issue letters {dir}"},
	{ROW("shred-letters", CLERK, BESIDE, ISSUED, CANCELLED), NO_TASK,
	 .needed = letters_to_shred, .done = letters_shredded,
	 .words = N_("destroy the letters' files once they are printed"),
	 .command = "yihu-issue shred-letters {dir} --printed N"},
	{ROW("backup", CLERK, BESIDE, ISSUED, OPENED), NO_TASK, .done = backup_current,
	 .words = N_("copy the clerk's side to a stick, again after each change"),
	 .command = "yihu-issue backup {dir} STICK"},
	{ROW("walklist", CLERK, BESIDE, ISSUED, OPEN), NO_TASK, .done = has_walklist,
	 .words = N_("print the list that is signed at the doors"),
	 .command = "yihu-issue walklist {dir}"},
	{ROW("deliver", CLERK, MOVES, ISSUED, ISSUED), NO_TASK,
	 .words = N_("deliver the letters and put up the poster"), .say = say_deliver},
	{ROW("reconcile", CLERK, BESIDE, ISSUED, ENDED), NO_TASK, .done = letters_counted,
	 .words = N_("count the letters, until all are accounted for"),
	 .command = "yihu-issue reconcile {dir} --delivered N --returned N --void N"},
	{ROW("handover", CLERK, AT_WILL, ISSUED, OPEN), NO_TASK, .done = has_moved,
	 .words = N_("move the box to a server"), .command = "yihu-issue handover {dir} --url URL"},
	{ROW("complete-box", OPERATOR, MOVES, ISSUED, ENDED), NO_TASK, .needed = box_broken,
	 .words = N_("bring back what the box lacks"), .say = say_broken},
	{ROW("rebuild", OPERATOR, MOVES, ISSUED, ENDED), NO_TASK, .needed = box_gone,
	 .words = N_("make the box again"), .say = say_gone,
	 .command = "yihu-countd {dir}/box --rebuild"},
	{ROW("daemon", OPERATOR, MOVES, ISSUED, OPEN), NO_TASK, .ready = box_sound,
	 .done = is_served, .words = N_("start the daemon"), .say = say_daemon,
	 .command = "yihu-countd {dir}/box --listen {listen}"},
	{ROW("vote", HOUSEHOLD, MOVES, OPEN, OPEN), NO_TASK, .ready = takes_ballots,
	 .words = N_("households vote"), .say = say_vote,
	 .command = "yihu-cast {server} --token-file FILE --receipt FILE"},
	{ROW("replace", CLERK, AT_WILL, ISSUED, OPEN), NO_TASK,
	 .words = N_("replace a letter that was lost"),
	 .command = "yihu-issue replace {dir} NUMBER"},
	{ROW("void", CLERK, AT_WILL, ISSUED, OPEN), NO_TASK, .words = N_("void a letter for good"),
	 .command = "yihu-issue void {dir} NUMBER"},
	{ROW("add", CLERK, AT_WILL, ISSUED, OPEN), NO_TASK,
	 .words = N_("add a household that was not on the list"),
	 .command = "yihu-issue add {dir} HOUSEHOLD"},
	{ROW("withdraw", CLERK, AT_WILL, ISSUED, OPEN), NO_TASK, .needed = may_withdraw,
	 .words = N_("withdraw a project, with key holders"),
	 .command = "yihu-issue withdraw {dir} PROJECT"},
	{ROW("cancel", CLERK, AT_WILL, CHARTERED, ENDED), NO_TASK, .done = called_off,
	 .words = N_("call the election off, for good"), .command = "yihu-issue cancel {dir}"},
	{ROW("cancelled-poster", CLERK, MOVES, CANCELLED, CANCELLED), NO_TASK, .needed = called_off,
	 .words = N_("put up the poster of the end"), .say = say_poster_of_end},
	{ROW("begin-anew", CLERK, MOVES, CANCELLED, CANCELLED), NO_TASK, .needed = called_off,
	 .words = N_("begin anew with the same lists"),
	 .command = "yihu-issue init NEW --again {dir}"},
	{ROW("close", CLERK, MOVES, ENDED, ENDED), NO_TASK, .ready = box_sound,
	 .words = N_("the clerk closes the box"), .command = "yihu-tally close {dir}"},
	{ROW("box", HOLDER, MOVES, CLOSED, CLOSED), .task = HOLDER_SIGNS_BOX, .needed = is_opened,
	 .words = N_("key holders sign the box"), .say = say_box,
	 .command = "yihu-trustee box {dir} --key FILE",
	 .together = "yihu-trustee count {dir} {keys}"},
	{ROW("shuffle", HOLDER, MOVES, BOXED, BOXED), .task = HOLDER_SHUFFLES, .needed = is_opened,
	 .words = N_("key holders shuffle, one after the other"), .say = say_shuffle,
	 .command = "yihu-trustee shuffle {dir} --key FILE",
	 .together = "yihu-trustee count {dir} {keys}"},
	{ROW("open", HOLDER, MOVES, MIXED, MIXED), .task = HOLDER_OPENS, .needed = is_opened,
	 .words = N_("key holders open"), .say = say_open,
	 .command = "yihu-trustee open {dir} --key FILE",
	 .together = "yihu-trustee count {dir} {keys}"},
	{ROW("sign", HOLDER, MOVES, OPENED, OPENED), .task = HOLDER_SIGNS, .needed = is_opened,
	 .words = N_("key holders sign the results"), .say = say_sign,
	 .command = "yihu-trustee sign {dir} --key FILE",
	 .together = "yihu-trustee count {dir} {keys}"},
	{ROW("sign-clerk", CLERK, MOVES, OPENED, OPENED), NO_TASK, .done = clerk_signed,
	 .words = N_("the clerk signs the results"), .say = say_sign_clerk,
	 .command = "yihu-issue sign {dir}"},
	{ROW("publish", CLERK, MOVES, OPENED, OPENED), NO_TASK, .ready = results_signed,
	 .words = N_("publish the results"), .command = "yihu-tally publish {dir}"},
	{ROW("results-poster", CLERK, MOVES, PUBLISHED, PUBLISHED), NO_TASK,
	 .words = N_("put up the result"), .say = say_poster_of_results},
	{ROW("complaints", CLERK, AT_WILL, PUBLISHED, RETIRED), NO_TASK, .done = has_complaints,
	 .words = N_("answer the objections, beside the results"),
	 .command = "yihu-tally complaints {dir} --filed N --answers FILE"},
	{ROW("final", CLERK, BESIDE, PUBLISHED, RETIRED), NO_TASK, .needed = takes_objections,
	 .ready = objections_over, .done = is_final,
	 .words = N_("say that the result is final, once the time for objections is over"),
	 .say = say_final, .command = "yihu-tally final {dir}"},
	{ROW("audit", AUDITOR, BESIDE, PUBLISHED, RETIRED), NO_TASK, .done = never,
	 .words = N_("anybody audits the public folder, with the id on a letter"),
	 .command = "yihu-audit {dir}/box/public --eid ID"},
	{ROW("retire", HOLDER, MOVES, PUBLISHED, PUBLISHED), .task = HOLDER_RETIRES,
	 .words = N_("key holders erase their shares"), .say = say_retire,
	 .command = "yihu-trustee retire {dir} --key FILE"},
	{ROW("files-left", HOLDER, MOVES, RETIRED, RETIRED), NO_TASK, .needed = files_left,
	 .words = N_("erase the copies of keys"), .say = say_files_left,
	 .command = "yihu-trustee retire {dir} --key FILE"},
	{ROW(STEP_ARCHIVE, CLERK, MOVES, RETIRED, CANCELLED), NO_TASK, .done = has_archive,
	 .words = N_("make the archive, which is kept"),
	 .command = "yihu-issue archive {dir} STICK"},
	{ROW("give-back", HOLDER, MOVES, DRAFTED, RETIRED), NO_TASK, .on_stick = true,
	 .needed = is_stick,
	 .words = N_("this stick goes back to the clerk, who takes what is new on it"),
	 .command = "yihu-issue collect DIR {dir}"},
};

const struct folder_step *folder_steps(size_t *n)
{
	*n = sizeof steps / sizeof *steps;
	return steps;
}

/* ---- one row ---- */

/* Of key holders, at its stage. */
static bool all_have(const struct folder_step *s, const struct folder_facts *x)
{
	return s->task != STEP_NO_TASK && x->at == s->from && folder_facts_missing(x, s->task) == 0;
}

enum step_state folder_step_state(const struct folder_step *s, const struct folder_facts *x)
{
	if (s->done && s->done(x))
		return STEP_DONE;
	if (s->needed && !s->needed(x))
		return STEP_NOT_NEEDED;
	if (x->at > s->until)
		return s->kind == STEP_MOVES && !called_off(x) ? STEP_DONE : STEP_NOT_NEEDED;
	if (all_have(s, x))
		return STEP_DONE;
	if (s->kind == STEP_AT_WILL)
		return STEP_NOT_NEEDED;
	return x->at < s->from || (s->ready && !s->ready(x)) ? STEP_WAITING : STEP_DUE;
}

char *folder_step_words(const struct folder_step *s, const struct folder_facts *x)
{
	char *said = s->say ? s->say(x) : NULL;
	return said ? said : yihu_strdup(yihu_gettext(s->words));
}

bool folder_step_possible(const struct folder_step *s, const struct folder_facts *x)
{
	return x->at >= s->from && x->at <= s->until && (!s->needed || s->needed(x));
}
