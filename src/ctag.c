/* ctag - the word class of each token. See ctag.h.
 *
 * Two passes: the first looks every word up, marks what mentions cover and settles all words that
 * have one class; the second goes from left to right over the words that can be verbs and decides
 * by the class before and the first letters of what follows.
 */
#include "ctag.h"

static const uint32_t ADJECTIVE = (uint32_t)ENT_K_ADJ;

static uint8_t mark_class(const ent_token *t)
{
    switch (t->cls) {
    case ENT_T_NUMBER:
        return ENT_P_NUM;
    case ENT_T_QUOTE:
        return ENT_P_QUOTE;
    case ENT_T_DASH:
        return t->flags & ENT_T_SPACE ? ENT_P_DASH : ENT_P_HYPHEN;
    case ENT_T_BRACKET:
        return t->flags & ENT_T_CLOSE ? ENT_P_CLOSE : ENT_P_OPEN;
    case ENT_T_SYMBOL:
        return ENT_P_NOUN;
    default:
        return ENT_P_STOP;
    }
}

/* Class of a small word by its tags; ENT_P_NOUN when it is none. */
static uint8_t small_class(uint32_t tags)
{
    static const struct {
        uint32_t tags;
        uint8_t pos;
    } order[] = {
        {ENT_K_TO, ENT_P_TO},
        {ENT_K_THAT, ENT_P_THAT},
        {ENT_K_BE | ENT_K_HAVE | ENT_K_DO | ENT_K_MODAL, ENT_P_AUX},
        {ENT_K_POSS, ENT_P_POSS},
        {ENT_K_REL | ENT_K_WH, ENT_P_REL},
        {ENT_K_NUM, ENT_P_NUM},
        {ENT_K_PRON, ENT_P_PRON},
        {ENT_K_DET, ENT_P_DET},
        {ENT_K_CONJ, ENT_P_CONJ},
        {ENT_K_SUB, ENT_P_SUB},
        {ENT_K_NEG, ENT_P_NEG},
        {ENT_K_PREP | ENT_K_PART, ENT_P_PREP},
        {ENT_K_QUANT, ENT_P_DET},
        {ENT_K_ADV, ENT_P_ADV},
    };
    for (unsigned i = 0; i < sizeof order / sizeof *order; i++)
        if (tags & order[i].tags) return order[i].pos;
    return ENT_P_NOUN;
}

/* Marks the outermost mention of each token. Mentions come outer before inner, so a token keeps
 * the first it gets; hidden ones count as ordinary words. */
static void mark_mentions(ent_ctags *g)
{
    g->told = 0;
    for (uint32_t i = 0; i < g->n; i++)
        g->tok[i].men = -1;
    for (uint32_t k = 0; k < g->n_ms; k++) {
        const ent_smention *m = &g->ms[k];
        if (m->kind == ENT_PROPOSAL) g->told = 1;
        if (m->flags & ENT_M_HIDDEN || m->kind == ENT_PROPOSAL) continue;
        for (uint32_t i = m->tok; i < (uint32_t)m->tok + m->ntok && i < g->n; i++)
            if (g->tok[i].men < 0) g->tok[i].men = (int16_t)k;
    }
}

/* An adverb by its ending; "family", "only" and the like are few enough to be wrong about. */
static int ends_ly(const ent_ctags *g, uint32_t i, const char *text)
{
    const ent_token *t = &g->t[i];
    uint32_t n = t->end - t->start;
    const char *s = text + t->start;
    return n > 4 && s[n - 1] == 'y' && s[n - 2] == 'l' && t->shape == ENT_SH_LOWER;
}

/* 's is the genitive, or "is" and "has" after a pronoun. */
static uint8_t genitive_class(const ent_ctags *g, uint32_t i)
{
    if (i == 0 || g->t[i].flags & ENT_T_SPACE) return ENT_P_GEN;
    uint8_t before = g->tok[i - 1].pos;
    return before == ENT_P_PRON || before == ENT_P_REL || before == ENT_P_THAT ? ENT_P_AUX
                                                                               : ENT_P_GEN;
}

