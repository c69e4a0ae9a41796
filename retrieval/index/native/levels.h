/* The search by all levels together, as bounds.c and best.c share it: what a sentence scores is the sum of its own score,
 * its paragraph's and its article's, each times the level's weight. */
#ifndef QUOTH_LEVELS_H
#define QUOTH_LEVELS_H
#include "search.h"

enum { BLOCK = 64, BEHIND = 16 };

typedef struct { /* sentences, paragraphs and articles: the arrays of Segment and what each level counts for */
    Level levels[3];
    Sentences sentences;
    const int32_t *first_paragraphs, *places; /* of each article */
    const int32_t *openings, *article_of;     /* the first sentence and the article of each paragraph */
    const float *bound_table; /* (OFTEN, LENGTHS): what a term adds at most but for its idf, by its tf in a paragraph and
                                 the paragraph's dl, for the paragraph and one of its sentences together */
    double weights[3];
} Segment;

typedef struct { /* a search in progress */
    const Segment *segment;
    const Ready *ready;
    double *articles; /* what each article scores, and BEHIND more */
    int16_t *bounds;  /* what a sentence of each paragraph may score at most but for its article; 0 once it is read */
    float unit;       /* what they count in */
    float *highest;   /* what one of BLOCK paragraphs may score at most, its article included */
    int64_t most;     /* how often a paragraph has one of the terms at most */
    int64_t first, end; /* the paragraphs that are searched */
    Best best;
} Look;

/* What an article adds at most. */
static inline float whole(const Look *look, int32_t article) {
    return (float)(look->articles[article] * look->segment->weights[2] * SLACK);
}

/* Finds `articles`, and then the bounds of so many paragraphs and of their blocks. */
void bound_all(Look *look, int64_t paragraphs);

#endif
