/* The best sentences by sentence, paragraph and article together: the paragraphs that promise most are read first. */
#include <stdlib.h>

#include "public.h"
#include "search.h"

enum { BLOCK = 64 };

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