static void first_pass(ent_ctags *g, const char *text)
{
    for (uint32_t i = 0; i < g->n; i++) {
        ent_ctoken *k = &g->tok[i];
        const ent_token *t = &g->t[i];
        k->w = t->cls == ENT_T_WORD ? ent_clex_word(g->lex, t->lower) : (ent_cword){0};
        if (g->cover) ent_cover_word(g->cover, t->lower, &k->w);
        k->form = 0;
        k->chunk = -1;
        if (t->cls == ENT_T_PUNCT && t->end - t->start == 1 && text[t->start] == ',')
            k->pos = ENT_P_COMMA;
        else if (t->flags & ENT_T_POSS) {
            k->pos = genitive_class(g, i);
            if (k->pos == ENT_P_AUX) k->w.tags = ENT_K_BE;
        } else if (t->cls != ENT_T_WORD)
            k->pos = mark_class(t);
        else if (k->men >= 0 && g->ms[k->men].form != ENT_PRONOUN)
            k->pos = ENT_P_NAME;
        else if ((k->pos = small_class(k->w.tags)) == ENT_P_NOUN && !k->w.forms &&
                 ends_ly(g, i, text))
            k->pos = ENT_P_ADV;
    }
}

/* ---- second pass: verbs -------------------------------------------------------------------- */

/* What is known when a word is decided. */
typedef struct ctx {
    uint8_t before; /* class of the word before, adverbs not counted; ENT_P_STOP at the start */
    uint32_t at;    /* that word's number, UINT32_MAX at the start */
    uint32_t verb;  /* the last verb of the clause before, UINT32_MAX none */
    uint8_t left;   /* class before the noun phrase that is being read */
} ctx;

static uint8_t pos_at(const ent_ctags *g, uint32_t i)
{
    return i < g->n ? g->tok[i].pos : (uint8_t)ENT_P_STOP;
}

/* Whether a noun phrase seems to start at i: then a verb may stand before it. */
static int starts_np(const ent_ctags *g, uint32_t i)
{
    if (i >= g->n) return 0;
    uint8_t p = g->tok[i].pos;
    if (p == ENT_P_QUOTE) p = pos_at(g, i + 1);
    return p == ENT_P_DET || p == ENT_P_POSS || p == ENT_P_PRON || p == ENT_P_NAME ||
           p == ENT_P_NUM || (p == ENT_P_THAT && pos_at(g, i + 1) != ENT_P_VERB);
}

static int starts_rest(const ent_ctags *g, uint32_t i)
{
    uint8_t p = pos_at(g, i);
    return starts_np(g, i) || p == ENT_P_TO || p == ENT_P_THAT || p == ENT_P_ADV;
}

static int is_plural(const ent_ctags *g, uint32_t i, const char *text)
{
    if (i >= g->n) return 0;
    const ent_ctoken *k = &g->tok[i];
    if (k->men >= 0) {
        const ent_smention *m = &g->ms[k->men];
        return m->kind == ENT_GROUP || (m->flags & ENT_M_PLURAL) != 0 ||
               (m->kind == ENT_COUNTRY && m->ntok == 1 && text[m->end - 1] == 's') ||
               (i > 1 && pos_at(g, m->tok - 1u) == ENT_P_CONJ);
    }
    const ent_token *t = &g->t[i];
    return t->end - t->start > 3 && text[t->end - 1] == 's' && text[t->end - 2] != 's';
}

/* Whether the verb reports, so that a clause may follow without "that". */
static int says(const ent_ctags *g, uint32_t verb)
{
    const ent_cword *w = &g->tok[verb].w;
    for (uint32_t k = 0; k < w->cues; k++)
        if (ent_clex_cue(g->lex, w->cue + k).label >= ENT_CUE_REPORT) return 1;
    return 0;
}

