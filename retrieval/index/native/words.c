/* Texts -> the pieces between white space, numbered; and the distinct ones of many strings.
 * encoding/interning.py tells what goes in and comes out, and does the same without this.
 */
#include "public.h"
#include "table.h"

/* How many bytes the white space takes that stands here in UTF-8, by str.split's rule; 0 where none does. */
static inline int64_t space_at(const uint8_t *text, int64_t left) {
    uint8_t c = text[0];
    if (c < 0x80) return c == ' ' || (c >= 9 && c <= 13) || (c >= 28 && c <= 31);
    if (c == 0xC2) return left > 1 && (text[1] == 0x85 || text[1] == 0xA0) ? 2 : 0;
    if (left < 3 || c < 0xE1 || c > 0xE3) return 0;
    if (c == 0xE1) return text[1] == 0x9A && text[2] == 0x80 ? 3 : 0;
    if (c == 0xE3) return text[1] == 0x80 && text[2] == 0x80 ? 3 : 0;
    if (text[1] == 0x81) return text[2] == 0x9F ? 3 : 0;
    if (text[1] != 0x80) return 0;
    return text[2] <= 0x8A || text[2] == 0xA8 || text[2] == 0xA9 || text[2] == 0xAF ? 3 : 0;
}

static inline int is_sign(uint8_t c) {
    return c == '.' || c == ',' || c == ';' || c == ':' || c == '!' || c == '?' || c == '(' || c == ')' || c == '[' ||
           c == ']' || c == '"';
}

static inline int is_curly_quote(const uint8_t *at) { return at[0] == 0xE2 && at[1] == 0x80 && (at[2] == 0x9C || at[2] == 0x9D); }

/* What is left of a piece without the signs around it. */
static inline Place bare_of(const uint8_t *letters, Place piece) {
    for (int64_t bytes = 1; bytes && piece.start < piece.end; piece.start += bytes) {
        const uint8_t *at = letters + piece.start;
        bytes = is_sign(at[0]) ? 1 : piece.end - piece.start > 2 && is_curly_quote(at) ? 3 : 0;
    }
    for (int64_t bytes = 1; bytes && piece.start < piece.end; piece.end -= bytes) {
        const uint8_t *at = letters + piece.end;
        bytes = is_sign(at[-1]) ? 1 : piece.end - piece.start > 2 && is_curly_quote(at - 3) ? 3 : 0;
    }
    return piece;
}

static inline int is_letter(uint8_t c) { return (uint8_t)((c | 32) - 'a') < 26; }

static inline int is_plain(const uint8_t *letters, Place word) {
    for (int64_t at = word.start; at < word.end; at++)
        if (!is_letter(letters[at])) return 0;
    return word.start < word.end;
}

/* The pieces of the texts, numbered: into `numbers` one after the other, and into `counts` how many each text has. A
 * piece that is a word of plain letters but for signs around it has that word's number; any other one has a number of
 * its own, taken from -1. Where the first of each are stands in `words` and `others`, and how many there are in
 * `found`. Tells how many pieces there are; -1 where there is no memory.
 */
PUBLIC int64_t quoth_pieces(const uint8_t *letters, const int64_t *starts, const int64_t *ends, int64_t texts, int32_t *numbers,
                            int64_t *counts, Place *words, Place *others, int64_t *found) {
    Table plain = {letters, 0, 0, 0, 0}, odd = {letters, 0, 0, 0, 0};
    int64_t pieces = 0;
    for (int64_t text = 0; text < texts && pieces >= 0; text++) {
        int64_t at = starts[text], end = ends[text], before = pieces;
        while (at < end) {
            int64_t space = space_at(letters + at, end - at);
            at += space;
            if (space) continue;
            Place piece = {at, at}, bare;
            while (at < end && is_letter(letters[at])) at++;
            bare.start = piece.start, bare.end = at;
            int is_word = at > piece.start; /* by far most are letters and perhaps one sign */
            at += at < end && is_sign(letters[at]);
            if (at < end && !space_at(letters + at, end - at)) {
                while (at < end && !space_at(letters + at, end - at)) at++;
                piece.end = at;
                bare = bare_of(letters, piece);
                is_word = is_plain(letters, bare);
            }
            piece.end = at;
            int32_t number = is_word ? number_of(&plain, bare) : number_of(&odd, piece);
            if (number < 0) {
                pieces = -1;
                break;
            }
            numbers[pieces++] = is_word ? number : -1 - number;
        }
        counts[text] = pieces - before;
    }
    if (pieces > 0) {
        if (plain.count) memcpy(words, plain.places, (size_t)plain.count * sizeof(Place));
        if (odd.count) memcpy(others, odd.places, (size_t)odd.count * sizeof(Place));
    }
    found[0] = plain.count;
    found[1] = odd.count;
    empty_table(&plain);
    empty_table(&odd);
    return pieces;
}

/* What `numbers` stand for, each for as many words as its piece has: those of piece p are `flat[starts[p]]` up to, not
 * including, `flat[starts[p + 1]]`, where pieces that are words come first, `plain` of them. `counts` are the pieces of
 * each text; the words of a text begin at its offset. Tells how many words there are; with `words` NULL that is all.
 */
PUBLIC int64_t quoth_words(const int32_t *numbers, const int64_t *counts, int64_t texts, int64_t plain, const int64_t *starts,
                           const int32_t *flat, int32_t *words, int64_t *offsets) {
    int64_t count = 0;
    for (int64_t text = 0; text < texts; text++) {
        for (int64_t left = counts[text]; left; left--, numbers++) {
            int64_t piece = *numbers < 0 ? plain - 1 - *numbers : *numbers, end = starts[piece + 1];
            if (!words) count += end - starts[piece];
            else for (int64_t at = starts[piece]; at < end; at++) words[count++] = flat[at];
        }
        if (words) offsets[text + 1] = count;
    }
    return count;
}

/* The number of each string, counted in the order in which the distinct ones come, and into `firsts` which is the first
 * of each. Tells how many are distinct; -1 where there is no memory.
 */
PUBLIC int64_t quoth_distinct(const uint8_t *letters, const int64_t *offsets, int64_t strings, int32_t *numbers, int64_t *firsts) {
    Table table = {letters, 0, 0, 0, 0};
    int64_t count = 0;
    for (int64_t string = 0; string < strings && count >= 0; string++) {
        Place place = {offsets[string], offsets[string + 1]};
        numbers[string] = number_of(&table, place);
        if (numbers[string] < 0) count = -1;
        else if (table.count > count) firsts[count++] = string;
    }
    empty_table(&table);
    return count;
}
