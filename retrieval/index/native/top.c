/* The best documents by one level. Terms in the order of what they can add at most, and documents left out once those
 * that only have the rest cannot be among the best: Turtle and Flood, "Query evaluation: strategies and optimizations"
 * (1995), known as MaxScore. The documents of a term come in the order of what it can add (search/impact_order.py),
 * so that reading stops at the first that is too long.
 */
#include "public.h"
#include "search.h"

enum { TOGETHER = 16, BATCH = 64, RUNS = 3, OWN_REPEATED = 8, FIRST_BIT = 9, BITS = 23 };

typedef struct { /* one level, its sentences, and the arrays of ImpactOrder */
    Level level;
    Sentences sentences;
    const int64_t *runs;
    const int32_t *documents;
    const uint32_t *hints;
    const uint8_t *most;
    const uint64_t *signatures; /* two of each document */
} Ordered;

typedef struct { /* a term that comes after the one that is read */
    float reach;
    int hint, repeated, first, second; /* its bits; that for being there more than once is -1 where it never is */
} Later;

typedef struct { /* one level's search in progress */
    const Ordered *ordered;
    const Ready *ready;
    const int *order; /* the terms, those that can add most first */
    int alike;         /* how often the question has the same term at most */
    int64_t at, count; /* the one whose postings are read, and how many come after it */
    Later later[MOST_TERMS];
    float own, together; /* what it can add but for its share, and with those after it */
    float own_again;     /* the same as `own`, 0 where no document has it more than once */
    int64_t most;        /* how often a document has one of these at most */
    int64_t waits;
    int32_t waiting[BATCH + TOGETHER];
    uint32_t hints[BATCH + TOGETHER];
    Best best;
} Search;

static int64_t most_of(const Ordered *ordered, int64_t term) {
    return term < ordered->level.terms ? ordered->most[term] : 0;
}

static int hashed(int32_t term, uint32_t factor) { return (int)(((uint32_t)term * factor) >> 16); }

static float least_of(const Search *search) { return (float)(search->best.least / SLACK); }

/* Makes the search ready for the postings of a term. */
static void turn_to(Search *search, int64_t at) {
    const Ready *ready = search->ready;
    const Query *query = ready->query;
    int own = search->order[at];
    search->at = at;
    search->count = 0;
    search->most = 1;
    search->own = search->together = ready->reach[own];
    search->own_again = most_of(search->ordered, query->terms[own].number) > 1 ? search->own : 0;
    for (int64_t j = at; j < query->count; j++) {
        int other = search->order[j];
        int32_t term = (int32_t)query->terms[other].number;
        int64_t most = most_of(search->ordered, term);
        if (most > search->most) search->most = most;
        if (j == at) continue;
        Later *later = &search->later[search->count++];
        later->reach = ready->reach[other];
        later->hint = FIRST_BIT + hashed(term, 2246822519u) % BITS;
        later->repeated = most > 1 ? FIRST_BIT + hashed(term, 3266489917u) % BITS : -1;
        later->first = ready->bits[other];
        later->second = hashed(term, 668265263u) % 64;
        search->together += later->reach;
    }
}

/* Whether the document may be among the best by its hint and its signatures together. */
static int may_be_best(const Search *search, uint32_t hint, const uint64_t *signatures) {
    const Level *level = &search->ordered->level;
    float sum = search->own, again = (float)(hint >> OWN_REPEATED & 1) * search->own_again;
    float once = most_share(level, 1, hint & 255);
    float often = most_share(level, signatures[0] & REPEATS ? search->most : 1, hint & 255);
    for (int64_t j = 0; j < search->count; j++) {
        const Later *later = &search->later[j];
        uint64_t has = hint >> later->hint & signatures[0] >> later->first & signatures[1] >> later->second & 1;
        sum += (float)(int)has * later->reach;
        if (later->repeated >= 0) again += (float)(int)(has & hint >> later->repeated) * later->reach;
    }
    return once * sum + (often - once) * again >= least_of(search);
}

/* Scores those that wait. */
static void settle(Search *search) {
    const Sentences *sentences = &search->ordered->sentences;
    int counts[MOST_TERMS];
    int64_t left = 0;
    for (int64_t w = 0; w < search->waits; w++) {
        int32_t document = search->waiting[w];
        if (!may_be_best(search, search->hints[w], search->ordered->signatures + 2 * (int64_t)document)) continue;
        PREFETCH(sentences->starts + document, 0);
        search->waiting[left++] = document;
    }
    for (int64_t w = 0; w < left; w++) {
        const int32_t *terms = sentences->terms + sentences->starts[search->waiting[w]];
        PREFETCH(terms, 0);
        PREFETCH(terms, LINE);
    }
    for (int64_t w = 0; w < left; w++) {
        int seen = 0; /* among the postings of an earlier term */
        double sum = score(search->ready->query, &search->ordered->level, sentences, search->waiting[w], counts);
        for (int64_t j = 0; j < search->at; j++) seen |= counts[search->order[j]];
        if (!seen) keep(&search->best, sum, search->waiting[w]);
    }
    search->waits = 0;
}

