/* What the sentences of each paragraph may score at most by all levels together. All postings of paragraphs and
 * articles are read for it, so little is done for each: a table tells the shares, and the bounds are whole numbers of 16
 * bits, of which one instruction compares many.
 */
#include "levels.h"

enum { HIGHEST = 32000 }; /* of a bound, with room for what is rounded up */

static void add_up_articles(Look *look) {
    const Level *level = &look->segment->levels[2];
    const Query *query = look->ready->query;
    double *articles = look->articles;
    for (int64_t j = 0; j < query->count; j++) {
        Range at = range(level, query->terms[j].number);
        double weight = query->terms[j].weight, idf = query->terms[j].idf;
        for (; at.first < at.end; at.first++) {
            int32_t article = level->documents[at.first];
            int64_t length = number(level->lengths, level->length_bytes, article);
            int64_t tf = number(level->frequencies, level->frequency_bytes, at.first);
            articles[article] += weight * (idf * divided(level, tf, length));
        }
    }
}

static void bound_paragraphs(Look *look) {
    const Level *level = &look->segment->levels[1];
    const Query *query = look->ready->query;
    const float *bound_table = look->segment->bound_table;
    int16_t *bounds = look->bounds;
    float together = 0;
    int64_t most = 1;
    for (int64_t j = 0; j < query->count; j++) together += look->ready->reach[j] * bound_table[0];
    look->unit = (float)(together / HIGHEST * SLACK);
    for (int64_t j = 0; j < query->count; j++) {
        Range at = range(level, query->terms[j].number);
        float reach = look->ready->reach[j] * (HIGHEST / together);
        for (; at.first < at.end; at.first++) {
            int32_t paragraph = level->documents[at.first];
            int64_t tf = number(level->frequencies, level->frequency_bytes, at.first);
            int64_t length = number(level->lengths, level->length_bytes, paragraph);
            most = tf > most ? tf : most;
            length = length < LENGTHS ? length : LENGTHS - 1;
            float bound = reach * bound_table[(tf < OFTEN ? tf : 0) * LENGTHS + length];
            bounds[paragraph] = (int16_t)(bounds[paragraph] + (int)bound + 1);
        }
    }
    look->most = most;
}

static double greater(double a, double b) { return a > b ? a : b; }

/* No less than the most that one of so many articles scores. Some behind them are taken as well, so that there is hardly
 * a branch to foretell, and in four rows, so that none waits for another. */
static double highest_of(const double *articles, int64_t count) {
    double highest[4] = {0};
    for (int64_t at = 0; at < count; at += BEHIND)
        for (int64_t k = at; k < at + BEHIND; k++) highest[k % 4] = greater(articles[k], highest[k % 4]);
    return greater(greater(highest[0], highest[1]), greater(highest[2], highest[3]));
}

static void bound_blocks(Look *look, int64_t paragraphs) {
    const int32_t *article_of = look->segment->article_of;
    for (int64_t first = 0; first < paragraphs; first += BLOCK) {
        int64_t last = first + BLOCK < paragraphs ? first + BLOCK - 1 : paragraphs - 1;
        int16_t highest = 0;
        for (int64_t at = first; at < first + BLOCK; at++)
            highest = look->bounds[at] > highest ? look->bounds[at] : highest;
        if (!highest) continue;
        double above = highest_of(look->articles + article_of[first], article_of[last] - article_of[first] + 1);
        look->highest[first / BLOCK] = (float)(highest * look->unit + above * look->segment->weights[2] * SLACK);
    }
}

void bound_all(Look *look, int64_t paragraphs) {
    add_up_articles(look);
    bound_paragraphs(look);
    bound_blocks(look, paragraphs);
}
