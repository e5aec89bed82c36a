/* SPDX-License-Identifier: Apache-2.0
 *
 * paper/record: what was counted of the letters and seen of the printer, a line each
 * time.
 */
#ifndef YIHU_FOLDER_RECORD_H
#define YIHU_FOLDER_RECORD_H

#include <inttypes.h>

#include "folder/folder.h"

/* Letters printed, delivered, returned, void; printed less the others. */
#define RECORD_LETTERS "reconcile printed %u delivered %u returned %u void %u difference %" PRId64

/* The printer's test page: read by a camera, or looked at. */
#define RECORD_TEST "test-page "
#define RECORD_TEST_READ "read"
#define RECORD_TEST_SEEN "seen"
/* A building's letters, by the log and by people; its name is last, for it has blanks. */
#define RECORD_BUILDING "building printed %u delivered %u returned %u void %u name "

/* Adds a line, with the time before it. */
int record_add(const struct yihu_folder *f, const struct yihu_buf *line, struct yihu_error *err);
/* How the test page was checked the last time; NULL: it was not. Static. */
const char *record_test(const struct yihu_folder *f);
/* What was counted of a building the last time; false: nothing. */
bool record_building(const struct yihu_folder *f, const char *name, uint32_t *delivered,
		     uint32_t *returned);
/* Were the letters counted, and were all there the last time? */
bool record_balances(const struct yihu_folder *f);

#endif
