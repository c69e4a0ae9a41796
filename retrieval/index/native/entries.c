/* How articles write their words: each writing once for each article, and all of them in the order of their forms.
 * encoding/inversion.py tells what goes in and comes out, and does the same with numpy.
 */
#include <stdint.h>

#include "public.h"

typedef struct { int32_t *article, *writing, *position; uint8_t *capital; } Entries;
typedef struct { int32_t article, entry; } Seen; /* the last article that has a writing, and its entry there */

/* The words of article a are those from `starts[a]` up to `starts[a + 1]`: the writing of each, and whether it is
 * written with a capital that it would not have elsewhere. Tells how many entries there are; `seen` is all -1 before.
 */
PUBLIC int64_t quoth_entries(const int64_t *starts, int64_t articles, const int32_t *writing, const uint8_t *capital, Seen *seen,
                             const Entries *entries) {
    int64_t count = 0;
    for (int64_t article = 0; article < articles; article++)
        for (int64_t at = starts[article]; at < starts[article + 1]; at++) {
            Seen *last = seen + writing[at];
            if (last->article == article) {
                entries->capital[last->entry] |= capital[at];
                continue;
            }
            last->article = (int32_t)article;
            last->entry = (int32_t)count;
            entries->article[count] = (int32_t)article;
            entries->writing[count] = writing[at];
            entries->position[count] = (int32_t)(at - starts[article]);
            entries->capital[count++] = capital[at];
        }
    return count;
}

/* Puts entries where those of their forms are; `form_of` has the form of each writing, `next` the place of the next
 * entry of each form, which is moved on.
 */
PUBLIC void quoth_by_form(const Entries *from, int64_t count, const int32_t *form_of, int64_t *next, const Entries *to) {
    for (int64_t entry = 0; entry < count; entry++) {
        int64_t at = next[form_of[from->writing[entry]]]++;
        to->article[at] = from->article[entry];
        to->writing[at] = from->writing[entry];
        to->position[at] = from->position[entry];
        to->capital[at] = from->capital[entry];
    }
}

/* For each form, whose entries are those from `form_at[f]` on, the writing of its first one in small letters, or of its
 * first one where none is, and whether one has a capital.
 */
PUBLIC void quoth_first(const int64_t *form_at, int64_t forms, const Entries *entries, const uint8_t *small, int32_t *first,
                        uint8_t *name) {
    for (int64_t form = 0; form < forms; form++) {
        int64_t at = form_at[form], end = form_at[form + 1];
        first[form] = entries->writing[at];
        name[form] = 0;
        for (int64_t entry = at; entry < end && !small[first[form]]; entry++)
            if (small[entries->writing[entry]]) first[form] = entries->writing[entry];
        for (int64_t entry = at; entry < end && !name[form]; entry++) name[form] = entries->capital[entry];
    }
}