/* Whether the verb demands what a clause without "that" may tell. */
static int asks(const ent_ctags *g, uint32_t verb)
{
    const ent_cword *w = &g->tok[verb].w;
    for (uint32_t k = 0; k < w->cues; k++) {
        ent_cue q = ent_clex_cue(g->lex, w->cue + k);
        if (q.label == ENT_DEMANDS && !q.rest && q.frames & ENT_F_THAT) return 1;
    }
    return 0;
}

/* "signed by", but not "agreed by 14 votes". */
static int next_is_by(const ent_ctags *g, uint32_t i)
{
    if (i + 1 >= g->n || g->t[i + 1].lower != g->by) return 0;
    return !(pos_at(g, i + 2) == ENT_P_NUM && i + 3 < g->n && g->t[i + 3].lower == g->votes);
}

/* Whether another word ahead may be the verb of the clause. */
static int verb_ahead(const ent_ctags *g, uint32_t i)
{
    for (uint32_t end = i + 12; ++i < g->n && i < end;) {
        const ent_ctoken *k = &g->tok[i];
        if (k->pos == ENT_P_STOP || k->pos == ENT_P_COMMA || k->pos == ENT_P_SUB) return 0;
        if (k->pos == ENT_P_AUX) return 1;
        if (k->pos == ENT_P_NOUN && k->w.forms & (ENT_V_PAST | ENT_V_S) && k->w.share >= 4)
            return 1;
    }
    return 0;
}

/* A noun phrase behind a verb or a preposition is seldom a subject. */
static int is_object(const ctx *c)
{
    return c->left == ENT_P_VERB || c->left == ENT_P_PREP || c->left == ENT_P_TO;
}

/* -s after a noun: "Turkey plans to" and "economic sanctions". */
static unsigned after_noun_s(const ent_ctags *g, uint32_t i, const ctx *c, const char *text)
{
    const ent_cword *w = &g->tok[i].w;
    int rest = starts_rest(g, i + 1);
    if (pos_at(g, i + 1) == ENT_P_AUX) return 0; /* "monitors were" */
    if (is_plural(g, c->at, text) && c->before != ENT_P_NAME) return 0;
    if (is_object(c) && c->verb != UINT32_MAX && !(c->before == ENT_P_NAME && rest))
        return rest && w->share >= 8 && !w->noun ? ENT_V_S : 0;
    if (c->before == ENT_P_NOUN && w->noun && is_object(c)) return 0;
    if (rest || w->share >= 6) return ENT_V_S;
    if (pos_at(g, i + 1) == ENT_P_PREP) return w->share >= 3 ? ENT_V_S : 0;
    if (c->verb == UINT32_MAX && w->share >= 2 && !is_object(c) && !verb_ahead(g, i))
        return ENT_V_S;
    return c->before == ENT_P_NAME && c->verb == UINT32_MAX && w->share >= 2 ? ENT_V_S : 0;
}

/* "the Norwegian fund": a country's adjective before a noun. */
static int is_attribute(const ent_ctags *g, const ctx *c)
{
    int16_t m = g->tok[c->at].men;
    return m >= 0 && g->ms[m].kind == ENT_COUNTRY && g->ms[m].tok > 0 &&
           pos_at(g, g->ms[m].tok - 1u) == ENT_P_DET;
}

/* No finite verb yet: none, or a participle that hangs on a noun. */
static int no_verb(const ent_ctags *g, const ctx *c)
{
    return c->verb == UINT32_MAX || g->tok[c->verb].form == ENT_V_PART;
}

