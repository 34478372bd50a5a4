/* token - cuts a sentence into tokens: marks here, words in token_word.c. See token.h. */
#include "token_in.h"

#include <string.h>

_Static_assert(ENT_SENT_TOKENS <= ENT_MAX_TOKENS, "a sentence's tokens must fit");

/* Marks are short, so their bytes may be read twice. */
void ent_lex_mark(ent_lexer *l, uint32_t end, ent_tokclass cls, unsigned flags)
{
    uint32_t from = l->i;
    ent_token *t = ent_lex_emit(l, end, cls, flags);
    t->hash = ent_hash(l->s + from, end - from);
    t->lower = cls == ENT_T_SKIP ? t->hash : ent_hash_lower(l->s + from, end - from);
    for (uint32_t i = from; i < end; i++)
        if ((unsigned char)l->s[i] >= 0x80) t->flags |= ENT_T_NONASCII;
}

/* Lets callers write: if it is markup, it is done with. */
int ent_lex_skip(ent_lexer *l, uint32_t end)
{
    if (!end) return 0;
    ent_lex_mark(l, end, ENT_T_SKIP, 0);
    return 1;
}

/* The same mark over and over is one token: ..., ---, **. */
static void lex_run(ent_lexer *l, ent_tokclass cls)
{
    uint32_t end = l->i + 1;
    while (end < l->n && l->s[end] == l->s[l->i])
        end++;
    ent_lex_mark(l, end, cls, 0);
}

/* ---- quotation marks ------------------------------------------------------------------------ */

/* A double quotation mark; the marks themselves count as outside. */
static void set_quote(ent_lexer *l, uint32_t end, int open)
{
    if (!open) l->inner = 0;
    ent_lex_mark(l, end, ENT_T_QUOTE, open ? ENT_T_OPEN : ENT_T_CLOSE);
    l->inner = open ? ENT_T_INQUOTE : 0;
}

/* A straight double quote: white space on one side only tells, else it is the other of the last. */
static void lex_straight(ent_lexer *l, uint32_t end)
{
    int before = l->space != 0 || (l->i && strchr("([{-", l->s[l->i - 1]));
    int after = ent_lex_spaced(ent_lex_at(l, end));
    set_quote(l, end, before != after ? before : !l->inner);
}

/* The possessive, as a token of its own. */
static void lex_possessive(ent_lexer *l, uint32_t end, unsigned flags)
{
    ent_lex_mark(l, end, ENT_T_WORD, flags);
    l->at[l->count - 1].shape = ENT_SH_LOWER;
}

/* An apostrophe of `len` bytes that no word took: an ending split off ('s, 've), the possessive of
 * a plural (officials'), the closing '' of TeX, or a single quotation mark. */
static void lex_apostrophe(ent_lexer *l, uint32_t len)
{
    uint32_t end = ent_lex_clitic(l, l->i);
    char before = l->i ? l->s[l->i - 1] : ' ';
    if (end && !l->space) {
        lex_possessive(l, end, (l->s[end - 1] | 32) == 's' ? ENT_T_POSS : 0);
    } else if (len == 1 && ent_lex_at(l, l->i + 1) == '\'') {
        set_quote(l, l->i + 2, 0);
    } else if (!l->space && !l->single && (before | 32) == 's') {
        lex_possessive(l, l->i + len, ENT_T_POSS);
    } else {
        int open = l->space && !ent_lex_spaced(ent_lex_at(l, l->i + len)) && len == 1;
        ent_lex_mark(l, l->i + len, ENT_T_QUOTE, open ? ENT_T_OPEN : ENT_T_CLOSE);
        l->single = open;
    }
}

/* Code, or a quotation that starts with back ticks as TeX and old mail write it. */
static void lex_tick(ent_lexer *l)
{
    if (ent_lex_skip(l, ent_markup_code(l->s, l->n, l->i, &l->memo))) return;
    uint32_t end = l->i;
    while (end < l->n && l->s[end] == '`')
        end++;
    if (end - l->i == 2)
        set_quote(l, end, 1);
    else
        ent_lex_mark(l, end, ENT_T_QUOTE, ENT_T_OPEN);
}

/* ---- other marks ---------------------------------------------------------------------------- */

/* ".5" after white space is a number, all else a mark or an ellipsis. */
static void lex_dots(ent_lexer *l)
{
    if (l->space && ent_lex_kind(ent_lex_at(l, l->i + 1)) == '0')
        ent_lex_fraction(l);
    else
        lex_run(l, ENT_T_PUNCT);
}

/* A bracket; with it the target of a link, which is no prose: [text](target), [[target][text]]. */
static void lex_bracket(ent_lexer *l)
{
    char c = l->s[l->i];
    int open = c == '(' || c == '[' || c == '{';
    if (c == '[' && ent_lex_skip(l, ent_markup_orglink(l->s, l->n, l->i))) return;
    ent_lex_mark(l, l->i + 1, ENT_T_BRACKET, open ? ENT_T_OPEN : ENT_T_CLOSE);
    if (c == ']') ent_lex_skip(l, ent_markup_target(l->s, l->n, l->i, &l->memo));
}

/* Marks beyond ASCII by what they are; white space and format characters are no tokens. */
static void lex_other_high(ent_lexer *l, uint32_t end, ent_charclass c, int bad)
{
    if (c == ENT_CH_PUNCT || c == ENT_CH_MARK)
        ent_lex_mark(l, end, ENT_T_PUNCT, 0);
    else if (c == ENT_CH_SYMBOL)
        ent_lex_mark(l, end, ENT_T_SYMBOL, 0);
    else if (bad)
        ent_lex_mark(l, end, ENT_T_SKIP, 0);
    else {
        if (c == ENT_CH_SPACE) l->space |= ENT_T_SPACE;
        l->i = end;
    }
}

