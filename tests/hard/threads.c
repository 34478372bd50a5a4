/* threads - several threads read documents with one shared model at once, edit them, ask them; each
 * must find what a thread alone finds. Built with ThreadSanitizer by tests/hard/threads.sh. */
#include "docs.h"

#include <pthread.h>

enum { THREADS = 4, ROUNDS = 12 };

static const char text[] =
    "Russian President Vladimir Putin rejected the U.S. plan to send NATO troops to Ukraine. "
    "Angela Merkel, the chancellor, said Moscow had demanded security guarantees. He will not go, "
    "Putin told reporters. The European Union backed a ceasefire; Germany and France agreed.\n";

typedef struct task {
    const ent_model *m;
    uint64_t sum;
    int number, failed;
} task;

/* What a document answers, as a number. */
static uint64_t sum_of(ent_doc *d, task *t)
{
    const ent_mention *m;
    const ent_stance *s;
    size_t n = 0, k = 0;
    uint64_t h = 14695981039346656037u;
    t->failed |= ent_doc_mentions(d, (ent_span){0, ent_doc_length(d)}, &m, &n) != ENT_OK;
    for (size_t i = 0; i < n; i++)
        h = (h ^ m[i].start ^ (uint64_t)m[i].end << 20 ^ (uint64_t)m[i].entity << 40) *
            1099511628211u;
    t->failed |= ent_doc_stances(d, &s, &k) != ENT_OK;
    for (size_t i = 0; i < k; i++)
        h = (h ^ s[i].cue[0].start ^ (uint64_t)s[i].label << 32) * 1099511628211u;
    t->failed |= !n || !k;
    return h;
}

static void *work(void *arg)
{
    task *t = arg;
    for (int round = 0; round < ROUNDS; round++) {
        ent_doc *d;
        ent_user *u;
        ent_user_rule r = {ENT_USER_ALIAS, ENT_KINDS, "Moscow", "Vladimir Putin", NULL, 6, 14, 0};
        if (ent_doc_new(t->m, text, sizeof text - 1, NULL, &d) != ENT_OK) return NULL;
        t->sum ^= sum_of(d, t) << round % 8;
        t->failed |= ent_doc_edit(d, 8, 9, "leader", 6) != ENT_OK;
        t->failed |= ent_user_new(t->m, NULL, &u) != ENT_OK || ent_user_add(u, &r) != ENT_OK;
        t->failed |= ent_doc_set_user(d, u) != ENT_OK;
        t->sum ^= sum_of(d, t) << round % 8;
        ent_doc_free(d);
        ent_user_free(u);
    }
    return NULL;
}

int main(void)
{
    static docs_held held;
    const ent_model *m = docs_open(&held);
    pthread_t thread[THREADS];
    task alone = {.m = m}, each[THREADS];
    int good = 1;
    work(&alone);
    for (int i = 0; i < THREADS; i++) {
        each[i] = (task){.m = m, .number = i};
        if (pthread_create(&thread[i], NULL, work, &each[i]) != 0) return 2;
    }
    for (int i = 0; i < THREADS; i++) {
        pthread_join(thread[i], NULL);
        good &= !each[i].failed && each[i].sum == alone.sum;
    }
    tap_ok(good && !alone.failed, "threads that share a model find what one alone finds");
    return tap_done();
}