/* The base form after a noun: "lawmakers propose", "the Houthis agree". */
static unsigned after_noun_base(const ent_ctags *g, uint32_t i, const ctx *c, const char *text)
{
    const ent_cword *w = &g->tok[i].w;
    int np = starts_np(g, i + 1), rest = starts_rest(g, i + 1) || pos_at(g, i + 1) == ENT_P_PREP;
    if (pos_at(g, i + 1) == ENT_P_AUX || (c->before == ENT_P_NAME && is_attribute(g, c))) return 0;
    if (c->left == ENT_P_VERB && c->before == ENT_P_NAME && np && c->verb != UINT32_MAX &&
        asks(g, c->verb))
        return ENT_V_BASE; /* "demanding Britain return the islands" */
    if (is_object(c) && c->verb != UINT32_MAX && c->left == ENT_P_VERB)
        return c->before == ENT_P_NAME && np && w->share >= 8 ? ENT_V_BASE : 0;
    if (c->left == ENT_P_THAT && c->verb == UINT32_MAX && !verb_ahead(g, i) &&
        (w->share >= 6 || (np && c->before == ENT_P_NAME)))
        return ENT_V_BASE; /* "that its frigate stay in sight", "that Chile release them" */
    if (is_plural(g, c->at, text))
        return np || (rest && w->share >= 2) || w->share >= 5 ? ENT_V_BASE : 0;
    if (c->before != ENT_P_NAME && c->before != ENT_P_CLOSE)
        return np && w->share >= 7 ? ENT_V_BASE : 0;
    return no_verb(g, c) && (rest || w->share >= 7) && w->share >= 5 ? ENT_V_BASE : 0;
}

/* After a noun or a name: is the word its verb? Returns the form, 0 for a noun. */
static unsigned after_noun(const ent_ctags *g, uint32_t i, const ctx *c, const char *text)
{
    const ent_cword *w = &g->tok[i].w;
    if (w->forms & ENT_V_PAST && w->forms & ENT_V_BASE && w->noun && is_object(c) &&
        c->verb != UINT32_MAX && (c->before == ENT_P_NOUN || !starts_rest(g, i + 1)))
        return 0; /* "agreed to a pay cut" */
    if (w->forms & (ENT_V_PAST | ENT_V_PART)) {
        if (w->forms & ENT_V_PART &&
            ((is_object(c) && c->verb != UINT32_MAX && !says(g, c->verb) && !starts_np(g, i + 1)) ||
             next_is_by(g, i)))
            return ENT_V_PART;
        return w->forms & (ENT_V_PAST | ENT_V_PART);
    }
    if (w->forms & ENT_V_ING && w->noun && c->before == ENT_P_NOUN)
        return 0; /* "closing meeting" */
    if (w->forms & ENT_V_ING)
        return starts_rest(g, i + 1) || pos_at(g, i + 1) == ENT_P_PREP || w->share >= 6 ? ENT_V_ING
                                                                                        : 0;
    if (w->forms & ENT_V_S) return after_noun_s(g, i, c, text);
    return w->forms & ENT_V_BASE ? after_noun_base(g, i, c, text) : 0;
}

/* After "to": a verb unless the word is mostly a noun that no object follows. */
static unsigned after_to(const ent_ctags *g, uint32_t i)
{
    const ent_cword *w = &g->tok[i].w;
    if (!(w->forms & ENT_V_BASE)) return 0;
    if (i + 1 < g->n && g->tok[i + 1].w.tags & ENT_K_PART) return ENT_V_BASE; /* "to hand over" */
    return w->share >= 3 || starts_np(g, i + 1) || pos_at(g, i + 1) == ENT_P_NOUN ? ENT_V_BASE : 0;
}

static unsigned after_aux(const ent_ctags *g, uint32_t i, const ctx *c)
{
    const ent_cword *w = &g->tok[i].w;
    uint32_t tags = g->tok[c->at].w.tags;
    if (tags & (ENT_K_MODAL | ENT_K_DO)) return w->forms & ENT_V_BASE;
    if (w->forms & ENT_V_PART) return ENT_V_PART;
    return tags & ENT_K_BE ? w->forms & ENT_V_ING : 0;
}

