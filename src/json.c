/* json - a document as one line of JSON. See json.h; the keys are a contract with other programs:
 * none is renamed or removed within schema 1, and one without a value is left out. */
#include "json.h"

#include "utf8.h"

#include <string.h>

/* Output gathers here before the sink takes it. */
typedef struct out {
    ent_sink sink;
    void *ctx;
    const ent_units *units;
    size_t n;
    char buf[8192];
} out;

static void flush(out *o)
{
    if (o->n) o->sink(o->ctx, o->buf, o->n);
    o->n = 0;
}

static void put(out *o, const char *s, size_t n)
{
    if (n > sizeof o->buf - o->n) flush(o);
    if (n > sizeof o->buf) {
        o->sink(o->ctx, s, n);
        return;
    }
    memcpy(o->buf + o->n, s, n);
    o->n += n;
}

/* A constant string. */
static void lit(out *o, const char *s)
{
    put(o, s, strlen(s));
}

static void number(out *o, size_t v)
{
    char digits[24];
    size_t i = sizeof digits;
    do
        digits[--i] = (char)('0' + v % 10);
    while (v /= 10);
    put(o, digits + i, sizeof digits - i);
}

/* A probability with at most three decimals, no zeros at its end. */
static void score(out *o, float p)
{
    unsigned t = p <= 0 ? 0 : p >= 1 ? 1000 : (unsigned)(p * 1000.0f + 0.5f);
    if (t == 0 || t == 1000) {
        lit(o, t ? "1" : "0");
        return;
    }
    char s[] = {'0', '.', (char)('0' + t / 100), (char)('0' + t / 10 % 10), (char)('0' + t % 10)};
    size_t n = sizeof s;
    while (s[n - 1] == '0')
        n--;
    put(o, s, n);
}

/* \u00XX, or U+FFFD in place of a bad byte */
static void escaped(out *o, uint32_t cp)
{
    static const char hex[] = "0123456789abcdef";
    char s[] = "\\u0000";
    for (int i = 0; i < 4; i++)
        s[5 - i] = hex[cp >> (4 * i) & 15];
    if (cp == ENT_BADCHAR)
        lit(o, "\xEF\xBF\xBD");
    else
        put(o, s, 6);
}

/* Whether a character stands in a JSON string as it is. */
static int plain(uint32_t cp)
{
    return cp >= 0x20 && cp != '"' && cp != '\\' && !(cp >= 0x7f && cp < 0xa0) && cp != ENT_BADCHAR;
}

static void special(out *o, uint32_t cp)
{
    switch (cp) {
    case '"':
        lit(o, "\\\"");
        break;
    case '\\':
        lit(o, "\\\\");
        break;
    case '\n':
        lit(o, "\\n");
        break;
    case '\t':
        lit(o, "\\t");
        break;
    case '\r':
        lit(o, "\\r");
        break;
    default:
        escaped(o, cp);
    }
}

/* What stands inside quotation marks. */
static void inside(out *o, const char *s, size_t n)
{
    size_t from = 0;
    for (size_t at = 0; at < n;) {
        uint32_t cp;
        unsigned len = ent_utf8_decode(s + at, n - at, &cp);
        if (!plain(cp)) {
            put(o, s + from, at - from);
            special(o, cp);
            from = at + len;
        }
        at += len;
    }
    put(o, s + from, n - from);
}

static void string(out *o, const char *s, size_t n)
{
    lit(o, "\"");
    inside(o, s, n);
    lit(o, "\"");
}

static void span(out *o, ent_span s)
{
    lit(o, "[");
    number(o, ent_units_at(o->units, s.start));
    lit(o, ",");
    number(o, ent_units_at(o->units, s.end));
    lit(o, "]");
}

static void spans(out *o, const char *key, const ent_span *s, size_t n)
{
    lit(o, key);
    lit(o, "[");
    for (size_t i = 0; i < n; i++) {
        if (i) lit(o, ",");
        span(o, s[i]);
    }
    lit(o, "]");
}

/* A key with an entity's number, left out when there is none. */
static void id(out *o, const char *key, uint32_t v)
{
    if (v == ENT_NONE) return;
    lit(o, key);
    number(o, v);
}

static void mention(out *o, const ent_mention *m)
{
    lit(o, "{\"start\":");
    number(o, ent_units_at(o->units, m->start));
    lit(o, ",\"end\":");
    number(o, ent_units_at(o->units, m->end));
    lit(o, ",\"kind\":\"");
    lit(o, ent_kind_name(m->kind));
    lit(o, "\",\"form\":\"");
    lit(o, ent_form_name(m->form));
    lit(o, "\"");
    id(o, ",\"entity\":", m->entity);
    lit(o, ",\"score\":");
    score(o, m->score);
    lit(o, "}");
}

static ent_status mentions(out *o, ent_doc *d)
{
    const ent_mention *m = NULL;
    size_t n = 0;
    ent_status st = ent_doc_mentions(d, (ent_span){0, ent_doc_length(d)}, &m, &n);
    if (st) return st;
    lit(o, ",\"mentions\":[");
    for (size_t i = 0; i < n; i++) {
        if (i) lit(o, ",");
        mention(o, &m[i]);
    }
    lit(o, "]");
    return ENT_OK;
}

static void aliases(out *o, ent_doc *d, uint32_t e)
{
    const char *s;
    size_t len;
    for (size_t i = 0; ent_doc_alias(d, e, i, &s, &len) == ENT_OK; i++) {
        lit(o, i ? "," : ",\"aliases\":[");
        string(o, s, len);
        if (ent_doc_alias(d, e, i + 1, &s, &len) != ENT_OK) lit(o, "]");
    }
}

