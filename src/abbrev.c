/* abbrev - words that are written with a point. See abbrev.h. */
#include "abbrev.h"

#include <string.h>

typedef struct abbrev {
    char word[9];
    unsigned char bits;
} abbrev;

enum { T = ENT_AB_TITLE, E = ENT_AB_END, D = ENT_AB_DIGIT, W = ENT_AB_WORD };

/* In byte order, lower case, for the search below. */
static const abbrev list[] = {
    {"adm", T},         {"al", E},       {"amb", T},         {"approx", D},   {"apr", D | E},
    {"apt", D},         {"ariz", E},     {"ark", E | W},     {"art", D | W},  {"assn", E},
    {"asst", T},        {"atty", T},     {"aug", D | E},     {"ave", E},      {"bldg", E},
    {"blvd", E},        {"brig", T},     {"bros", E},        {"bt", T},       {"ca", D},
    {"calif", E},       {"capt", T},     {"cf", T},          {"ch", D},       {"chap", D | W},
    {"cmdr", T},        {"co", E},       {"col", T},         {"colo", E},     {"conn", E},
    {"cont", E},        {"corp", E},     {"cpl", T},         {"dec", D | E},  {"del", E | W},
    {"dept", E},        {"det", T},      {"dist", E},        {"div", E},      {"dr", T},
    {"drs", T},         {"ed", E | W},   {"eds", E},         {"esq", E},      {"est", E},
    {"etc", E},         {"ext", D},      {"feb", D | E},     {"fig", D | W},  {"figs", D | W},
    {"fla", E},         {"fr", T},       {"fri", E | W},     {"ft", E | D},   {"ga", E},
    {"gen", T},         {"gov", T},      {"govt", E},        {"hon", T},      {"hr", E},
    {"hrs", E},         {"hwy", D},      {"ill", E | W},     {"inc", E},      {"ind", E | W},
    {"insp", T},        {"intl", E},     {"jan", D | E | W}, {"jr", E},       {"jul", D | E | W},
    {"jun", D | E | W}, {"kan", E},      {"ky", E},          {"la", E | W},   {"lb", E},
    {"lbs", E},         {"llc", E},      {"lt", T},          {"ltd", E},      {"maj", T},
    {"mar", D | E | W}, {"mass", E | W}, {"md", E},          {"messrs", T},   {"mfg", E},
    {"mgr", T},         {"mich", E},     {"min", E | W},     {"minn", E},     {"miss", E | W},
    {"mlle", T},        {"mme", T},      {"mo", E},          {"mon", E | W},  {"mont", E},
    {"mr", T},          {"mrs", T},      {"ms", T},          {"msgr", T},     {"mt", T},
    {"natl", E},        {"neb", E},      {"nev", E},         {"no", D | W},   {"nos", D},
    {"nov", D | E},     {"oct", D | E},  {"okla", E},        {"op", D | W},   {"ore", E | W},
    {"para", D | W},    {"ph", T},       {"pl", E},          {"pp", D},       {"pres", T},
    {"prof", T},        {"prov", E},     {"pt", D},          {"pte", T},      {"pvt", T},
    {"rd", E},          {"rep", T},      {"reps", T},        {"resp", E},     {"ret", E},
    {"rev", T},         {"rs", D},       {"rt", T},          {"sat", E | W},  {"sec", D | W},
    {"sen", T},         {"sens", T},     {"sep", D | E},     {"sept", D | E}, {"sgt", T},
    {"sq", T},          {"sr", E},       {"st", T | E},      {"ste", T},      {"sun", E | W},
    {"supt", T},        {"tel", D},      {"tenn", E},        {"tex", E},      {"thu", E},
    {"thurs", E},       {"tue", E},      {"tues", E},        {"univ", E},     {"va", E},
    {"viz", T},         {"vol", D},      {"vols", D},        {"vs", T},       {"wash", E | W},
    {"wed", E | W},     {"wis", E},      {"wyo", E},         {"yr", E},       {"yrs", E},
};

/* A binary search over the list: it is asked only at points, a few times a kilobyte. */
unsigned ent_abbrev(const char *s, size_t n)
{
    char low[9];
    if (n < 2 || n > 8) return 0;
    for (size_t i = 0; i < n; i++) {
        low[i] = (char)(s[i] >= 'A' && s[i] <= 'Z' ? s[i] + 32 : s[i]);
        if (low[i] < 'a' || low[i] > 'z') return 0;
    }
    low[n] = 0;
    size_t from = 0, to = sizeof list / sizeof *list;
    while (from < to) {
        size_t mid = (from + to) / 2;
        int order = strcmp(low, list[mid].word);
        if (order == 0) return list[mid].bits;
        if (order < 0)
            to = mid;
        else
            from = mid + 1;
    }
    return 0;
}
