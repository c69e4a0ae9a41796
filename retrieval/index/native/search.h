/* The best sentences for a question, by BM25, without scoring all of them: the arrays, and what is done with one level.
 * search/bm25_native.py tells what goes in and comes out, search/bm25_numpy.py does the same with numpy, and the tests
 * hold both to rank_bm25's floats.
 *
 * A term with inverse document frequency idf adds to the score of a document of length dl that has it tf times
 *
 *     weight * idf * tf * (k1 + 1) / (norm(dl) + tf),    norm(dl) = k1 * (1 - b + b * dl / avgdl)
 *
 * (Robertson and Zaragoza, "The probabilistic relevance framework: BM25 and beyond", 2009). What stands behind idf is
 * called the term's share. It grows with tf, shrinks with dl and stays below k1 + 1: all bounds rest on that.
 *
 * A score is added up in doubles in the order of the question, with rank_bm25's own operations, so it is the same bit
 * for bit; that needs a compiler that neither contracts nor reorders (no -ffast-math, -ffp-contract=off). What is only
 * a bound, on the other hand, is a float with some slack.
 */
#ifndef QUOTH_SEARCH_H
#define QUOTH_SEARCH_H
#include <stdint.h>
#include <string.h>

/* Has memory fetched that will be read soon, some bytes behind a place, if there is any. */
#define PREFETCH(place, behind) __builtin_prefetch((const void *)((uintptr_t)(place) + (behind)))

enum { MOST_TERMS = 64, LENGTHS = 256, OFTEN = 16, PIECE = 16, LINE = 64, REPEATS = 1 << 8 };
static const double SLACK = 1 + 1e-5;

typedef int32_t Four __attribute__((vector_size(16))); /* what one instruction takes at once */

/* One level (sentences, paragraphs or articles): the arrays of Postings in index/segments/postings.py, the documents of
 * term t being those from offsets[t] up to offsets[t + 1], ascending; `lengths` has dl of each document, `norms` the norm
 * of each dl. Frequencies (tf) and lengths are of as few bytes as hold them. */
typedef struct {
    const int64_t *offsets;
    const int32_t *documents;
    const void *frequencies, *lengths;
    const double *norms;
    const double *shares; /* (OFTEN, LENGTHS): the share of each tf and dl below these */
    double k1_plus_1;
    int64_t terms, frequency_bytes, length_bytes;
} Level;

typedef struct { /* the terms of each sentence, and a signature of each (encoding/inversion.py tells its bits) */
    const int64_t *starts;
    const int32_t *terms, *end;
    const uint64_t *signatures;
} Sentences;

typedef struct { /* a term of a question */
    int64_t number;
    double idf, weight;
} Term;

typedef struct { const Term *terms; int64_t count; } Query;

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

static inline void keep(Best *best, double score, int32_t document) {
    Hit hit = {score, document};
    if (best->count < best->most) {
        int64_t at = best->count++;
        for (; at && worse(hit, best->hits[(at - 1) / 2]); at = (at - 1) / 2) best->hits[at] = best->hits[(at - 1) / 2];
        best->hits[at] = hit;
        if (best->count < best->most) return;
    } else {
        if (!worse(best->hits[0], hit)) return;
        sink(best->hits, best->count, 0, hit);
    }
    best->least = best->hits[0].score;
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
    if (bytes == 1) return ((const uint8_t *)counts)[at];
    return bytes == 2 ? ((const uint16_t *)counts)[at] : ((const uint32_t *)counts)[at];
}

typedef struct { int64_t first, end; } Range;

/* Where the postings of a term are. */
static inline Range range(const Level *level, int64_t term) {
    Range none = {0, 0}, some = {0, 0};
    if (term < 0 || term >= level->terms) return none;
    some.first = level->offsets[term], some.end = level->offsets[term + 1];
    return some;
}

/* rank_bm25's share of a term in a score, but for its idf. */
static inline double divided(const Level *level, int64_t tf, int64_t length) {
    return 0 + ((double)tf * level->k1_plus_1) / (level->norms[length] + (double)tf);
}

/* The same, from the table where it has it. */
static inline double share(const Level *level, int64_t tf, int64_t length) {
    if (tf < OFTEN && length < LENGTHS) return level->shares[tf * LENGTHS + length];
    return tf ? divided(level, tf, length) : 0;
}

/* Not less than what a term adds, but for its idf, that is there no more than `tf` times, in a sentence of this length
 * or a longer one; 255 stands for all that have so many words or more. */
static inline float most_share(const Level *level, int64_t tf, int64_t length) {
    return (float)((tf < OFTEN ? level->shares[tf * LENGTHS + length] : level->k1_plus_1) * SLACK);
}

static inline int bit_of(int32_t term) { return 9 + (int)((((uint32_t)term * 2654435761u) >> 16) % 55u); }

typedef struct { /* a question made ready to be looked for in sentences */
    const Query *query;
    float reach[MOST_TERMS]; /* idf times weight */
    int bits[MOST_TERMS];
} Ready;

static inline void make_ready(Ready *ready, const Query *query) {
    ready->query = query;
    for (int64_t j = 0; j < query->count; j++) {
        ready->reach[j] = (float)(query->terms[j].idf * query->terms[j].weight * SLACK);
        ready->bits[j] = bit_of((int32_t)query->terms[j].number);
    }
}

/* How often a sentence has each term of the question, into `counts`; its length. */
static inline int64_t count(const Query *query, const Sentences *sentences, int32_t sentence, int *counts) {
    const int32_t *terms = sentences->terms + sentences->starts[sentence];
    int64_t length = sentences->starts[sentence + 1] - sentences->starts[sentence];
    for (int64_t j = 0; j < query->count; j++) counts[j] = 0;
    for (int64_t at = 0; at < length; at += PIECE) {
        int32_t some = length - at < PIECE ? (int32_t)(length - at) : PIECE;
        Four piece[PIECE / 4] = {{0}}, places = {0, 1, 2, 3};
        if (sentences->end - terms < at + PIECE) memcpy(piece, terms + at, sizeof(int32_t) * (size_t)some);
        else memcpy(piece, terms + at, sizeof piece); /* of a size known beforehand: a few instructions */
        for (int k = 0; k < PIECE / 4; k++) piece[k] |= places + 4 * k >= some; /* -1 behind the end, which is no term */
        for (int64_t j = 0; j < query->count; j++) {
            Four found = {0, 0, 0, 0};
            for (int k = 0; k < PIECE / 4; k++) found -= piece[k] == (int32_t)query->terms[j].number;
            counts[j] += found[0] + found[1] + found[2] + found[3];
        }
    }
    return length;
}

/* The score of a sentence; `counts` becomes how often it has each term. What it lacks adds 0, which changes no bit. */
static inline double score(const Query *query, const Level *level, const Sentences *sentences, int32_t sentence,
                           int *counts) {
    int64_t length = count(query, sentences, sentence, counts);
    double sum = 0;
    for (int64_t j = 0; j < query->count; j++)
        sum += query->terms[j].weight * (query->terms[j].idf * share(level, counts[j], length));
    return sum;
}

#endif
