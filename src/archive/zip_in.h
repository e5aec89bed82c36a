/* SPDX-License-Identifier: Apache-2.0
 *
 * A ZIP file that anybody may have made: what is not a plain file with a plain name is
 * refused before a byte of it is unfolded.
 */
#ifndef YIHU_ARCHIVE_ZIP_IN_H
#define YIHU_ARCHIVE_ZIP_IN_H

#include <yihu/bytes.h>
#include <yihu/error.h>

/* Beyond the first bytes an entry may be so many times what it takes in the file. */
#define ZIP_IN_FREE (4u << 20)
#define ZIP_IN_RATIO 200

struct zip_entry {
	char *name;
	uint64_t index, size; /* its place in the file; its bytes, unfolded */
};
struct zip_in;
/* With all its entries looked at: the codes of archive_read_public, but for the hashes. */
int zip_in_open(struct zip_in **out, const char *path, struct yihu_error *err);
void zip_in_close(struct zip_in *z);
/* Its files by name, folders left out; borrowed. */
const struct zip_entry *zip_in_entries(const struct zip_in *z, size_t *n);
/* NULL: there is none of that name. */
const struct zip_entry *zip_in_find(const struct zip_in *z, const char *name);
/* Appends the bytes; YIHU_ETOOBIG when there are more than max. YIHU_EFORMAT: damaged. */
int zip_in_read(const struct zip_in *z, const struct zip_entry *e, uint64_t max,
		struct yihu_buf *out, struct yihu_error *err);
int zip_in_hash(const struct zip_in *z, const struct zip_entry *e, uint8_t hash[static 32],
		struct yihu_error *err);

#endif
