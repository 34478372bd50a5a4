/* markup - stretches of a sentence that are not prose: addresses, code, tags, link targets. */
#ifndef ENT_MARKUP_H
#define ENT_MARKUP_H

#include <stdint.h>

/* What a scan of one sentence found missing, so that it never looks for it twice: with it, time
 * stays linear. All zero at first. */
typedef struct ent_markup_memo {
    uint8_t no_tick; /* bit k: no run of k back ticks follows */
    uint8_t no_angle;
    uint32_t no_link; /* no link target starts before this */
} ent_markup_memo;

/* Each gives the end of the stretch that starts at i, or 0 when none does. */
uint32_t ent_markup_code(const char *s, uint32_t n, uint32_t i, ent_markup_memo *memo);
uint32_t ent_markup_tag(const char *s, uint32_t n, uint32_t i, ent_markup_memo *memo);
uint32_t ent_markup_target(const char *s, uint32_t n, uint32_t i, ent_markup_memo *memo);
uint32_t ent_markup_orglink(const char *s, uint32_t n, uint32_t i);
uint32_t ent_markup_command(const char *s, uint32_t n, uint32_t i);
uint32_t ent_markup_charref(const char *s, uint32_t n, uint32_t i);

/* A URL, e-mail address or domain at i, the start of a word that ends at `word_end`. */
uint32_t ent_markup_address(const char *s, uint32_t n, uint32_t i, uint32_t word_end);

#endif
