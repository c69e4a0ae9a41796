/* The best documents for a question, by BM25, without looking at all of them. retrieval/kernel.py tells what goes in
 * and comes out, retrieval/pruning.py does the same with numpy, and the tests hold both to rank_bm25's floats.
 *
 * A score is added up in doubles in the order of the question, with rank_bm25's own operations, so it is the same bit
 * for bit; that needs a compiler that neither contracts nor reorders (no -ffast-math, -ffp-contract=off). What is only
 * a bound, on the other hand, is a float with some slack. Terms in the order of what they can add at most, and documents
 * left out once those that only have the rest cannot be among the best: Turtle and Flood, "Query evaluation: strategies
 * and optimizations" (1995), known as MaxScore.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#ifdef _WIN32
#define PUBLIC __declspec(dllexport)
#else
#define PUBLIC __attribute__((visibility("default")))
#endif
#if defined(__GNUC__) || defined(__clang__)
#define PREFETCH(at) __builtin_prefetch(at)
#else
#define PREFETCH(at) ((void)(at))
#endif

enum { MOST_TERMS = 64, SLOTS = 4096, BATCH = 32, AHEAD = 32, LENGTHS = 256, REPEATS = 1 << 8, BLOCK = 64 };
static const double SLACK = 1 + 1e-5;

/* Which text this was compiled from, so that one that was compiled from another is noticed and left alone. */
PUBLIC uint32_t quoth_source(void) { return QUOTH_SOURCE; }

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
static Query unpacked(const double *packed, int64_t count) {
    Query query = {count, packed, packed + count, (const int32_t *)(packed + 2 * count)};
    return query;
}

typedef struct { double score; int32_t document; } Hit;
typedef struct { Hit *hits; int64_t count, most; double least; } Best; /* a heap with the worst of the best on top */

static int worse(Hit a, Hit b) { return a.score < b.score || (a.score == b.score && a.document > b.document); }

static void sink(Hit *hits, int64_t count, int64_t at, Hit hit) {
    for (int64_t child; (child = 2 * at + 1) < count; at = child) {
        if (child + 1 < count && worse(hits[child + 1], hits[child])) child++;
        if (!worse(hits[child], hit)) break;
        hits[at] = hits[child];
    }
    hits[at] = hit;
}