/* After "and": the same form as the verb before it, or as what follows tells. */
static unsigned after_conj(const ent_ctags *g, uint32_t i, const ctx *c)
{
    const ent_cword *w = &g->tok[i].w;
    unsigned last = c->verb == UINT32_MAX ? 0 : g->tok[c->verb].form;
    if (w->forms & ENT_V_PART && next_is_by(g, i)) return ENT_V_PART;
    if (w->forms & (ENT_V_PAST | ENT_V_PART) &&
        (last & (ENT_V_PAST | ENT_V_PART) || (pos_at(g, i + 1) == ENT_P_PREP && w->share >= 5) ||
         starts_rest(g, i + 1)))
        return w->forms & (ENT_V_PAST | ENT_V_PART);
    if (w->forms & ENT_V_ING && (last == ENT_V_ING || starts_rest(g, i + 1))) return ENT_V_ING;
    if (w->forms & ENT_V_S &&
        (w->share >= 6 || starts_np(g, i + 1) || (last == ENT_V_S && starts_rest(g, i + 1))))
        return ENT_V_S;
    if (w->forms & ENT_V_BASE && last == ENT_V_BASE &&
        (w->share >= 5 || starts_np(g, i + 1) ||
         (i + 1 < g->n && g->tok[i + 1].w.tags & ENT_K_PART)))
        return ENT_V_BASE;
    return 0;
}

/* At the start of a clause: participles, imperatives, headlines without a subject. */
static unsigned after_stop(const ent_ctags *g, uint32_t i, const ctx *c)
{
    const ent_cword *w = &g->tok[i].w;
    if (w->forms & ENT_V_ING) return ENT_V_ING;
    if (w->forms & ENT_V_PART && next_is_by(g, i)) return ENT_V_PART;
    unsigned past = w->forms & (ENT_V_PAST | ENT_V_PART);
    if (past) return past;
    int np = starts_np(g, i + 1);
    if (w->forms & ENT_V_BASE && c->before == ENT_P_COMMA &&
        w->share >= 8 && /* "A, the B, agree to" */
        (pos_at(g, i + 1) == ENT_P_TO || pos_at(g, i + 1) == ENT_P_THAT ||
         (pos_at(g, i + 1) == ENT_P_PREP && c->verb == UINT32_MAX)))
        return ENT_V_BASE;
    if (w->forms & ENT_V_BASE && c->before == ENT_P_COMMA && w->share >= 6 && np && i > 3 &&
        (c->verb == UINT32_MAX || g->tok[c->verb].form == ENT_V_PART))
        return ENT_V_BASE;
    if (w->forms & ENT_V_S && c->before == ENT_P_COMMA && (w->share >= 5 || np)) return ENT_V_S;
    if (w->forms & ENT_V_S && c->before == ENT_P_COMMA && w->cues && !w->noun && no_verb(g, c) &&
        (pos_at(g, i + 1) == ENT_P_TO || pos_at(g, i + 1) == ENT_P_PREP))
        return ENT_V_S;
    if (w->forms & ENT_V_BASE && c->before != ENT_P_COMMA && w->share >= 6 && np) return ENT_V_BASE;
    if (w->forms & ENT_V_BASE && c->before == ENT_P_COMMA && c->verb != UINT32_MAX &&
        g->tok[c->verb].form == ENT_V_BASE && w->share >= 5 && np)
        return ENT_V_BASE;
    return 0;
}

static unsigned after_pronoun(const ent_ctags *g, uint32_t i, const ctx *c)
{
    const ent_cword *w = &g->tok[i].w;
    if (g->tok[c->at].w.tags & ENT_K_DEF) return 0; /* "whose own" */
    if (w->forms & ENT_V_ING) return ENT_V_ING;
    if (g->tok[c->at].w.tags & ENT_K_SUBJ || g->tok[c->at].pos == ENT_P_REL)
        return w->forms & (ENT_V_BASE | ENT_V_S | ENT_V_PAST | ENT_V_PART);
    unsigned finite = w->forms & (ENT_V_S | ENT_V_PAST);
    if (finite) return finite;
    return w->share >= 5 ? w->forms & ENT_V_BASE : 0;
}

