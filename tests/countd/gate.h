/* SPDX-License-Identifier: Apache-2.0
 *
 * A gate before the signatures that a daemon in this process looks at: of a ballot its
 * vote signature, of a change the issuer's, by the letter's serial. Needs the linker's
 * --wrap for both.
 */
#ifndef YIHU_TEST_GATE_H
#define YIHU_TEST_GATE_H

#include <yihu/ledger.h>

#define GATE_SERIALS 200 /* the largest */

/* Shut it holds whoever comes, but for those who were let. */
void gate_set(bool shut);
/* One more of this serial goes through. */
void gate_let(uint32_t serial);
/* How many signatures of this serial were begun. */
unsigned gate_begun(uint32_t serial);
/* Until it holds so many. */
void gate_wait_held(unsigned n);
/* Open, and nothing was begun. */
void gate_open_anew(void);

#endif
