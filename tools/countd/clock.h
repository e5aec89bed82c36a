/* SPDX-License-Identifier: Apache-2.0
 *
 * yihu-countd --clock-is-right and --end-poll: a person vouches for the clock.
 */
#ifndef YIHU_TOOLS_COUNTD_CLOCK_H
#define YIHU_TOOLS_COUNTD_CLOCK_H

/* Shows the clock, asks for the time that another one shows (other: that time; NULL: a
 * person types it), and remembers in BOX/clock that both agree: a daemon that runs believes
 * it from then on. */
int countd_clock_is_right(const char *box_dir, const char *other);
/* The same once the poll is over by this clock, and signs its end: here, or the
 * daemon that runs does. mirror may be NULL. */
int countd_end_poll(const char *box_dir, const char *mirror, const char *other);

#endif