static unsigned after_verb(const ent_ctags *g, uint32_t i, const ctx *c)
{
    const ent_cword *w = &g->tok[i].w;
    if (w->forms & ENT_V_ING) return starts_rest(g, i + 1) || w->share >= 5 ? ENT_V_ING : 0;
    if (w->forms & ENT_V_BASE && w->share >= 6 && g->tok[c->at].w.vclass & ENT_V_ASPECT)
        return ENT_V_BASE; /* "help rebuild" */
    return 0;
}

static unsigned decide(const ent_ctags *g, uint32_t i, const ctx *c, const char *text)
{
    const ent_cword *w = &g->tok[i].w;
    switch (c->before) {
    case ENT_P_TO:
        return after_to(g, i);
    case ENT_P_AUX:
    case ENT_P_NEG:
        return c->at == UINT32_MAX ? 0 : after_aux(g, i, c);
    case ENT_P_DET:
    case ENT_P_POSS:
    case ENT_P_HYPHEN:
    case ENT_P_GEN:
        return 0;
    case ENT_P_NUM: /* "first reported by", "on June 13 held" */
        if (w->forms & ENT_V_PART && next_is_by(g, i)) return ENT_V_PART;
        return c->at > 0 && g->tok[c->at - 1].w.tags & ENT_K_TIME ? w->forms & ENT_V_PAST : 0;
    case ENT_P_PREP:
        return w->forms & ENT_V_ING;
    case ENT_P_PRON:
    case ENT_P_REL:
        return after_pronoun(g, i, c);
    case ENT_P_THAT:
    case ENT_P_SUB:
        if (w->forms & ENT_V_ING) return ENT_V_ING;
        if (w->forms & ENT_V_PART && next_is_by(g, i)) return ENT_V_PART;
        return starts_rest(g, i + 1) ? w->forms & (ENT_V_PAST | ENT_V_PART | ENT_V_S) : 0;
    case ENT_P_CONJ:
        return after_conj(g, i, c);
    case ENT_P_VERB:
        return after_verb(g, i, c);
    case ENT_P_NOUN:
    case ENT_P_NAME:
    case ENT_P_CLOSE:
        return after_noun(g, i, c, text);
    default:
        return after_stop(g, i, c);
    }
}

/* One form of those that are possible: finite past goes before the participle unless "have" or
 * "be" asks for it. */
static uint8_t one_form(unsigned forms, const ctx *c)
{
    if (forms & ENT_V_PART && (c->before == ENT_P_AUX || !(forms & ENT_V_PAST))) return ENT_V_PART;
    for (unsigned f = ENT_V_PAST; f; f = f == ENT_V_PAST ? ENT_V_S : f == ENT_V_S ? ENT_V_BASE : 0)
        if (forms & f) return (uint8_t)f;
    return (uint8_t)(forms & ENT_V_ING);
}

/* "that" is a determiner before a noun that follows, else it opens a clause. */
static void settle_that(ent_ctags *g, uint32_t i, const ctx *c)
{
    uint8_t next = pos_at(g, i + 1);
    int noun = c->before == ENT_P_NOUN || c->before == ENT_P_NAME;
    if (next == ENT_P_STOP || next == ENT_P_COMMA || next == ENT_P_TO)
        g->tok[i].pos = ENT_P_PRON;
    else if (next == ENT_P_PREP && !noun)
        g->tok[i].pos = ENT_P_PRON;
    else if (next == ENT_P_AUX && !noun)
        g->tok[i].pos = ENT_P_PRON;
    else if (next == ENT_P_NOUN && (c->before == ENT_P_PREP || c->before == ENT_P_TO ||
                                    c->before == ENT_P_STOP || c->before == ENT_P_CONJ))
        g->tok[i].pos = ENT_P_DET;
    else if (next == ENT_P_NOUN && c->before == ENT_P_VERB && i + 2 < g->n &&
             g->tok[i + 1].w.noun &&
             (pos_at(g, i + 2) == ENT_P_STOP || pos_at(g, i + 2) == ENT_P_COMMA ||
              pos_at(g, i + 2) == ENT_P_PREP || pos_at(g, i + 2) == ENT_P_TO))
        g->tok[i].pos = ENT_P_DET;
}

