/* SPDX-License-Identifier: Apache-2.0
 *
 * What others on the computer see of a program that holds secrets.
 */

#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/cli.h"
#include "test.h"

TEST(no_core_is_written)
{
	struct rlimit core;
	assert_int_equal(getrlimit(RLIMIT_CORE, &core), 0);
	assert_int_equal(core.rlim_cur, 0);
	assert_int_equal(core.rlim_max, 0);
}

/* Memory, descriptors, environment: below /proc/PID, which is root's then. */
TEST(no_other_process_of_the_user_reads_its_memory)
{
	struct stat st;
	assert_int_equal(prctl(PR_GET_DUMPABLE), 0);
	assert_int_equal(stat("/proc/self/mem", &st), 0);
	assert_int_equal(st.st_uid, 0);
}

TEST(files_are_its_owners_alone)
{
	assert_int_equal(umask(0), 077);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_core_is_written),
		cmocka_unit_test(no_other_process_of_the_user_reads_its_memory),
		cmocka_unit_test(files_are_its_owners_alone),
	};
	cli_init("private");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
