/* Which documents have each term and how often, by counting: no term is compared with another one.
 * encoding/inversion.py tells what goes in and comes out, and does the same with numpy.
 */
#include <stdint.h>

#include "public.h"

enum { REPEATS = 1 << 8, LONGEST = 255 };

typedef struct { /* documents: each has what `heads` has of its number, and behind it its own part of `terms` */
    const int64_t *head_starts; /* (documents + 1,), or NULL where there are no heads */
    const int32_t *heads;
    const int64_t *starts; /* (documents + 1,) */
    const int32_t *terms;
    int64_t documents;
} Rows;

typedef struct { int64_t at; int32_t last; } Term; /* where its next posting goes, and the last document that has it */

static inline int64_t head_count(const Rows *rows, int64_t document) {
    return rows->head_starts ? rows->head_starts[document + 1] - rows->head_starts[document] : 0;
}

static inline int32_t term_at(const Rows *rows, int64_t document, int64_t heads, int64_t place) {
    return place < heads ? rows->heads[rows->head_starts[document] + place] : rows->terms[rows->starts[document] + place - heads];
}

/* How many documents have each term, added to `counts`; `last` is all -1 before. */
PUBLIC void quoth_count(const Rows *rows, int32_t *last, int64_t *counts) {
    for (int64_t document = 0; document < rows->documents; document++) {
        int64_t heads = head_count(rows, document);
        int64_t length = heads + rows->starts[document + 1] - rows->starts[document];
        for (int64_t place = 0; place < length; place++) {
            int32_t term = term_at(rows, document, heads, place);
            counts[term] += last[term] != document;
            last[term] = (int32_t)document;
        }
    }
}

/* The same documents by their terms: those of a term from where it begins (`state`) on in `documents`, and how often each
 * has it, in numbers of `bytes` bytes. 0 where such a number is too small.
 */
#define INVERT(Number)                                                                              \
    for (int64_t document = 0; document < rows->documents; document++) {                            \
        int64_t heads = head_count(rows, document);                                                 \
        int64_t length = heads + rows->starts[document + 1] - rows->starts[document];               \
        for (int64_t place = 0; place < length; place++) {                                          \
            Term *term = state + term_at(rows, document, heads, place);                             \
            if (term->last != document) {                                                           \
                term->last = (int32_t)document;                                                     \
                documents[term->at] = (int32_t)document;                                            \
                ((Number *)frequencies)[term->at++] = 1;                                            \
            } else if (!++((Number *)frequencies)[term->at - 1])                                    \
                return 0;                                                                           \
        }                                                                                           \
    }

PUBLIC int quoth_invert(const Rows *rows, Term *state, int32_t *documents, void *frequencies, int64_t bytes) {
    if (bytes == 1) {
        INVERT(uint8_t)
    } else if (bytes == 2) {
        INVERT(uint16_t)
    } else {
        INVERT(uint32_t)
    }
    return 1;
}

/* The signature of each document (encoding/inversion.py tells its bits); `last` is all -1 before. */
PUBLIC void quoth_sign(const int64_t *starts, const int32_t *terms, int64_t documents, int32_t *last, uint64_t *signatures) {
    for (int64_t document = 0; document < documents; document++) {
        int64_t length = starts[document + 1] - starts[document];
        uint64_t signature = (uint64_t)(length < LONGEST ? length : LONGEST);
        for (int64_t at = starts[document]; at < starts[document + 1]; at++) {
            uint32_t term = (uint32_t)terms[at];
            if (last[term] == document) signature |= REPEATS;
            last[term] = (int32_t)document;
            signature |= (uint64_t)1 << (9 + ((term * 2654435761u) >> 16) % 55u);
        }
        signatures[document] = signature;
    }
}