/* Marks beyond ASCII: typographic quotes and dashes first. */
static void lex_high(ent_lexer *l)
{
    uint32_t cp;
    unsigned len = ent_utf8_decode(l->s + l->i, l->n - l->i, &cp);
    uint32_t end = l->i + len, as = cp == ENT_BADCHAR ? cp : ent_hash_plain(cp);
    if (as == '"')
        set_quote(l, end, cp != 0x201D && cp != 0xBB);
    else if (cp == 0x2018) {
        ent_lex_mark(l, end, ENT_T_QUOTE, ENT_T_OPEN);
        l->single = 1;
    } else if (as == '\'')
        lex_apostrophe(l, len);
    else if (as == '-')
        ent_lex_mark(l, end, ENT_T_DASH, 0);
    else
        lex_other_high(l, end, ent_char_class(cp), cp == ENT_BADCHAR);
}

/* Notes for the next token that white space, or a line break, stands before it. */
static void lex_space(ent_lexer *l)
{
    if (l->s[l->i] == '\n') l->space |= ENT_T_NEWLINE;
    l->space |= ENT_T_SPACE;
    l->i++;
}

/* "> " at the start of a line quotes a mail or a Markdown block; <...> may be a tag. */
static void lex_angle(ent_lexer *l)
{
    if (l->s[l->i] == '>' && (l->i == 0 || l->space & ENT_T_NEWLINE))
        lex_run(l, ENT_T_SKIP);
    else if (l->s[l->i] != '<' || !ent_lex_skip(l, ent_markup_tag(l->s, l->n, l->i, &l->memo)))
        ent_lex_mark(l, l->i + 1, ENT_T_SYMBOL, 0);
}

/* Markup that ends at `end`, or the one mark when end is 0. */
static void lex_or_symbol(ent_lexer *l, uint32_t end)
{
    if (!ent_lex_skip(l, end)) ent_lex_mark(l, l->i + 1, ENT_T_SYMBOL, 0);
}

/* Stars and lines below that touch a word on one side only stress it ("**Olaf** Scholz"): they are
 * no tokens, so that they do not part a name. Others are symbols. */
static void lex_stress(ent_lexer *l)
{
    uint32_t end = l->i + 1;
    while (end < l->n && l->s[end] == l->s[l->i])
        end++;
    int wide = l->i > 0 && (unsigned char)l->s[l->i - 1] >= 0x80; /* a letter's last byte */
    int before = wide || (l->i > 0 && ent_lex_letter(l, l->i - 1));
    if (end - l->i > 3 || before == ent_lex_letter(l, end))
        lex_run(l, ENT_T_SYMBOL);
    else
        l->i = end;
}

/* ---- the loop ------------------------------------------------------------------------------- */

/* One token, or white space before one. */
static void lex_one(ent_lexer *l)
{
    switch (ent_lex_kind(l->s[l->i])) {
    case ' ':
        lex_space(l);
        break;
    case 'a':
    case 'A':
    case '0':
        ent_lex_word(l);
        break;
    case 'h':
        if (ent_lex_letter(l, l->i))
            ent_lex_word(l);
        else
            lex_high(l);
        break;
    case '"':
        lex_straight(l, l->i + 1);
        break;
    case '\'':
        lex_apostrophe(l, 1);
        break;
    case '`':
        lex_tick(l);
        break;
    case '.':
        lex_dots(l);
        break;
    case 'p':
        lex_run(l, ENT_T_PUNCT);
        break;
    case '-':
        lex_run(l, ENT_T_DASH);
        break;
    case '*':
    case '_':
        lex_stress(l);
        break;
    case '[':
    case ']':
        lex_bracket(l);
        break;
    case '<':
    case '>':
        lex_angle(l);
        break;
    case '&':
        lex_or_symbol(l, ent_markup_charref(l->s, l->n, l->i));
        break;
    case '\\':
        lex_or_symbol(l, ent_markup_command(l->s, l->n, l->i));
        break;
    case '?':
        ent_lex_mark(l, l->i + 1, ENT_T_SKIP, 0);
        break;
    default:
        ent_lex_mark(l, l->i + 1, ENT_T_SYMBOL, 0);
    }
}

/* Sentences are cut so that their tokens fit; should one not, its rest is one token to be skipped.
 */
ent_status ent_tokenise(const char *s, uint32_t n, unsigned flags, const ent_memory *mem,
                        ent_tokens *out)
{
    uint32_t most = n < ENT_MAX_TOKENS ? n : ENT_MAX_TOKENS;
    out->n = 0;
    ent_status st = ent_grow(mem, (void **)&out->at, &out->cap, most + 2, sizeof *out->at);
    if (st) return st;
    ent_lexer l = {.s = s, .n = n, .space = ENT_T_SPACE, .at = out->at};
    if (flags & ENT_S_INQUOTE) l.inner = ENT_T_INQUOTE;
    while (l.i < n && l.count < most)
        lex_one(&l);
    while (l.i < n && ent_lex_spaced(s[l.i]))
        lex_space(&l);
    if (l.i < n) ent_lex_mark(&l, n, ENT_T_SKIP, 0);
    out->n = l.count;
    return ENT_OK;
}
