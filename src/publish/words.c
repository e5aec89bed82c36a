/* SPDX-License-Identifier: Apache-2.0
 *
 * The words themselves, side by side.
 */
#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "words.h"

/* clang-format off */
static const char *const words[N_WORDS][N_LANGUAGES] = {
	[W_LANG] = {"zh-CN", "en"},
	[W_RESULT] = {"投票结果", "Result of the vote"},
	[W_NOT_OPENED] = {"选票共 %s 张，少于开箱所需的 %s 张，票箱没有打开，没有项目入选。",
			  "%s ballots were cast, fewer than the %s that may be opened: the box stayed shut and nothing is funded."},
	[W_NO_QUORUM] = {"参与户数没有达到要求，没有项目入选。", "The quorum was missed: nothing is funded."},
	[W_NONE_FUNDED] = {"没有项目入选。", "No project is funded."},
	[W_FUNDED_ONE] = {"1 个项目入选：%s。", "One project is funded: %s."},
	[W_FUNDED_MANY] = {"%s 个项目入选：%s。", "%s projects are funded: %s."},
	[W_FUNDED_LIST] = {"%s 个项目入选，依次是：", "%s projects are funded, in this order:"},
	[W_COMMA] = {"、", ", "},
	[W_NAME] = {"「%s」", "%s"},
	[W_FIGURES] = {"数字", "The figures"},
	[W_TURNOUT] = {"参与", "Turnout"},
	[W_TURNOUT_LINE] = {"应投 %s 户，已投 %s 户", "%s households were entitled, %s cast a ballot"},
	[W_BALLOTS] = {"选票", "Ballots"},
	[W_BALLOTS_LINE] = {"有效票 %s 张，废票 %s 张", "%s valid, %s void"},
	[W_VALID_LINE] = {"有效票 %s 张", "%s valid ballots"},
	[W_BUDGET] = {"预算", "Budget"},
	[W_BUDGET_LINE] = {"共 %s，用去 %s，余 %s", "%s in all, %s spent, %s left"},
	[W_QUORUM] = {"最低参与", "Quorum"},
	[W_QUORUM_MET] = {"达到：要求参与户数%s，实际 %s 户，共 %s 户。",
			  "Met: %s of the households had to take part, and %s of %s did."},
	[W_QUORUM_MISSED] = {"没有达到：要求参与户数%s，实际 %s 户，共 %s 户。",
			     "Missed: %s of the households had to take part, and %s of %s did."},
	[W_QUORUM_NONE] = {"没有规定最低参与户数。", "No quorum was set."},
	[W_POLL] = {"投票时间", "Poll"},
	[W_POLL_LINE] = {"%s 至 %s（世界时）", "%s to %s (UTC)"},
	[W_POLL_PAGE] = {"%s 至 %s（北京时间）", "%s to %s (UTC)"},
	[W_RULE] = {"计票规则", "How it was counted"},
	[W_RULE_GREEDY] = {"按票数从多到少，逐个看余款：够就入选，不够就跳过，接着看下一个。",
			   "From most votes to fewest: a project is funded when what is left is enough for it, else it is skipped and the next one is looked at."},
	[W_RULE_NO_SKIP] = {"按票数从多到少，逐个看余款：够就入选，遇到第一个不够的就停止。",
			    "From most votes to fewest: a project is funded when what is left is enough for it; at the first that does not fit, the count stops."},
	[W_RULE_THRESHOLD] = {"只看票数达到 %s 的项目，按票数从多到少：余款够就入选，不够就跳过。",
			      "Among projects with at least %s votes, from most votes to fewest: funded when what is left is enough, else skipped."},
	[W_RULE_MAJORITY] = {"每个项目单独表决：同意多于反对才能入选；有预算时按同意数从多到少，余款不够的跳过。",
			     "Each project by itself: it passes when more agree than are against. With a budget, from most agreed to fewest, skipping what does not fit."},
	[W_RULE_SHARES] = {"等额分摊：预算平均分给每张有效票。一个项目由支持它的各票分摊费用，每票出的一样多，钱不够的把余下的都出了。每一轮入选的是有效支持（费用÷每票最多出的钱）最大的项目，直到没有项目凑得齐费用。",
			   "Equal shares: the budget is divided equally among the valid ballots. A project is paid for by the ballots that support it, each paying the same, or all it has left if that is less. Each round funds the project with the most effective votes (its cost divided by what a ballot pays at most), until the supporters of none have enough."},
	[W_RULE_ADD1] = {"等额分摊（逐步加份额）：预算平均分给每张有效票，支持者分摊费用，每票出的一样多，钱不够的把余下的都出了；每一轮入选的是有效支持（费用÷每票最多出的钱）最大的项目。然后每票的份额各加 1，重新计算，直到预算放不下别的项目，或再加就会超出预算。",
			 "Equal shares, raised: the budget is divided equally among the valid ballots; supporters share a project's cost, each paying the same, or all it has left if that is less; each round funds the project with the most effective votes (its cost divided by what a ballot pays at most). Then every share is raised by 1 and all is counted anew, until nothing more fits into the budget, or one more raise would go over it."},
	[W_RULE_ADD1U] = {"等额分摊（逐步加份额，余款按票数）：预算平均分给每张有效票，支持者分摊费用，每票出的一样多，钱不够的把余下的都出了；每一轮入选的是有效支持（费用÷每票最多出的钱）最大的项目。然后每票的份额各加 1，重新计算，直到预算放不下别的项目，或再加就会超出预算。最后余款按票数从多到少，够就入选，不够就跳过。",
			  "Equal shares, raised, then by votes: the budget is divided equally among the valid ballots; supporters share a project's cost, each paying the same, or all it has left if that is less; each round funds the project with the most effective votes (its cost divided by what a ballot pays at most). Then every share is raised by 1 and all is counted anew, until nothing more fits into the budget, or one more raise would go over it. What is left then goes from most votes to fewest: funded when it is enough, else skipped."},
	[W_RULE_PHRAGMEN] = {"Phragmén 规则：每张有效票从零开始，以同样的快慢得到钱；一个项目的支持者一凑齐费用就买下它，他们的钱归零。轮到的项目预算放不下时，计票停止。",
			     "Phragmén's rule: every valid ballot is given money at the same pace, from nothing; as soon as the supporters of a project have its cost together they buy it and have nothing again. When the next one does not fit into the budget, the count stops."},
	[W_RULE_OTHER] = {"计票规则：%s。", "Counted by the rule %s."},
	[W_VOTES_POINTS] = {"这里的票数，是各张选票给它的分数之和。", "A project's votes are the points that all ballots give it, added up."},
	[W_VOTES_BORDA] = {"这里的票数，是各张选票的名次分之和：排在最后一个可排位置得 1 分，每靠前一位多 1 分。",
			   "A project's votes are points by rank, added up: 1 for the last place that a ballot can give, and 1 more for each place above it."},
	[W_EQUAL_VOTES] = {"票数相同的，费用低的在前；费用也相同的，由抽签定先后。", "Of equal votes, the cheaper project goes first; of equal cost too, the lot decides."},
	[W_EQUAL_SHARES] = {"有效支持相同的，费用低的在前；费用也相同的，票数多的在前；再相同，由抽签定。",
			    "Of equal effective votes, the cheaper project goes first; of equal cost too, the one with more votes; then the lot decides."},
	[W_EQUAL_MOMENT] = {"同时凑齐的，费用低的在前；费用也相同的，票数多的在前；再相同，由抽签定。",
			    "Of those at the same moment, the cheaper project goes first; of equal cost too, the one with more votes; then the lot decides."},
	[W_SUPPORT_CAST] = {"此外，支持一个项目的选票须%s（以全部选票计）。", "Also, %s of the ballots cast must support a project."},
	[W_SUPPORT_DECIDED] = {"此外，同意须%s（以同意与反对之和计）。", "Also, %s of those who agree or are against must agree."},
	[W_SUPPORT_ENTITLED] = {"此外，支持一个项目的户数须%s（以全部应投户数计）。", "Also, %s of the entitled households must support a project."},
	[W_MORE_THAN] = {"超过 %s", "more than %s"},
	[W_AT_LEAST] = {"至少 %s", "at least %s"},
	[W_PROJECTS] = {"各个项目", "Project by project"},
	[W_PROJECT] = {"项目", "Project"},
	[W_PLACE] = {"名次", "Place"},
	[W_COST] = {"费用", "Cost"},
	[W_COST_OF] = {"费用 %s", "costs %s"},
	[W_ID_COST] = {"编号 %s，费用 %s", "id %s, costs %s"},
	[W_VOTES] = {"得票", "Votes"},
	[W_VOTES_LINE] = {"%s 票", "%s votes"},
	[W_POINTS_LINE] = {"%s 分（%s 张选票）", "%s points (%s ballots)"},
	[W_CONSENT_LINE] = {"同意 %s，反对 %s，弃权 %s", "%s agree, %s against, %s abstain"},
	[W_OUTCOME] = {"结果", "Outcome"},
	[W_WHY] = {"经过", "How it came"},
	[W_FUNDED] = {"✓ 入选", "✓ Funded"},
	[W_NOT_FUNDED] = {"— 未入选", "— Not funded"},
	[W_WHY_FUNDED] = {"轮到时余 %s，够用，付后余 %s。", "%s was left when its turn came: enough, and %s remained."},
	[W_WHY_PASSED] = {"同意 %s，多于反对 %s。", "%s agree, more than the %s against."},
	[W_WHY_TOO_DEAR] = {"轮到时只余 %s，差 %s，跳过。", "Only %s was left when its turn came, %s short: skipped."},
	[W_WHY_STOPPED_HERE] = {"轮到时只余 %s，差 %s；计票到此停止。", "Only %s was left when its turn came, %s short: the count stopped here."},
	[W_WHY_AFTER_STOP] = {"计票已经停止，没有轮到。", "The count had stopped before it."},
	[W_WHY_NO_SUPPORT] = {"没有一张选票支持。", "No ballot supports it."},
	[W_WHY_NOT_MORE_FOR] = {"同意 %s，不多于反对 %s，差 %s。", "%s agree, not more than the %s against: %s short."},
	[W_WHY_THRESHOLD] = {"得票不到 %s，差 %s。", "Fewer than %s votes: %s short."},
	[W_WHY_SUPPORT] = {"支持 %s，共 %s，要求%s，差 %s。", "%s of %s support it; %s was required: %s short."},
	[W_WHY_NO_QUORUM] = {"参与户数没有达到要求。", "The quorum was missed."},
	[W_WHY_BOUGHT] = {"第 %s 轮由支持者凑齐费用。", "Paid for by its supporters in round %s."},
	[W_WHY_TOO_POOR] = {"支持者合计还有 %s，差 %s。", "Its supporters have %s left together: %s short."},
	[W_WHY_NOT_ELIGIBLE] = {"支持太少：按费用占三倍预算的比例，有效票中至少要得 %s，差 %s。",
				"Too little support: its cost, as a part of three times the budget, asks for %s or more votes: %s short."},
	[W_WHY_STOPPED_SHORT] = {"计票停止时支持者合计有 %s，差 %s。", "When the count stopped its supporters had %s together: %s short."},
	[W_STEPS] = {"一步一步", "Step by step"},
	[W_STEP_BEGIN] = {"每张有效票分到 %s。", "Each valid ballot has %s."},
	[W_STEP_RAISED] = {"每票份额加了 %s 次 1，共 %s。", "Each share was raised %s times by 1, to %s."},
	[W_STEP_EXHAUSTIVE] = {"到此为止：预算放不下别的项目了。", "There it ended: nothing more fits into the budget."},
	[W_STEP_OVER] = {"到此为止：再加一次就会超出预算。", "There it ended: one raise more would have gone over the budget."},
	[W_STEP_ROUND] = {"第 %s 轮：%s，费用 %s，有效支持 %s；%s 票出钱，每票最多 %s。",
			  "Round %s: %s, cost %s, effective votes %s; %s ballots pay, at most %s each."},
	[W_STEP_ROUND_POINTS] = {"第 %s 轮：%s，费用 %s，有效支持 %s；%s 票出钱，每票每分最多 %s。",
				 "Round %s: %s, cost %s, effective votes %s; %s ballots pay, at most %s for each point."},
	[W_STEP_EMPTIED] = {"其中 %s 票不够，把余下的都出了。", "%s of them had less and paid all they had."},
	[W_STEP_TIME] = {"第 %s 轮：%s，费用 %s，%s 票支持；每票累计得到 %s 时凑齐。",
			 "Round %s: %s, cost %s, %s ballots support it; bought when every ballot had been given %s in all."},
	[W_STEP_BY_COST] = {"与别的项目相同，费用低的在前。", "Equal to another: the cheaper goes first."},
	[W_STEP_BY_MORE_VOTES] = {"与别的项目相同，费用也相同，票数多的在前。", "Equal to another in this and in cost: more votes go first."},
	[W_STEP_BY_LOT] = {"与别的项目全都相同，由抽签定。", "Equal to another in everything: chosen by lot."},
	[W_STEP_REST] = {"余款 %s 按票数从多到少使用。", "What is left, %s, goes from most votes to fewest."},
	[W_STEP_GREEDY_TAKEN] = {"比较：按票数从多到少的结果，%s 票有更多自己支持的项目；等额分摊的结果，%s 票更多。采用按票数的结果。",
				 "Comparison: going from most votes to fewest, %s ballots have more of their projects funded; by equal shares %s have more. The former is taken."},
	[W_STEP_GREEDY_NOT_TAKEN] = {"比较：按票数从多到少的结果，%s 票有更多自己支持的项目；等额分摊的结果，%s 票更多。采用等额分摊的结果。",
				     "Comparison: going from most votes to fewest, %s ballots have more of their projects funded; by equal shares %s have more. Equal shares stays."},
	[W_SPENT] = {"用去", "Spent"},
	[W_ID] = {"编号", "Id"},
	[W_AGREE] = {"支持票", "Ballots for it"},
	[W_AGAINST] = {"反对票", "Ballots against"},
	[W_ABSTAIN] = {"其余有效票", "Other valid ballots"},
	[W_ABOUT] = {"约 %s", "about %s"},
	[W_WHY_NOT_OPENED] = {"票箱没有打开。", "The box was not opened."},
	[W_BY_COST] = {"与下一个项目票数相同，费用低的在前。", "Same votes as the next one: the cheaper goes first."},
	[W_BY_LOT] = {"与下一个项目票数、费用都相同，由抽签定先后。", "Same votes and cost as the next one: the lot put it first."},
	[W_VOID] = {"废票", "Void ballots"},
	[W_VOID_NONE] = {"没有废票。", "There are none."},
	[W_VOID_LINE] = {"%s 张，不计入任何项目；在最后一次洗票中的位置：%s。", "%s, counted for no project; places in the last mix: %s."},
	[W_LOT] = {"抽签", "The lot"},
	[W_LOT_NONE] = {"没有用到抽签。", "No tie had to be broken by lot."},
	[W_LOT_LINE] = {"票数和费用都相同的项目由抽签定先后。抽签的种子在开箱时由密钥保管人的密钥共同算出，事先没有人知道。",
			"Projects with equal votes and equal cost were put in order by lot. Its seed came out of the key holders' keys at the opening; nobody knew it before."},
	[W_LOT_SEED] = {"种子：", "Seed: "},
	[W_LOT_TIE] = {"抽签次序：%s。", "Order by lot: %s."},
	[W_KEYS] = {"开箱", "The opening"},
	[W_KEYS_LINE] = {"洗票 %s 次；密钥保管人共 %s 位，开箱需 %s 位，开箱的是第 %s 位。",
			 "%s mixes; of %s key holders, %s of whom can open, these opened: number %s."},
	[W_CHECK] = {"怎样核对", "How to check"},
	[W_CHECK_PRINT] = {"先核对表决编号，应与您家信上的一致：", "First compare the election's id with the one on your letter:"},
	[W_CHECK_BALLOTS] = {"每张有效票都逐行列在公开文件夹的 results.pb 里，没有姓名，也没有信件编号，谁都可以按项目编号自己数一遍。",
			     "Every valid ballot stands on a line of results.pb in the public folder, without name or letter number: anyone can count them, by the projects' ids."},
	[W_CHECK_BROWSER] = {"用浏览器核验：打开表决网站的 /verify，输入信上的 64 位编号；或下载公开文件夹，拖到那一页上。",
			     "In a browser: open /verify on the election's site and type the 64 digits from a letter, or download the public folder and drop it there."},
	[W_CHECK_RUN] = {"用命令核验：下载公开文件夹，运行下面一行（PUBLIC_DIR 换成文件夹所在位置）：",
			 "With a command: download the public folder and run this line (PUBLIC_DIR is where the folder is):"},
	[W_CHECK_PAGE] = {"本页只供阅读，由 results.json 生成，本身不能证明什么。",
			  "This page is for reading; it is drawn from results.json and proves nothing by itself."},
	[W_SUMMARY] = {"中文摘要", "Summary in English"},
	[W_COMPLAINTS] = {"投诉", "Complaints"},
	[W_COMPLAINTS_NONE] = {"居委会没有登记投诉。", "The committee has recorded none."},
	[W_COMPLAINTS_LINE] = {"收到 %s 件，已公开答复 %s 件。", "%s filed, %s answered in public."},
	[W_ANSWERS] = {"对投诉的答复", "Answers to the complaints"},
	[W_POSTER] = {"投票结果公示", "Result of the vote"},
	[W_POSTER_LIST] = {"%s 个项目入选：下表中打 ✓ 的项目。", "%s projects are funded: those marked ✓ below."},
	[W_POSTER_SHEET] = {"第 %s 张，共 %s 张", "Sheet %s of %s"},
	/* from, to, zone */
	[W_POSTER_TIME] = {"%s 至 %s（%s）", "%s to %s (%s)"},
	[W_POSTER_PRINT] = {"表决短码，应与您家信上的一致", "Short print, the same as on your letter"},
	[W_POSTER_EID] = {"表决编号", "Election id"},
	[W_POSTER_PAGE] = {"结果网页", "Results page"},
	[W_POSTER_GET] = {"结果网页和全部公开文件可向居委会索取（带上 U 盘），任何人都可以核对。",
			  "Ask the committee for the results page and all public files (bring a USB stick): anyone can check them."},
	[W_POSTER_SIGNED] = {"结果由经办人和密钥保管人签名：%s。", "Signed by the clerk and by the key holders %s."},
	[W_POSTER_SIGNED_ISSUER] = {"结果由经办人签名。", "Signed by the clerk."},
	[W_POSTER_STAMP] = {"公示单位（盖章）：________________    公示时间：______年____月____日至____月____日",
			    "Posted by (stamp): ____________________    from ______________ to ______________"},
};
/* clang-format on */

int yihu_language_find(enum language *out, const char *name, struct yihu_error *err)
{
	if (strcmp(name, "zh") == 0)
		*out = ZH;
	else if (strcmp(name, "en") == 0)
		*out = EN;
	else
		return yihu_fail(err, YIHU_EARG,
				 _("Results are written in zh or en, and not in “%s”."), name);
	return 0;
}

const char *yihu_word(enum language l, enum word w)
{
	assert(words[w][l]);
	return words[w][l];
}

char *yihu_say(enum language l, enum word w, ...)
{
	va_list args;
	char *text = NULL;
	va_start(args, w);
	if (vasprintf(&text, yihu_word(l, w), args) < 0)
		abort();
	va_end(args);
	return text;
}
