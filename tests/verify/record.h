/* SPDX-License-Identifier: Apache-2.0
 *
 * A public folder and what the C audit says of it, as a line of JSON that the
 * tests in Node.js read: `#case {…}`, a comment to who reads TAP.
 */
#ifndef TESTS_VERIFY_RECORD_H
#define TESTS_VERIFY_RECORD_H

#include <jansson.h>
#include <yihu/audit.h>

json_t *record_bytes(const void *data, size_t len); /* base64 */
/* Every file of the folder, by name. */
json_t *record_files(const struct yihu_public *p);
/* eid, and the evidence that there is. */
json_t *record_options(const struct yihu_audit_options *o);
/* stage, exit, eid, steps, faults, figures, result. */
json_t *record_verdict(const struct yihu_audit *a, const struct yihu_audit_options *o);
/* Prints the line; takes the object. */
void record_print(json_t *line);

#endif