/* A meeting about nothing that is named: it is what is discussed. */
static int is_meeting(const ent_stance *s)
{
    return s->label == ENT_DISCUSSES && s->proposal == ENT_NONE && s->target != ENT_NONE;
}

/* The meetings, behind the other entities: proposals that have no mention. */
static ent_status meetings(out *o, ent_doc *d, size_t entities)
{
    const ent_stance *s = NULL;
    size_t n = 0, id = entities;
    ent_status st = ent_doc_stances(d, &s, &n);
    for (size_t i = 0; i < n && !st; i++) {
        ent_entity e = {0};
        if (!is_meeting(&s[i])) continue;
        st = ent_doc_entity(d, s[i].target, &e);
        lit(o, id ? ",{\"id\":" : "{\"id\":");
        number(o, (uint32_t)id++);
        lit(o, ",\"kind\":\"proposal\",\"name\":\"meeting with ");
        inside(o, e.name, e.name_len);
        lit(o, "\"}");
    }
    return st;
}

static ent_status entities(out *o, ent_doc *d)
{
    size_t n = 0;
    ent_status st = ent_doc_entities(d, &n);
    lit(o, ",\"entities\":[");
    for (uint32_t i = 0; i < n && !st; i++) {
        ent_entity e;
        st = ent_doc_entity(d, i, &e);
        if (st) return st;
        lit(o, i ? ",{\"id\":" : "{\"id\":");
        number(o, i);
        lit(o, ",\"kind\":\"");
        lit(o, ent_kind_name(e.kind));
        lit(o, "\",\"name\":");
        string(o, e.name, e.name_len);
        aliases(o, d, i);
        if (e.iso[0]) {
            lit(o, ",\"iso\":");
            string(o, e.iso, strlen(e.iso));
        }
        lit(o, "}");
    }
    if (!st) st = meetings(o, d, n);
    lit(o, "]");
    return st;
}

static void stance(out *o, const ent_stance *s, uint32_t proposal)
{
    lit(o, "{\"actor\":");
    number(o, s->actor);
    lit(o, ",\"stance\":\"");
    lit(o, ent_stance_name(s->label));
    lit(o, "\"");
    id(o, ",\"proposal\":", proposal);
    id(o, ",\"target\":", s->target);
    id(o, ",\"by\":", s->by);
    lit(o, s->negated ? ",\"negated\":true" : ",\"negated\":false");
    lit(o, s->hedged ? ",\"hedged\":true" : ",\"hedged\":false");
    if (s->condition.end > s->condition.start) {
        lit(o, ",\"condition\":");
        span(o, s->condition);
    }
    spans(o, ",\"cue_spans\":", s->cue, s->n_cues);
    lit(o, ",\"sentence\":");
    span(o, s->sentence);
    lit(o, ",\"score\":");
    score(o, s->score);
    lit(o, "}");
}

/* A stance of nobody is none: it is left out. */
static ent_status stances(out *o, ent_doc *d)
{
    const ent_stance *s = NULL;
    size_t n = 0, meeting = 0;
    ent_status st = ent_doc_entities(d, &meeting);
    if (!st) st = ent_doc_stances(d, &s, &n);
    if (st) return st;
    const char *before = "";
    lit(o, ",\"stances\":[");
    for (size_t i = 0; i < n; i++) {
        if (s[i].actor == ENT_NONE) continue;
        lit(o, before);
        stance(o, &s[i], is_meeting(&s[i]) ? (uint32_t)meeting++ : s[i].proposal);
        before = ",";
    }
    lit(o, "]");
    return ENT_OK;
}

static ent_status attributions(out *o, ent_doc *d)
{
    const ent_attribution *a = NULL;
    size_t n = 0;
    ent_status st = ent_doc_attributions(d, &a, &n);
    if (st) return st;
    lit(o, ",\"attributions\":[");
    for (size_t i = 0; i < n; i++) {
        lit(o, i ? ",{" : "{");
        if (a[i].entity != ENT_NONE) {
            id(o, "\"entity\":", a[i].entity);
            lit(o, ",");
        }
        spans(o, "\"source\":", &a[i].source, a[i].source.end > a[i].source.start);
        spans(o, ",\"cue\":", &a[i].cue, a[i].cue.end > a[i].cue.start);
        spans(o, ",\"content\":", a[i].content, a[i].n_content);
        lit(o, ",\"score\":");
        score(o, a[i].score);
        lit(o, "}");
    }
    lit(o, "]}");
    return ENT_OK;
}

ent_status ent_json_doc(ent_doc *d, const ent_json_options *opts)
{
    static const char *const units[] = {"byte", "codepoint", "utf16"};
    out o = {.sink = opts->sink, .ctx = opts->ctx, .units = opts->units};
    size_t n;
    ent_status st = ent_doc_entities(d, &n); /* all that can fail for long, before any output */
    if (st) return st;
    lit(&o, "{\"schema\":1,\"doc\":");
    string(&o, opts->name, opts->name_len);
    lit(&o, ",\"unit\":\"");
    lit(&o, units[opts->units->unit]);
    lit(&o, "\"");
    if (opts->invalid) {
        lit(&o, ",\"invalid_bytes\":");
        number(&o, opts->invalid);
    }
    st = mentions(&o, d);
    if (!st) st = entities(&o, d);
    if (!st) st = stances(&o, d);
    if (!st) st = attributions(&o, d);
    flush(&o);
    return st;
}

void ent_json_string(const char *s, size_t n, ent_sink sink, void *ctx)
{
    out o = {.sink = sink, .ctx = ctx};
    string(&o, s, n);
    flush(&o);
}
