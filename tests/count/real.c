/* SPDX-License-Identifier: Apache-2.0
 *
 * The real elections of tests/data/pb.
 */
#include <stdlib.h>
#include <string.h>

#include <yihu/file.h>

#include "real.h"
#include "test.h"

static char *data_path(const char *name, const char *suffix)
{
	return yihu_printf("%s/pb/%s%s", getenv("YIHU_TEST_DATA"), name, suffix);
}

const char *const real_names[] = {
	"France_Toulouse_2022_17_-_Mirail-Universite_Reynerie_Bellefontaine",
	"Netherlands_Amsterdam_588",
	"Netherlands_Amsterdam_643",
	"Netherlands_Assen_2024",
	"Poland_Gdansk_2020_Przerobka",
	"Poland_Gdynia_2020_Orlowo__large",
	"Poland_Gdynia_2022_Kamienna_Gora__small",
	"Poland_Lodz_2020_Nr_33",
	"Poland_Poznan_2024_9_-_Stare_Miasto__small",
	"Poland_Swiecie_2023",
	"Poland_Warszawa_2018_Niskie_Okecie",
	"Poland_Warszawa_2018_Sadul",
	"Poland_Warszawa_2024_Wesola",
	"Poland_Wieliczka_2023_Green_Budget",
	"Poland_Zabrze_2020_Konczyce",
	"Poland_Zabrze_2020_Pawlow",
	"Switzerland_Zurich_SN",
	"US_Stanford_Dataset_2022_Jersey_City_Ward_B_vote_knapsacks",
	"US_Stanford_Dataset_Merced_Peoples_Budget_Ballot_2019_vote_rankings",
	"US_Stanford_Dataset_PB_Chicago_35th_Ward_2019_vote_approvals",
	"Worldwide_Mechanical_Turk_k_approval_3",
};
const size_t real_names_n = sizeof real_names / sizeof *real_names;

/* Rules that cities name and we do not make way for the nearest: of one that is not
 * known greedy, of Poznań's own, which first funds up to what does not fit, that. */
static void name_a_rule(struct yihu_buf *file)
{
	static const char *const names[][2] = {{"rule;unknown", "rule;greedy"},
					       {"rule;greedy-custom", "rule;greedy-no-skip"}};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		size_t len = strlen(names[i][0]);
		const char *at = memmem(file->data, file->len, names[i][0], len);
		if (!at)
			continue;
		struct yihu_buf changed = {0};
		size_t before = (size_t)(at - (const char *)file->data);
		yihu_buf_put(&changed, file->data, before);
		yihu_buf_str(&changed, names[i][1]);
		yihu_buf_put(&changed, at + len, file->len - before - len);
		yihu_buf_free(file);
		*file = changed;
	}
}

void real_read(struct real *x, const char *name)
{
	struct yihu_error err = {0};
	struct yihu_buf file = {0}, strict = {0};
	char *path = data_path(name, ".pb");
	memset(x, 0, sizeof *x);
	if (yihu_file_read(path, YIHU_DEFINITION_BYTES_MAX, &file, &err))
		fail_msg("%s", err.text);
	name_a_rule(&file);
	if (yihu_definition_held(&strict, NULL, file.data, file.len, &err) ||
	    yihu_told_read(&x->told, &x->n_told, file.data, file.len, &err) ||
	    yihu_definition_parse(&x->d, strict.data, strict.len, &err) ||
	    yihu_votes_read(&x->votes, x->d, file.data, file.len, &err))
		fail_msg("%s: %s", name, err.text);
	free(path);
	yihu_buf_free(&file);
	yihu_buf_free(&strict);
}

void real_count(struct real *x, const char *rule)
{
	struct yihu_error err = {0};
	struct yihu_profile p = {.definition = x->d,
				 .n = x->votes.n,
				 .digits = x->votes.digits,
				 .cast = x->votes.n + x->votes.void_votes.n,
				 .has_lot = true};
	if (rule) {
		free(x->d->rule);
		x->d->rule = yihu_strdup(rule);
		x->d->has_threshold = false;
		x->d->comparison = x->d->eligibility = false;
	}
	if (yihu_count(&x->o, &p, &err))
		fail_msg("%s", err.text);
}

void real_free(struct real *x)
{
	yihu_outcome_free(x->o);
	free(x->told);
	yihu_votes_free(&x->votes);
	yihu_definition_free(x->d);
}

json_t *real_expected;

int real_expect(const char *name)
{
	char *path = data_path(name, ".json");
	real_expected = json_load_file(path, JSON_REJECT_DUPLICATES, NULL);
	free(path);
	return real_expected ? 0 : -1;
}

int real_forget(void **state)
{
	(void)state;
	json_decref(real_expected);
	return 0;
}
