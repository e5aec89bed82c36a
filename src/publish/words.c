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
	[W_COMMA] = {"、", ", "},
	[W_NAME] = {"「%s」", "%s"},
	[W_FIGURES] = {"数字", "The figures"},
	[W_TURNOUT] = {"参与", "Turnout"},
	[W_TURNOUT_LINE] = {"应投 %s 户，已投 %s 户", "%s households were entitled, %s cast a ballot"},
	[W_BALLOTS] = {"选票", "Ballots"},
	[W_BALLOTS_LINE] = {"有效票 %s 张，废票 %s 张", "%s valid, %s void"},
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
	[W_RULE] = {"计票规则", "How it was counted"},
	[W_RULE_GREEDY] = {"按票数从多到少，逐个看余款：够就入选，不够就跳过，接着看下一个。",
			   "From most votes to fewest: a project is funded when what is left is enough for it, else it is skipped and the next one is looked at."},
	[W_RULE_NO_SKIP] = {"按票数从多到少，逐个看余款：够就入选，遇到第一个不够的就停止。",
			    "From most votes to fewest: a project is funded when what is left is enough for it; at the first that does not fit, the count stops."},
	[W_RULE_THRESHOLD] = {"只看票数达到 %s 的项目，按票数从多到少：余款够就入选，不够就跳过。",
			      "Among projects with at least %s votes, from most votes to fewest: funded when what is left is enough, else skipped."},
	[W_RULE_MAJORITY] = {"每个项目单独表决：同意多于反对才能入选；有预算时按同意数从多到少，余款不够的跳过。",
			     "Each project by itself: it passes when more agree than are against. With a budget, from most agreed to fewest, skipping what does not fit."},
	[W_RULE_OTHER] = {"计票规则：%s。", "Counted by the rule %s."},
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
	[W_VOTES] = {"得票", "Votes"},
	[W_VOTES_LINE] = {"%s 票", "%s votes"},
	[W_POINTS_LINE] = {"%s 分（%s 张选票）", "%s points (%s ballots)"},
	[W_CONSENT_LINE] = {"同意 %s，反对 %s，弃权 %s", "%s agree, %s against, %s abstain"},
	[W_OUTCOME] = {"结果", "Outcome"},
	[W_WHY] = {"经过", "How it came"},
	[W_FUNDED] = {"✓ 入选", "✓ Funded"},
	[W_NOT_FUNDED] = {"— 未入选", "— Not funded"},
	[W_WHY_FUNDED] = {"轮到时余 %s，够用。", "%s was left when its turn came: enough."},
	[W_WHY_PASSED] = {"同意 %s，多于反对 %s。", "%s agree, more than the %s against."},
	[W_WHY_TOO_DEAR] = {"轮到时只余 %s，不够，跳过。", "Only %s was left when its turn came: skipped."},
	[W_WHY_STOPPED_HERE] = {"轮到时只余 %s，不够；计票到此停止。", "Only %s was left when its turn came: the count stopped here."},
	[W_WHY_AFTER_STOP] = {"计票已经停止，没有轮到。", "The count had stopped before it."},
	[W_WHY_NO_SUPPORT] = {"没有一张选票支持。", "No ballot supports it."},
	[W_WHY_NOT_MORE_FOR] = {"同意 %s，不多于反对 %s。", "%s agree, not more than the %s against."},
	[W_WHY_THRESHOLD] = {"得票不到 %s。", "Fewer than %s votes."},
	[W_WHY_SUPPORT] = {"支持 %s，共 %s，要求%s。", "%s of %s support it; %s was required."},
	[W_WHY_NO_QUORUM] = {"参与户数没有达到要求。", "The quorum was missed."},
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
	[W_CHECK_RUN] = {"再下载公开文件夹，用下面的命令重新核验每一步（PUBLIC_DIR 换成文件夹所在位置）：",
			 "Then download the public folder and verify every step again (PUBLIC_DIR is where the folder is):"},
	[W_CHECK_PAGE] = {"本页只供阅读，由 results.json 生成，本身不能证明什么。",
			  "This page is for reading; it is drawn from results.json and proves nothing by itself."},
	[W_SUMMARY] = {"中文摘要", "Summary in English"},
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
