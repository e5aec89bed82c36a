// SPDX-License-Identifier: Apache-2.0
//
// A program of somebody else's, in C++ and against what is installed: audits a
// public folder under an election id. Says the stage; exits 1 on a fault.
#include <cstdio>
#include <memory>
#include <yihu/audit.h>

namespace
{
struct release {
	void operator()(yihu_public *p) const
	{
		yihu_public_free(p);
	}
	void operator()(yihu_audit *a) const
	{
		yihu_audit_free(a);
	}
};

std::unique_ptr<yihu_public, release> read_folder(const char *dir)
{
	yihu_public *folder = nullptr;
	yihu_error err{};
	if (yihu_public_read(&folder, dir, &err) != YIHU_OK)
		std::printf("%s: %s\n", yihu_code_slug(err.code), err.text);
	return std::unique_ptr<yihu_public, release>(folder);
}

int report(const yihu_audit &a)
{
	std::printf("%s: %zu faults\n", yihu_stage_name(a.stage), a.n_faults);
	for (size_t i = 0; i < a.n_faults; i++)
		std::printf("%s: %s\n", yihu_code_slug(a.faults[i].code), a.faults[i].file);
	return a.n_faults == 0 ? 0 : 1;
}
} // namespace

int main(int argc, char **argv)
{
	yihu_audit_options options{};
	if (argc != 3 || !yihu_eid_read(options.eid, &options.eid_bits, argv[2]))
		return 2;
	auto folder = read_folder(argv[1]);
	if (!folder)
		return 2;
	std::unique_ptr<yihu_audit, release> audit(yihu_audit_run(folder.get(), &options));
	return report(*audit);
}
