/* The best documents by one level. Terms in the order of what they can add at most, and documents left out once those that
 * only have the rest cannot be among the best: Turtle and Flood, "Query evaluation: strategies and optimizations"
 * (1995), known as MaxScore.
 */
#include "public.h"
#include "search.h"

enum { BATCH = 32, AHEAD = 32 };

typedef struct { /* one level's search in progress */
    const Level *level;
    const Sentences *sentences;
    const Ready *ready;
    const int *order; /* the terms, those that can add most first */
    int64_t at;       /* the one whose postings are read */
    Best best;
    int32_t waiting[BATCH];
    int64_t waits;
} Search;

/* Scores those that wait; 1 where the least of the best has changed. */
static int settle(Search *search) {
    int changed = 0, counts[MOST_TERMS];
    for (int64_t w = 0; w < search->waits; w++) {
        const int32_t *terms = search->sentences->terms + search->sentences->starts[search->waiting[w]];
        PREFETCH(terms);
        PREFETCH(terms + 15);
    }
    for (int64_t w = 0; w < search->waits; w++) {
        int seen = 0; /* among the postings of an earlier term */
        double sum = score(search->ready, search->level, search->sentences, search->waiting[w], counts);
        for (int64_t j = 0; j < search->at; j++) seen |= counts[search->order[j]];
        if (!seen) changed |= keep(&search->best, sum, search->waiting[w]);
    }
    search->waits = 0;
    return changed;
}

/* Reads the postings of one term; 0 where no document that has only this and later terms can be among the best. */
static int read_postings(Search *search) {
    const Level *level = search->level;
    const Ready *ready = search->ready;
    const uint64_t *signatures = search->sentences->signatures;
    int64_t count = ready->query->count, most = 1, own = search->order[search->at], later = 0;
    int32_t term = ready->query->terms[own];
    int64_t end = upto(level, term), longest = level->longest < LENGTHS - 1 ? level->longest : LENGTHS - 1;
    int64_t once = longest, any = longest; /* the longest that may be among the best: with the term once, or at all */
    int bits[MOST_TERMS];
    float reach[MOST_TERMS], together = ready->reach[own];
    Shares shares;
    for (int64_t j = search->at; j < count; j++) {
        int64_t other = search->order[j];
        most = ready->most[other] > most ? ready->most[other] : most;
        if (j == search->at) continue;
        bits[later] = ready->bits[other];
        reach[later++] = ready->reach[other];
        together += ready->reach[other];
    }
    share_out(&shares, level, most);
    float rest = together - ready->reach[own], least = -1;
    for (int64_t at = from(level, term); at < end; at++) {
        if (least != (float)(search->best.least / SLACK)) {
            least = (float)(search->best.least / SLACK);
            while (any >= 0 && shares.of[1][any] * together < least) any--;
            if (any < 0) break;
            while (once >= 0 && shares.of[0][once] * ready->reach[own] + shares.of[1][once] * rest < least) once--;
        }
        if (at + AHEAD < end) PREFETCH(signatures + level->documents[at + AHEAD]);
        int64_t limit = number(level->frequencies, level->frequency_bytes, at) == 1 ? once : any;
        if (limit < 0) continue;
        int32_t document = level->documents[at];
        uint64_t signature = signatures[document];
        int64_t length = (int64_t)(signature & 255);
        if (length > limit) continue;
        float sum = ready->reach[own];
        for (int64_t j = 0; j < later; j++) sum += (float)(signature >> bits[j] & 1) * reach[j];
        if (shares.of[(signature & REPEATS) != 0][length] * sum < least) continue;
        PREFETCH(search->sentences->starts + document);
        search->waiting[search->waits++] = document;
        if (search->waits == (search->best.count < search->best.most ? BATCH / 2 : BATCH)) settle(search);
    }
    settle(search);
    return shares.of[1][0] * together >= (float)(search->best.least / SLACK);
}

/* The best documents by one level, as many as `most` into `hits`; tells how many. */
PUBLIC int64_t quoth_top(const Level *level, const Sentences *sentences, const double *packed, int64_t count, int64_t most,
                         Hit *hits) {
    Ready ready;
    int order[MOST_TERMS];
    Query asked = unpacked(packed, count), *query = &asked;
    Search search = {level, sentences, &ready, order, 0, {hits, 0, most, 0}, {0}, 0};
    if (most < 1) return 0;
    make_ready(&ready, query, level);
    for (int64_t j = 0; j < query->count; j++) { /* put in order by insertion */
        int64_t at = j;
        for (; at && ready.reach[j] > ready.reach[order[at - 1]]; at--) order[at] = order[at - 1];
        order[at] = (int)j;
    }
    for (; search.at < query->count; search.at++)
        if (!read_postings(&search)) break;
    return put_in_order(&search.best);
}
