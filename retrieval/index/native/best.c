/* The best sentences by sentence, paragraph and article together. bounds.c says what the sentences of a paragraph may
 * score at most; here the paragraphs that promise most are read first, so that the least score among the best rises
 * early, and reading ends where no bound reaches it. That is MaxScore (Turtle and Flood, "Query evaluation: strategies
 * and optimizations", 1995) and block-max pruning (Ding and Suel, "Faster top-k document retrieval using block-max
 * indexes", 2011), with paragraphs and blocks of them in place of terms and blocks of postings. */
#include <stdlib.h>

#include "levels.h"
#include "public.h"

enum { WAITING = 32 };

typedef struct { /* paragraphs that are read together, so that the memory they lie in is fetched meanwhile */
    int32_t paragraphs[WAITING];
    int count;
} Waiting;

/* Where a document is among the postings `at`, or would be. There is no branch that has to be foretold. */
static int64_t found_at(const Level *level, Range at, int32_t document) {
    const int32_t *low = level->documents + at.first;
    for (int64_t size = at.end - at.first; size > 1; size -= size / 2)
        low += low[size / 2 - 1] < document ? size / 2 : 0;
    return low - level->documents;
}

/* The score of one document of a level. */
static double score_of(const Level *level, const Query *query, int32_t document) {
    int64_t length = number(level->lengths, level->length_bytes, document);
    double sum = 0;
    for (int64_t j = 0; j < query->count; j++) {
        Range range_ = range(level, query->terms[j].number);
        int64_t at = found_at(level, range_, document);
        if (at >= range_.end || level->documents[at] != document) continue;
        int64_t tf = number(level->frequencies, level->frequency_bytes, at);
        sum += query->terms[j].weight * (query->terms[j].idf * share(level, tf, length));
    }
    return sum;
}

/* Scores the sentences of a paragraph that may be among the best. Their signatures, which lie side by side, tell most
 * of the time which terms a sentence lacks; only what passes that is counted and scored in doubles. */
static void read_paragraph(Look *look, int32_t paragraph) {
    const Segment *segment = look->segment;
    const Level *level = &segment->levels[0];
    const Query *query = look->ready->query;
    double around = -1, above = segment->weights[2] * look->articles[segment->article_of[paragraph]];
    int counts[MOST_TERMS];
    for (int32_t sentence = segment->openings[paragraph]; sentence < segment->openings[paragraph + 1]; sentence++) {
        uint64_t signature = segment->sentences.signatures[sentence];
        float sum = 0;
        for (int64_t j = 0; j < query->count; j++)
            sum += (float)(signature >> look->ready->bits[j] & 1) * look->ready->reach[j];
        if (sum == 0) continue;
        if (around < 0) around = segment->weights[1] * score_of(&segment->levels[1], query, paragraph);
        int64_t most = signature & REPEATS ? look->most : 1;
        double own = segment->weights[0] * most_share(level, most, signature & 255) * sum;
        if ((own + around + above) * SLACK < look->best.least) continue;
        own = score(query, level, &segment->sentences, sentence, counts);
        if (own > 0) keep(&look->best, segment->weights[0] * own + around + above, sentence);
    }
}

static void read_waiting(Look *look, Waiting *waiting) {
    const Sentences *sentences = &look->segment->sentences;
    const int32_t *openings = look->segment->openings;
    for (int w = 0; w < waiting->count; w++) {
        PREFETCH(sentences->signatures + openings[waiting->paragraphs[w]], 0);
        PREFETCH(sentences->starts + openings[waiting->paragraphs[w]], 0);
    }
    for (int w = 0; w < waiting->count; w++) {
        const int32_t *terms = sentences->terms + sentences->starts[openings[waiting->paragraphs[w]]];
        for (int line = 0; line < 3; line++) PREFETCH(terms, line * LINE);
    }
    for (int w = 0; w < waiting->count; w++) read_paragraph(look, waiting->paragraphs[w]);
    waiting->count = 0;
}

/* Has those paragraphs of a block read that may score `low`, and tells what the others may score at most. */
static float read_block(Look *look, Waiting *waiting, int64_t block, float low) {
    int64_t first = block * BLOCK > look->first ? block * BLOCK : look->first;
    int64_t end = (block + 1) * BLOCK < look->end ? (block + 1) * BLOCK : look->end;
    float highest = 0;
    for (int64_t paragraph = first; paragraph < end; paragraph++) {
        if (!look->bounds[paragraph]) continue;
        int32_t article = look->segment->article_of[paragraph];
        float bound = look->bounds[paragraph] * look->unit + whole(look, article);
        if (bound < low) {
            highest = bound > highest ? bound : highest;
            continue;
        }
        look->bounds[paragraph] = 0;
        if (look->segment->places[article] < 0 || bound < look->best.least / SLACK) continue;
        PREFETCH(look->segment->openings + paragraph, 0);
        waiting->paragraphs[waiting->count++] = (int32_t)paragraph;
        if (waiting->count == WAITING) read_waiting(look, waiting);
    }
    return highest;
}

/* Reads the paragraphs that promise most, and then less and less, until the rest cannot have one of the best. */
static void read_all(Look *look) {
    const float lowest = 1e-30f;
    Waiting waiting = {{0}, 0};
    float high = 0;
    int64_t first = look->first / BLOCK, end = (look->end + BLOCK - 1) / BLOCK;
    for (int64_t block = first; block < end; block++)
        high = look->highest[block] > high ? look->highest[block] : high;
    float low = high * 0.9f;
    for (int done = 0; !done; low *= 0.85f) {
        float needed = (float)(look->best.least / SLACK);
        if (low < high * 0.05f) low = lowest;
        if (low < needed) low = needed;
        done = low <= needed || low <= lowest;
        for (int64_t block = first; block < end; block++)
            if (look->highest[block] >= low) look->highest[block] = read_block(look, &waiting, block, low);
        read_waiting(look, &waiting);
    }
}

/* The best sentences of the articles from `first` up to `end` by all levels, as many as `most` into `hits`; tells how
 * many, or -1 where there is no memory. */
PUBLIC int64_t quoth_best(const Segment *segment, const Term *terms, int64_t count, int64_t paragraphs,
                          int64_t articles, int64_t first, int64_t end, int64_t most, Hit *hits) {
    Ready ready;
    Query query = {terms, count};
    int64_t found = -1, blocks = paragraphs / BLOCK + 1;
    if (most < 1) return 0;
    Look look = {.segment = segment, .ready = &ready, .best = {hits, 0, most, 0}};
    look.first = segment->first_paragraphs[first], look.end = segment->first_paragraphs[end];
    look.articles = calloc((size_t)articles + BEHIND, sizeof(double));
    look.bounds = calloc((size_t)(blocks * BLOCK), sizeof(int16_t));
    look.highest = calloc((size_t)blocks, sizeof(float));
    if (look.articles && look.bounds && look.highest) {
        make_ready(&ready, &query);
        bound_all(&look, paragraphs);
        read_all(&look);
        found = put_in_order(&look.best);
    }
    free(look.articles), free(look.bounds), free(look.highest);
    return found;
}
