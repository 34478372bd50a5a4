/* Prints the actors of a text: cc -Iinclude doc/example.c build/libentente.a -lm -o example
 *                              ./example model/entente.model doc/try.txt */
#include <entente.h>
#include <stdio.h>
#include <stdlib.h>

static char *slurp(const char *path, size_t *len)
{
    FILE *f = fopen(path, "rb");
    char *p = f && !fseek(f, 0, SEEK_END) ? malloc((*len = (size_t)ftell(f)) + 1) : NULL;
    if (p && (rewind(f), fread(p, 1, *len, f) != *len)) *len = 0;
    if (f) fclose(f);
    return p;
}

int main(int argc, char **argv)
{
    size_t model_len = 0, len = 0, n = 0;
    char *data = argc > 2 ? slurp(argv[1], &model_len) : NULL;
    char *text = argc > 2 ? slurp(argv[2], &len) : NULL;
    ent_model *model = NULL;
    ent_doc *doc = NULL;
    ent_status st = ent_model_open(data, model_len, NULL, &model);
    if (!st) st = ent_doc_new(model, text, len, NULL, &doc);
    if (!st) st = ent_doc_entities(doc, &n);
    for (uint32_t id = 0; !st && id < n; id++) {
        ent_entity e;
        st = ent_doc_entity(doc, id, &e);
        if (!st && e.kind != ENT_PROPOSAL)
            printf("%.*s: %s, %u times\n", (int)e.name_len, e.name, ent_kind_name(e.kind),
                   e.mentions);
    }
    if (st) fprintf(stderr, "%s\n", ent_strerror(st));
    ent_doc_free(doc);
    ent_model_close(model);
    free(text);
    free(data);
    return st ? 1 : 0;
}
