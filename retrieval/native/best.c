/* The best sentences by sentence, paragraph and article together: the paragraphs that promise most are read first. */
#include <stdlib.h>

#include "public.h"
#include "search.h"

enum { BLOCK = 64 };

typedef struct { /* sentences, paragraphs and articles: the arrays of Segment and what each level counts for */
    Level levels[3];
    Sentences sentences;
    const int32_t *first_paragraphs, *places; /* of each article */
    const int32_t *openings, *article_of;     /* the first sentence and the article of each paragraph */
    const float *most_shares; /* of a term that is so often in a paragraph so long: for the paragraph and a sentence in it */
    double weights[3];
} Segment;

typedef struct { /* a search by all levels in progress */
    const Segment *segment;
    const Ready *ready;
    double *articles;   /* what each article scores */
    float *bounds;      /* what a sentence may score at most with its paragraph, but without its article; 0 once it is read */
    float *highest;     /* what one of BLOCK paragraphs may score at most, its article included */
    int64_t most;       /* how often a paragraph has one of the terms at most */
    int64_t first, end; /* the paragraphs that are searched */
    Best best;
} Look;

/* The score of one document of a level; its postings are looked up by halving. */
static double score_of(const Level *level, const Query *query, int32_t document) {
    double sum = 0;
    for (int64_t j = 0; j < query->count; j++) {
        int64_t low = from(level, (int32_t)query->terms[j].number), end = upto(level, (int32_t)query->terms[j].number), high = end;
        while (low < high) {
            int64_t middle = (low + high) / 2;
            if (level->documents[middle] < document) low = middle + 1;
            else high = middle;
        }
        if (low == end || level->documents[low] != document) continue;
        int64_t length = number(level->lengths, level->length_bytes, document);
        int64_t tf = number(level->frequencies, level->frequency_bytes, low);
        sum += query->terms[j].weight * (query->terms[j].idf * share(level, tf, length));
    }
    return sum;
}

static void add_up_articles(Look *look) {
    const Level *level = &look->segment->levels[2];
    const Query *query = look->ready->query;
    for (int64_t j = 0; j < query->count; j++) {
        int64_t end = upto(level, (int32_t)query->terms[j].number);
        for (int64_t at = from(level, (int32_t)query->terms[j].number); at < end; at++) {
            int32_t article = level->documents[at];
            int64_t length = number(level->lengths, level->length_bytes, article);
            int64_t tf = number(level->frequencies, level->frequency_bytes, at);
            look->articles[article] += query->terms[j].weight * (query->terms[j].idf * share(level, tf, length));
        }
    }
}

static void bound_paragraphs(Look *look) {
    const Level *level = &look->segment->levels[1];
    const Query *query = look->ready->query;
    const float *most_shares = look->segment->most_shares;
    int64_t most = 1;
    for (int64_t j = 0; j < query->count; j++) {
        int64_t end = upto(level, (int32_t)query->terms[j].number);
        float reach = look->ready->reach[j];
        for (int64_t at = from(level, (int32_t)query->terms[j].number); at < end; at++) {
            int32_t paragraph = level->documents[at];
            int64_t tf = number(level->frequencies, level->frequency_bytes, at);
            int64_t length = number(level->lengths, level->length_bytes, paragraph);
            most = tf > most ? tf : most;
            length = length < LENGTHS ? length : LENGTHS - 1;
            look->bounds[paragraph] += reach * most_shares[(tf < OFTEN ? tf : 0) * LENGTHS + length];
        }
    }
    look->most = most;
}

/* What an article adds at most. */
static float whole(const Look *look, int32_t article) {
    return (float)(look->articles[article] * look->segment->weights[2] * SLACK);
}

static void bound_blocks(Look *look, int64_t paragraphs) {
    const int32_t *article_of = look->segment->article_of;
    for (int64_t first = 0; first < paragraphs; first += BLOCK) {
        int32_t bits[BLOCK], highest = 0; /* those of floats that are not negative ascend too */
        int64_t last = first + BLOCK < paragraphs ? first + BLOCK - 1 : paragraphs - 1;
        float above = 0;
        memcpy(bits, look->bounds + first, sizeof bits);
        for (int64_t at = 0; at < BLOCK; at++) highest = bits[at] > highest ? bits[at] : highest;
        if (!highest) continue;
        for (int32_t article = article_of[first]; article <= article_of[last]; article++) {
            float own = whole(look, article);
            above = own > above ? own : above;
        }
        memcpy(&look->highest[first / BLOCK], &highest, sizeof highest);
        look->highest[first / BLOCK] += above;
    }
}