/* 1 where the least score that is among the best has changed. */
static int keep(Best *best, double score, int32_t document) {
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
static int64_t put_in_order(Best *best) {
    for (int64_t last = best->count - 1; last > 0; last--) {
        Hit top = best->hits[0];
        sink(best->hits, last, 0, best->hits[last]);
        best->hits[last] = top;
    }
    return best->count;
}

static int64_t number(const void *counts, int64_t bytes, int64_t at) {
    return bytes == 1 ? ((const uint8_t *)counts)[at] : bytes == 2 ? ((const uint16_t *)counts)[at] : ((const uint32_t *)counts)[at];
}

static int64_t from(const Level *level, int32_t term) {
    return term >= 0 && term < level->terms ? level->offsets[term] : 0;
}

static int64_t upto(const Level *level, int32_t term) {
    return term >= 0 && term < level->terms ? level->offsets[term + 1] : 0;
}

static int64_t most_frequent(const Level *level, int32_t term) {
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
static double share(const Level *level, int64_t tf, int64_t length) {
    return 0 + ((double)tf * level->k1_plus_1) / (level->norms[length] + (double)tf);
}

static int bit_of(int32_t term) { return 9 + (int)((((uint32_t)term * 2654435761u) >> 16) % 55u); }

typedef struct { /* a question made ready to be looked for in sentences */
    const Query *query;
    uint8_t slots[SLOTS];
    float reach[MOST_TERMS]; /* idf times weight */
    int bits[MOST_TERMS];
    int64_t most[MOST_TERMS]; /* how often a sentence has the term at most */
} Ready;

static void make_ready(Ready *ready, const Query *query, const Level *level) {
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

static void share_out(Shares *shares, const Level *level, int64_t most) {
    int64_t longest = level->longest < LENGTHS - 1 ? level->longest : LENGTHS - 1;
    for (int64_t length = 0; length <= longest; length++) {
        shares->of[0][length] = (float)(share(level, 1, length) * SLACK);
        shares->of[1][length] = (float)(share(level, most, length) * SLACK);
    }
}

/* The score of a sentence; `counts` becomes how often it has each term. */
static double score(const Ready *ready, const Level *level, const Sentences *sentences, int32_t sentence, int *counts) {
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

typedef struct { /* sentences, paragraphs and articles: the arrays of Segment and what each level counts for */
    Level levels[3];
    Sentences sentences;
    const int32_t *article_of, *first_paragraphs, *places; /* of each sentence, article, article */
    const int32_t *openings;                               /* the first sentence of each paragraph */
    double weights[3];
} Segment;

typedef struct { /* a search by all levels in progress */
    const Segment *segment;
    const Ready *ready;
    Shares shares;
    double *articles;   /* what each article scores */
    float *bounds;      /* what a sentence may score at most with its paragraph, but without its article */
    int32_t *highest;   /* of the bounds of BLOCK paragraphs, as bits: those of floats that are not negative ascend too */
    float best_article; /* what an article adds at most */
    int64_t first, end; /* the paragraphs that are searched */
    Best best;
} Look;

/* The score of one document of a level; its postings are looked up by halving. */
static double score_of(const Level *level, const Query *query, int32_t document) {
    double sum = 0;
    for (int64_t j = 0; j < query->count; j++) {
        int64_t low = from(level, query->terms[j]), end = upto(level, query->terms[j]), high = end;
        while (low < high) {
            int64_t middle = (low + high) / 2;
            if (level->documents[middle] < document) low = middle + 1;
            else high = middle;
        }
        if (low == end || level->documents[low] != document) continue;
        int64_t length = number(level->lengths, level->length_bytes, document);
        int64_t tf = number(level->frequencies, level->frequency_bytes, low);
        sum += query->weights[j] * (query->idf[j] * share(level, tf, length));
    }
    return sum;
}

static void add_up_articles(Look *look, const Query *query, int64_t articles) {
    const Level *level = &look->segment->levels[2];
    double best = 0;
    for (int64_t j = 0; j < query->count; j++) {
        int64_t end = upto(level, query->terms[j]);
        for (int64_t at = from(level, query->terms[j]); at < end; at++) {
            int32_t article = level->documents[at];
            int64_t length = number(level->lengths, level->length_bytes, article);
            int64_t tf = number(level->frequencies, level->frequency_bytes, at);
            look->articles[article] += query->weights[j] * (query->idf[j] * share(level, tf, length));
        }
    }
    for (int64_t article = 0; article < articles; article++)
        best = look->articles[article] > best ? look->articles[article] : best;
    look->best_article = (float)(best * look->segment->weights[2] * SLACK);
}

static void bound_paragraphs(Look *look, const Query *query, int64_t paragraphs) {
    const Level *level = &look->segment->levels[1], *below = &look->segment->levels[0];
    const double *weights = look->segment->weights;
    for (int64_t j = 0; j < query->count; j++) {
        int64_t end = upto(level, query->terms[j]);
        float once = (float)(weights[0] * look->ready->reach[j] * share(below, 1, 1) * SLACK);
        for (int64_t at = from(level, query->terms[j]); at < end; at++) {
            int32_t paragraph = level->documents[at];
            int64_t tf = number(level->frequencies, level->frequency_bytes, at);
            int64_t length = number(level->lengths, level->length_bytes, paragraph);
            float own = (float)(weights[1] * look->ready->reach[j] * share(level, tf, length) * SLACK);
            if (tf > below->longest) tf = below->longest; /* a sentence that has it tf times is no shorter than that */
            own += tf < 2 ? once : (float)(weights[0] * look->ready->reach[j] * share(below, tf, tf) * SLACK);
            look->bounds[paragraph] += own;
        }
    }
    for (int64_t block = 0; block * BLOCK < paragraphs; block++) {
        int32_t highest = 0, bits[BLOCK];
        memcpy(bits, look->bounds + block * BLOCK, sizeof bits);
        for (int64_t at = 0; at < BLOCK; at++) highest = bits[at] > highest ? bits[at] : highest;
        look->highest[block] = highest;
    }
}

static void read_paragraph(Look *look, int64_t paragraph) {
    const Segment *segment = look->segment;
    const Level *level = &segment->levels[0];
    const Query *query = look->ready->query;
    int32_t sentence = segment->openings[paragraph], end = segment->openings[paragraph + 1];
    int counts[MOST_TERMS];
    if (sentence == end) return;
    int32_t article = segment->article_of[sentence];
    double around = -1, whole = segment->weights[2] * look->articles[article];
    if (segment->places[article] < 0 || (look->bounds[paragraph] + whole) * SLACK < look->best.least) return;
    for (; sentence < end; sentence++) {
        uint64_t signature = segment->sentences.signatures[sentence];
        float sum = 0;
        for (int64_t j = 0; j < query->count; j++)
            sum += (float)(signature >> look->ready->bits[j] & 1) * look->ready->reach[j];
        if (sum == 0) continue;
        if (around < 0) around = segment->weights[1] * score_of(&segment->levels[1], query, (int32_t)paragraph);
        double own = segment->weights[0] * look->shares.of[(signature & REPEATS) != 0][signature & 255] * sum;
        if ((own + around + whole) * SLACK < look->best.least) continue;
        own = score(look->ready, level, &segment->sentences, sentence, counts);
        if (own > 0) keep(&look->best, segment->weights[0] * own + around + whole, sentence);
    }
}

/* Reads the paragraphs whose bounds are at least `low` and below `high`. */
static void read_between(Look *look, float low, float high) {
    int32_t least;
    memcpy(&least, &low, sizeof least);
    for (int64_t block = look->first / BLOCK; block * BLOCK < look->end; block++) {
        if (look->highest[block] < least) continue;
        for (int64_t at = 0, p = block * BLOCK; at < BLOCK; at++, p++)
            if (look->bounds[p] >= low && look->bounds[p] < high && p >= look->first && p < look->end)
                read_paragraph(look, p);
    }
}

/* Reads the paragraphs that promise most, and then less and less, until the rest cannot have one of the best. */
static void read_all(Look *look) {
    int32_t bits = 0;
    float high, low, lowest = 1e-30f;
    for (int64_t block = look->first / BLOCK; block * BLOCK < look->end; block++)
        bits = look->highest[block] > bits ? look->highest[block] : bits;
    memcpy(&high, &bits, sizeof high);
    low = high * 0.9f;
    for (float end = high, above = high * 2; above > lowest; above = low, low *= 0.85f) {
        float needed = (float)(look->best.least / SLACK) - look->best_article;
        if (above <= needed) return;
        if (low < needed) low = needed;
        if (low < end * 0.05f) low = lowest;
        read_between(look, low, above);
    }
}

/* The best sentences of the articles from `first` up to `end` by all levels, as many as `most` into `hits`; tells how
 * many, or -1 where there is no memory. */
PUBLIC int64_t quoth_best(const Segment *segment, const double *packed, int64_t count, int64_t paragraphs, int64_t articles,
                          int64_t first, int64_t end, int64_t most, Hit *hits) {
    Ready ready;
    Query query = unpacked(packed, count);
    int64_t found = -1, often = 1, blocks = paragraphs / BLOCK + 1;
    Look look = {segment, &ready, {{{0}}}, calloc((size_t)articles + 1, sizeof(double)),
                 calloc((size_t)(blocks * BLOCK), sizeof(float)), calloc((size_t)blocks, sizeof(int32_t)), 0,
                 segment->first_paragraphs[first], segment->first_paragraphs[end], {hits, 0, most, 0}};
    if (look.articles && look.bounds && look.highest && most > 0) {
        make_ready(&ready, &query, &segment->levels[0]);
        for (int64_t j = 0; j < count; j++) often = ready.most[j] > often ? ready.most[j] : often;
        share_out(&look.shares, &segment->levels[0], often);
        add_up_articles(&look, &query, articles);
        bound_paragraphs(&look, &query, paragraphs);
        read_all(&look);
        found = put_in_order(&look.best);
    }
    free(look.articles), free(look.bounds), free(look.highest);
    return most > 0 ? found : 0;
}