/* What some postings from `hints` on may score at most, if their documents are no shorter than the first of them. */
static void bound(const Search *search, const uint32_t *hints, float once, float often, float *bounds) {
    float again[TOGETHER];
    for (int k = 0; k < TOGETHER; k++) {
        bounds[k] = search->own;
        again[k] = (float)(int32_t)(hints[k] >> OWN_REPEATED & 1) * search->own_again;
    }
    for (int64_t j = 0; j < search->count; j++) {
        Later later = search->later[j];
        for (int k = 0; k < TOGETHER; k++) bounds[k] += (float)(int32_t)(hints[k] >> later.hint & 1) * later.reach;
        if (once == often || later.repeated < 0) continue;
        for (int k = 0; k < TOGETHER; k++)
            again[k] += (float)(int32_t)(hints[k] >> later.hint & hints[k] >> later.repeated & 1) * later.reach;
    }
    for (int k = 0; k < TOGETHER; k++) bounds[k] = once * bounds[k] + (often - once) * again[k];
}

/* Reads a run of postings (impact_order.py tells which) until a document is too long to be among the best. */
static void read_run(Search *search, int64_t at, int64_t end, int run) {
    const Ordered *ordered = search->ordered;
    const Level *level = &ordered->level;
    int64_t most = run + 1 < RUNS && run < search->most ? run + 1 : search->most; /* how often a document has a term */
    float repeated = run == 1 ? search->own * (float)search->alike : search->together; /* what is there so often */
    float bounds[TOGETHER];
    for (; at < end; at += TOGETHER) {
        const uint32_t *hints = ordered->hints + at;
        int64_t before = search->waits, room = end - at < TOGETHER ? end - at : TOGETHER;
        float once = most_share(level, 1, hints[0] & 255), often = most_share(level, most, hints[0] & 255);
        float least = least_of(search);
        if (once * search->together + (often - once) * repeated < least) return;
        bound(search, hints, once, often, bounds);
        for (int64_t k = 0; k < room; k++) { /* without a branch, as nobody can foretell it */
            search->waiting[search->waits] = ordered->documents[at + k];
            search->hints[search->waits] = hints[k];
            search->waits += bounds[k] >= least;
        }
        for (int64_t w = before; w < search->waits; w++)
            PREFETCH(ordered->signatures + 2 * (int64_t)search->waiting[w], 0);
        if (search->waits >= (search->best.count < search->best.most ? TOGETHER : BATCH)) settle(search);
    }
}

/* Puts the terms in the order of what they can add, by insertion. */
static void put_terms_in_order(Search *search, int *order) {
    const Term *terms = search->ready->query->terms;
    const float *reach = search->ready->reach;
    search->order = order;
    search->alike = 1;
    for (int64_t j = 0; j < search->ready->query->count; j++) {
        int64_t at = j;
        int alike = 1;
        for (; at && reach[j] > reach[order[at - 1]]; at--) order[at] = order[at - 1];
        order[at] = (int)j;
        for (int64_t other = 0; other < j; other++) alike += terms[other].number == terms[j].number;
        search->alike = alike > search->alike ? alike : search->alike;
    }
}

/* The best documents by one level, as many as `most` into `hits`; tells how many. */
PUBLIC int64_t quoth_top(const Ordered *ordered, const Term *terms, int64_t count, int64_t most, Hit *hits) {
    Ready ready;
    Query query = {terms, count};
    Search search;
    int order[MOST_TERMS];
    if (most < 1) return 0;
    make_ready(&ready, &query);
    search.ordered = ordered, search.ready = &ready, search.waits = 0;
    search.best = (Best){hits, 0, most, 0};
    put_terms_in_order(&search, order);
    for (int64_t at = 0; at < count; at++) {
        int64_t term = terms[order[at]].number;
        if (term >= ordered->level.terms) continue;
        turn_to(&search, at);
        if (most_share(&ordered->level, search.most, 1) * search.together < least_of(&search)) break;
        const int64_t *runs = ordered->runs + RUNS * term;
        for (int run = 0; run < RUNS; run++) read_run(&search, runs[run], runs[run + 1], run);
        settle(&search);
    }
    return put_in_order(&search.best);
}