static void read_paragraph(Look *look, int64_t paragraph, int32_t article) {
    const Segment *segment = look->segment;
    const Level *level = &segment->levels[0];
    const Query *query = look->ready->query;
    double around = -1, above = segment->weights[2] * look->articles[article];
    int counts[MOST_TERMS];
    for (int32_t sentence = segment->openings[paragraph]; sentence < segment->openings[paragraph + 1]; sentence++) {
        uint64_t signature = segment->sentences.signatures[sentence];
        float sum = 0;
        for (int64_t j = 0; j < query->count; j++)
            sum += (float)(signature >> look->ready->bits[j] & 1) * look->ready->reach[j];
        if (sum == 0) continue;
        if (around < 0) around = segment->weights[1] * score_of(&segment->levels[1], query, (int32_t)paragraph);
        double own = segment->weights[0] * most_share(level, signature & REPEATS ? look->most : 1, signature & 255) * sum;
        if ((own + around + above) * SLACK < look->best.least) continue;
        own = score(query, level, &segment->sentences, sentence, counts);
        if (own > 0) keep(&look->best, segment->weights[0] * own + around + above, sentence);
    }
}

/* Reads those paragraphs of a block that may score `low`, and tells what the others may score at most. */
static float read_block(Look *look, int64_t block, float low) {
    int64_t first = block * BLOCK > look->first ? block * BLOCK : look->first;
    int64_t end = (block + 1) * BLOCK < look->end ? (block + 1) * BLOCK : look->end;
    float highest = 0;
    for (int64_t paragraph = first; paragraph < end; paragraph++) {
        if (look->bounds[paragraph] == 0) continue;
        int32_t article = look->segment->article_of[paragraph];
        float bound = look->bounds[paragraph] + whole(look, article);
        if (bound < low) {
            highest = bound > highest ? bound : highest;
            continue;
        }
        look->bounds[paragraph] = 0;
        if (look->segment->places[article] >= 0 && bound >= look->best.least / SLACK)
            read_paragraph(look, paragraph, article);
    }
    return highest;
}

/* Reads the paragraphs that promise most, and then less and less, until the rest cannot have one of the best. */
static void read_all(Look *look) {
    float high = 0, lowest = 1e-30f;
    int64_t first = look->first / BLOCK, end = (look->end + BLOCK - 1) / BLOCK;
    for (int64_t block = first; block < end; block++) high = look->highest[block] > high ? look->highest[block] : high;
    float needed, low = high * 0.9f;
    for (int done = 0; !done; low *= 0.85f) {
        needed = (float)(look->best.least / SLACK);
        if (low < high * 0.05f) low = lowest;
        if (low < needed) low = needed;
        done = low <= needed || low <= lowest;
        for (int64_t block = first; block < end; block++)
            if (look->highest[block] >= low) look->highest[block] = read_block(look, block, low);
    }
}

/* The best sentences of the articles from `first` up to `end` by all levels, as many as `most` into `hits`; tells how
 * many, or -1 where there is no memory. */
PUBLIC int64_t quoth_best(const Segment *segment, const Term *terms, int64_t count, int64_t paragraphs, int64_t articles,
                          int64_t first, int64_t end, int64_t most, Hit *hits) {
    Ready ready;
    Query query = {terms, count};
    int64_t found = -1, blocks = paragraphs / BLOCK + 1;
    Look look = {segment, &ready, calloc((size_t)articles + 1, sizeof(double)), calloc((size_t)(blocks * BLOCK), sizeof(float)),
                 calloc((size_t)blocks, sizeof(float)), 1, segment->first_paragraphs[first], segment->first_paragraphs[end],
                 {hits, 0, most, 0}};
    if (look.articles && look.bounds && look.highest && most > 0) {
        make_ready(&ready, &query);
        add_up_articles(&look);
        bound_paragraphs(&look);
        bound_blocks(&look, paragraphs);
        read_all(&look);
        found = put_in_order(&look.best);
    }
    free(look.articles), free(look.bounds), free(look.highest);
    return most > 0 ? found : 0;
}
