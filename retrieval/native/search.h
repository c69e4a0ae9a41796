/* What the searches by one level and by all levels share: the best documents for a question, by BM25, without looking at
 * all of them. retrieval/kernel.py tells what goes in and comes out, retrieval/pruning.py does the same with numpy, and
 * the tests hold both to rank_bm25's floats.
 *
 * A score is added up in doubles in the order of the question, with rank_bm25's own operations, so it is the same bit
 * for bit; that needs a compiler that neither contracts nor reorders (no -ffast-math, -ffp-contract=off). What is only
 * a bound, on the other hand, is a float with some slack.
 */
#ifndef QUOTH_SEARCH_H
#define QUOTH_SEARCH_H
#include <stdint.h>
#include <string.h>

#if defined(__GNUC__) || defined(__clang__)
#define PREFETCH(at) __builtin_prefetch(at)
#else
#define PREFETCH(at) ((void)(at))
#endif

enum { MOST_TERMS = 64, SLOTS = 4096, LENGTHS = 256, REPEATS = 1 << 8 };
static const double SLACK = 1 + 1e-5;

typedef struct { /* one level: the arrays of Postings, the norm of each length, k1 + 1 */
    const int64_t *offsets;
    const int32_t *documents;
    const void *frequencies, *lengths;
    const double *norms;
    double k1_plus_1;
    int64_t terms, longest, frequency_bytes, length_bytes;
} Level;

typedef struct { /* the terms of each sentence, and a signature of each (postings.py tells its bits) */
    const int64_t *starts;
    const int32_t *terms;
    const uint64_t *signatures;
} Sentences;

typedef struct { /* the question: idf, weight and number of each of its terms */
    int64_t count;
    const double *idf, *weights;
    const int32_t *terms;
} Query;

/* The question as it is given: first all idf, then all weights, then all numbers. */
static inline Query unpacked(const double *packed, int64_t count) {
    Query query = {count, packed, packed + count, (const int32_t *)(packed + 2 * count)};
    return query;
}

typedef struct { double score; int32_t document; } Hit;
typedef struct { Hit *hits; int64_t count, most; double least; } Best; /* a heap with the worst of the best on top */

static inline int worse(Hit a, Hit b) { return a.score < b.score || (a.score == b.score && a.document > b.document); }

static inline void sink(Hit *hits, int64_t count, int64_t at, Hit hit) {
    for (int64_t child; (child = 2 * at + 1) < count; at = child) {
        if (child + 1 < count && worse(hits[child + 1], hits[child])) child++;
        if (!worse(hits[child], hit)) break;
        hits[at] = hits[child];
    }
    hits[at] = hit;
}

/* 1 where the least score that is among the best has changed. */
static inline int keep(Best *best, double score, int32_t document) {
    Hit hit = {score, document};
    if (best->count < best->most) {
        int64_t at = best->count++;
        for (; at && worse(hit, best->hits[(at - 1) / 2]); at = (at - 1) / 2) best->hits[at] = best->hits[(at - 1) / 2];
        best->hits[at] = hit;
        if (best->count < best->most) return 0;
    } else {
        if (!worse(best->hits[0], hit)) return 0;
        sink(best->hits, best->count, 0, hit);
    }
    best->least = best->hits[0].score;
    return 1;
}

/* Puts the best ones in order, best first, and tells how many. */
static inline int64_t put_in_order(Best *best) {
    for (int64_t last = best->count - 1; last > 0; last--) {
        Hit top = best->hits[0];
        sink(best->hits, last, 0, best->hits[last]);
        best->hits[last] = top;
    }
    return best->count;
}

static inline int64_t number(const void *counts, int64_t bytes, int64_t at) {
    return bytes == 1 ? ((const uint8_t *)counts)[at] : bytes == 2 ? ((const uint16_t *)counts)[at] : ((const uint32_t *)counts)[at];
}

static inline int64_t from(const Level *level, int32_t term) {
    return term >= 0 && term < level->terms ? level->offsets[term] : 0;
}

static inline int64_t upto(const Level *level, int32_t term) {
    return term >= 0 && term < level->terms ? level->offsets[term + 1] : 0;
}

static inline int64_t most_frequent(const Level *level, int32_t term) {
    int64_t from_ = from(level, term), end = upto(level, term), most = 1;
    if (level->frequency_bytes == 1) { /* bytes by themselves, so that the compiler takes many at once */
        const uint8_t *bytes = level->frequencies;
        uint8_t found = 1;
        for (int64_t at = from_; at < end; at++) found = bytes[at] > found ? bytes[at] : found;
        return found;
    }
    for (int64_t at = from_; at < end; at++) {
        int64_t tf = number(level->frequencies, level->frequency_bytes, at);
        most = tf > most ? tf : most;
    }
    return most;
}

/* rank_bm25's share of a term in a score, but for its idf. */
static inline double share(const Level *level, int64_t tf, int64_t length) {
    return 0 + ((double)tf * level->k1_plus_1) / (level->norms[length] + (double)tf);
}

static inline int bit_of(int32_t term) { return 9 + (int)((((uint32_t)term * 2654435761u) >> 16) % 55u); }

typedef struct { /* a question made ready to be looked for in sentences */
    const Query *query;
    uint8_t slots[SLOTS];
    float reach[MOST_TERMS]; /* idf times weight */
    int bits[MOST_TERMS];
    int64_t most[MOST_TERMS]; /* how often a sentence has the term at most */
} Ready;

static inline void make_ready(Ready *ready, const Query *query, const Level *level) {
    ready->query = query;
    memset(ready->slots, 0, SLOTS);
    for (int64_t j = 0; j < query->count; j++) {
        ready->slots[query->terms[j] & (SLOTS - 1)] = 1;
        ready->reach[j] = (float)(query->idf[j] * query->weights[j] * SLACK);
        ready->bits[j] = bit_of(query->terms[j]);
        ready->most[j] = most_frequent(level, query->terms[j]);
    }
}

/* What a sentence of each length has of a term at most: once, and where it has some term more than once. */
typedef struct { float of[2][LENGTHS]; } Shares;

static inline void share_out(Shares *shares, const Level *level, int64_t most) {
    int64_t longest = level->longest < LENGTHS - 1 ? level->longest : LENGTHS - 1;
    for (int64_t length = 0; length <= longest; length++) {
        shares->of[0][length] = (float)(share(level, 1, length) * SLACK);
        shares->of[1][length] = (float)(share(level, most, length) * SLACK);
    }
}

/* The score of a sentence; `counts` becomes how often it has each term. */
static inline double score(const Ready *ready, const Level *level, const Sentences *sentences, int32_t sentence, int *counts) {
    const int32_t *terms = sentences->terms + sentences->starts[sentence];
    const Query *query = ready->query;
    int64_t length = sentences->starts[sentence + 1] - sentences->starts[sentence];
    double sum = 0;
    memset(counts, 0, sizeof(int) * (size_t)query->count);
    for (int64_t at = 0; at < length; at++) {
        if (!ready->slots[terms[at] & (SLOTS - 1)]) continue;
        for (int64_t j = 0; j < query->count; j++) counts[j] += terms[at] == query->terms[j];
    }
    for (int64_t j = 0; j < query->count; j++)
        if (counts[j]) sum += query->weights[j] * (query->idf[j] * share(level, counts[j], length));
    return sum;
}

#endif