/* A verb, or something that can be one, at i. */
static int maybe_verb(const ent_ctags *g, uint32_t i)
{
    return i < g->n &&
           (g->tok[i].pos == ENT_P_AUX ||
            (g->tok[i].pos == ENT_P_NOUN && g->tok[i].w.forms && g->tok[i].w.share >= 5) ||
            (g->tok[i].pos == ENT_P_NOUN && g->tok[i].w.forms & ENT_V_PAST));
}

/* "this" and "one" alone stand for a noun; "both", "once" and "first" before a verb are adverbs;
 * "as long as" and "so long as" open a condition. */
static void settle_small(ent_ctags *g, uint32_t i, const ctx *c)
{
    ent_ctoken *k = &g->tok[i];
    uint8_t next = pos_at(g, i + 1);
    int alone = next == ENT_P_AUX || next == ENT_P_STOP || next == ENT_P_COMMA ||
                next == ENT_P_PREP || next == ENT_P_TO || next == ENT_P_QUOTE;
    if (k->pos == ENT_P_DET && k->w.tags & (ENT_K_DEM | ENT_K_QUANT) && alone) k->pos = ENT_P_PRON;
    if (k->pos == ENT_P_NUM && k->w.tags & ENT_K_PRON && next != ENT_P_NOUN &&
        next != ENT_P_HYPHEN && next != ENT_P_NAME)
        k->pos = ENT_P_PRON;
    if (k->w.tags & (ENT_K_QUANT | ENT_K_ADV) && k->pos != ENT_P_ADV && maybe_verb(g, i + 1) &&
        (c->before == ENT_P_NOUN || c->before == ENT_P_NAME || c->before == ENT_P_PRON ||
         c->before == ENT_P_AUX || c->before == ENT_P_CLOSE))
        k->pos = ENT_P_ADV;
    if (k->pos == ENT_P_NUM && k->w.tags & ENT_K_ADV && maybe_verb(g, i + 1) &&
        next_is_by(g, i + 1))
        k->pos = ENT_P_ADV; /* "first reported by" */
    if (k->pos == ENT_P_SUB && k->w.tags & ENT_K_PREP && starts_np(g, i + 1) &&
        pos_at(g, i + 2) == ENT_P_STOP)
        k->pos = ENT_P_PREP;
    if (k->pos == ENT_P_SUB && i > 0 && g->t[i - 1].lower == g->of_long) k->w.tags |= ENT_K_COND;
}

/* "back" is a verb after to, a modal or a subject when an object follows. */
static unsigned particle_verb(const ent_ctags *g, uint32_t i, const ctx *c)
{
    if (!starts_np(g, i + 1) || c->at == UINT32_MAX) return 0;
    uint32_t tags = g->tok[c->at].w.tags;
    return c->before == ENT_P_TO || tags & (ENT_K_MODAL | ENT_K_DO | ENT_K_SUBJ) ? ENT_V_BASE : 0;
}

/* "will release prisoners": a verb that was taken for the first word of a group. */
static int opens_group(const ent_ctags *g, uint32_t i, const ctx *c)
{
    const ent_smention *m = &g->ms[g->tok[i].men];
    if (c->before != ENT_P_AUX && c->before != ENT_P_TO && c->before != ENT_P_NEG) return 0;
    if (c->before == ENT_P_AUX && !(g->tok[c->at].w.tags & (ENT_K_MODAL | ENT_K_DO))) return 0;
    return m->kind == ENT_GROUP && m->tok == i && m->ntok > 1 && g->t[i].shape == ENT_SH_LOWER &&
           (g->tok[i].w.forms & ENT_V_BASE) != 0;
}

