/* link_dump - what the linker weighs, for tools/train_link.py.
 *
 *     link_dump [--blind] MODEL < DOCUMENTS > TSV
 *
 * Each document on standard input is a line "NAME BYTES" and that many bytes. Printed for each
 * anaphor a line  A name start end class sex  and for each candidate a line
 * C entity start end sex feature... , where sex is 0 unknown, 1 male, 2 female, and start and end
 * are those of the candidate's last mention (-1 when it is known from elsewhere), and for each name
 * N name start end entity;  a line  F ... with the names of the features comes first. With --blind
 * only pronouns for persons, with candidates of either sex. */
#include "doc.h"
#include "link_impl.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void *read_all(const char *path, size_t *n)
{
    FILE *f = fopen(path, "rb");
    if (!f || fseek(f, 0, SEEK_END)) return NULL;
    *n = (size_t)ftell(f);
    rewind(f);
    void *p = malloc(*n + 1);
    if (p && fread(p, 1, *n, f) != *n) *n = 0;
    fclose(f);
    return p;
}

static void print_candidate(const ent_doc *d, const ent_lcandidate *c)
{
    unsigned sex = d->linker->root[c->root].sex;
    if (c->sent == ENT_NONE) {
        printf("C\t%u\t-1\t-1\t%u", c->root, sex);
    } else {
        const ent_sent *s = &d->sents[c->sent];
        const ent_kmention *m = &s->result->mentions[c->k];
        printf("C\t%u\t%u\t%u\t%u", c->root, s->start + m->start, s->start + m->end, sex);
    }
    for (unsigned f = 0; f < ENT_LF_FEATURES; f++)
        printf("\t%g", (double)c->f[f]);
    putchar('\n');
}

static void print_anaphors(const char *name, ent_doc *d)
{
    ent_lcandidate c[ENT_L_CANDIDATES];
    ent_lclass class;
    for (uint32_t i = 0; i < d->n; i++) {
        const ent_sent *s = &d->sents[i];
        for (uint32_t k = 0; s->result && k < s->result->n_mentions; k++) {
            const ent_kmention *m = &s->result->mentions[k];
            if (m->form == ENT_NAME && m->entity != ENT_NONE)
                printf("N\t%s\t%u\t%u\t%u\n", name, s->start + m->start, s->start + m->end,
                       d->linker->root[m->entity].root);
            unsigned sex;
            if (d->linker->blind && ent_lnear_class(d->linker, m, &sex) > ENT_LC_HIS) continue;
            uint32_t n = ent_lnear_candidates(d->linker, i, k, &class, c);
            if (!n) continue;
            ent_lnear_class(d->linker, m, &sex);
            printf("A\t%s\t%u\t%u\t%s\t%u\n", name, s->start + m->start, s->start + m->end,
                   ent_lclass_name(class), sex);
            for (uint32_t j = 0; j < n; j++)
                print_candidate(d, &c[j]);
        }
    }
}

static int dump(const ent_model *m, const char *name, const char *text, size_t n, int blind)
{
    ent_doc *d;
    if (ent_doc_new(m, text, n, NULL, &d)) return 2;
    int rc = ent_doc_link(d) ? 2 : 0;
    d->linker->blind = blind;
    if (!rc) print_anaphors(name, d);
    ent_doc_free(d);
    return rc;
}

int main(int argc, char **argv)
{
    size_t n = 0;
    ent_model *m = NULL;
    int blind = argc == 3 && !strcmp(argv[1], "--blind");
    void *bytes = argc == 2 + blind ? read_all(argv[argc - 1], &n) : NULL;
    if (!bytes || ent_model_open(bytes, n, NULL, &m)) {
        fprintf(stderr, "usage: link_dump [--blind] MODEL < DOCUMENTS > TSV\n");
        return 2;
    }
    printf("F");
    for (unsigned f = 0; f < ENT_LF_FEATURES; f++)
        printf("\t%s", ent_lfeature_name(f));
    putchar('\n');
    char name[256];
    int rc = 0;
    while (!rc && scanf("%255s %zu", name, &n) == 2) {
        char *text = malloc(n + 1);
        if (!text || getchar() != '\n' || fread(text, 1, n, stdin) != n)
            rc = 2;
        else
            rc = dump(m, name, text, n, blind);
        free(text);
    }
    ent_model_close(m);
    free(bytes);
    return rc;
}