static int in_np(uint8_t pos)
{
    return pos <= ENT_P_POSS || pos == ENT_P_GEN || pos == ENT_P_HYPHEN;
}

/* "re-open" is a form of open, "co-operate" a verb, too; "May" before a number is a month. */
static void settle_odd(ent_ctags *g, uint32_t i)
{
    ent_ctoken *k = &g->tok[i];
    if ((g->t[i].lower == g->re || g->t[i].lower == g->co) && pos_at(g, i + 1) == ENT_P_HYPHEN &&
        i + 2 < g->n && g->tok[i + 2].w.forms) {
        k->pos = ENT_P_ADV;
        g->tok[i + 1].pos = ENT_P_ADV;
    }
    if (k->pos == ENT_P_AUX && k->w.tags & ENT_K_MAY && g->t[i].shape == ENT_SH_INIT &&
        (pos_at(g, i + 1) == ENT_P_NUM || (i > 0 && pos_at(g, i - 1) == ENT_P_PREP))) {
        k->pos = ENT_P_NOUN;
        k->w.tags = ENT_K_TIME;
    }
}

/* Whether the conjunction before i rather joins clauses than nouns: behind a comma. */
static int joins_clauses(const ent_ctags *g, uint32_t i)
{
    return i > 1 && g->tok[i - 1].pos == ENT_P_CONJ && g->tok[i - 2].pos == ENT_P_COMMA;
}

static void second_pass(ent_ctags *g, const char *text)
{
    ctx c = {ENT_P_STOP, UINT32_MAX, UINT32_MAX, ENT_P_STOP};
    for (uint32_t i = 0; i < g->n; i++) {
        ent_ctoken *k = &g->tok[i];
        unsigned forms = 0;
        settle_odd(g, i);
        if (k->pos == ENT_P_THAT)
            settle_that(g, i, &c);
        else if (k->pos == ENT_P_DET || k->pos == ENT_P_SUB || k->pos == ENT_P_NUM)
            settle_small(g, i, &c);
        else if (k->pos == ENT_P_NOUN && k->w.forms && !(k->w.tags & ~ADJECTIVE))
            forms = decide(g, i, &c, text);
        else if (k->pos == ENT_P_NAME && opens_group(g, i, &c))
            forms = ENT_V_BASE;
        else if (k->pos == ENT_P_PREP && k->w.forms & ENT_V_BASE)
            forms = particle_verb(g, i, &c);
        if (forms) {
            k->men = -1;
            k->pos = ENT_P_VERB;
            k->form = one_form(forms, &c);
            c.verb = i;
        }
        if (k->pos == ENT_P_NEG && c.before == ENT_P_AUX) continue;
        if (k->pos == ENT_P_ADV || k->pos == ENT_P_QUOTE) continue;
        if (k->pos == ENT_P_STOP || k->pos == ENT_P_SUB || k->pos == ENT_P_THAT ||
            k->pos == ENT_P_REL)
            c.verb = UINT32_MAX;
        if (in_np(k->pos) && !in_np(c.before) && (c.before != ENT_P_CONJ || joins_clauses(g, i)))
            c.left = c.before;
        c.before = k->pos;
        c.at = i;
    }
}

void ent_ctag(ent_ctags *g, const ent_clex *lex, const ent_cover *cover, const char *text,
              const ent_token *t, uint32_t n, const ent_smention *ms, uint32_t n_ms)
{
    g->lex = lex;
    g->cover = cover;
    g->t = t;
    g->ms = ms;
    g->n = n < ENT_MAX_TOKENS ? n : ENT_MAX_TOKENS;
    g->n_ms = n_ms;
    g->by = ent_hash("by", 2);
    g->of = ent_hash("of", 2);
    g->for_ = ent_hash("for", 3);
    g->re = ent_hash("re", 2);
    g->co = ent_hash("co", 2);
    g->of_long = ent_hash("long", 4);
    g->votes = ent_hash("votes", 5);
    mark_mentions(g);
    first_pass(g, text);
    second_pass(g, text);
}
