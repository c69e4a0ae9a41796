/* The sentences of plain paragraphs: those in which every end is as plain as most are. encoding/sentence_bounds.py tells what
 * goes in and comes out; it asks retrieval/analysis/sentence_splitter.py for the others, which finds the same in these.
 */
#include <stdint.h>

#include "public.h"

enum { LONGEST = 8 }; /* letters of an abbreviation without dots */

typedef struct { int64_t start, end; } Place;

static inline int is_letter(uint8_t c) { return (uint8_t)((c | 32) - 'a') < 26; }
static inline int is_digit(uint8_t c) { return (uint8_t)(c - '0') < 10; }

/* Whether a mark before this may end a sentence without a space, as SIGN of retrieval/analysis/sentence_splitter.py has it. */
static inline int is_sign(uint8_t c) {
    return c == ')' || c == '"' || c == ';' || c == '}' || c == ']' || c == '*' || c == ':' || c == '@' || c == '\'' ||
           c == '(' || c == '{' || c == '[' || c == '?' || c == '!';
}

static inline int is_mark(uint8_t c) { return c == '.' || c == '?' || c == '!'; }

/* Whether a word before a mark ends in letters and digits, two or more, that are none of the `abbreviations` (the letters
 * of each in small ones, as one number, ascending), or in a bracket or a quotation mark that closes, as SURE_END of
 * retrieval/analysis/sentence_splitter.py has it. A word with a dot in it is not plain.
 */
static int is_plain_word(const uint8_t *word, int64_t length, const uint64_t *abbreviations, int64_t count) {
    int64_t start = length, low = 0, high = count;
    uint64_t packed = 0;
    while (start && (is_letter(word[start - 1]) || is_digit(word[start - 1]))) start--;
    for (int64_t at = 0; at < start; at++)
        if (word[at] == '.') return 0;
    if (length && start == length) return word[length - 1] == ')' || word[length - 1] == '"';
    if (length - start < 2) return 0;
    if (length - start == 2 && is_digit(word[start]) && is_digit(word[start + 1])) return 0; /* 12. Oktober */
    if (length - start > LONGEST) return 1;
    for (int64_t at = start; at < length; at++) packed = packed << 8 | (word[at] | 32);
    while (low < high) {
        int64_t middle = (low + high) / 2;
        if (abbreviations[middle] < packed) low = middle + 1;
        else high = middle;
    }
    return low == count || abbreviations[low] != packed;
}

/* Whether no mark stands inside the next word, only behind it. */
static int is_plain_next(const uint8_t *text, int64_t length) {
    for (int64_t at = 0; at < length && text[at] != ' '; at++)
        if (is_mark(text[at]) && at + 1 < length && text[at + 1] != ' ') return 0;
    return 1;
}

/* How many bytes a letter of several takes, 0 where it may be white space, an ellipsis or another script's end of a
 * sentence: what looks like one by its first bytes, but for curly quotes and long dashes.
 */
static inline int64_t several(const uint8_t *text, int64_t left) {
    uint8_t c = text[0];
    int64_t bytes = c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : 2;
    if (c < 0xC2 || left < bytes) return 0;
    if (c == 0xC2) return text[1] == 0x85 || text[1] == 0xA0 ? 0 : bytes;
    if (c == 0xD6) return text[1] == 0x89 ? 0 : bytes; /* these and some below end sentences of other scripts */
    if (c == 0xD8) return text[1] == 0x9F ? 0 : bytes;
    if (c == 0xDB) return text[1] == 0x94 ? 0 : bytes;
    if (c == 0xE0) return text[1] == 0xA5 && (text[2] == 0xA4 || text[2] == 0xA5) ? 0 : bytes;
    if (c == 0xE1) return text[1] == 0x9A || (text[1] == 0x8D && text[2] == 0xA2) ? 0 : bytes;
    if (c == 0xE3) return text[1] == 0x80 ? 0 : bytes;
    if (c == 0xEF) return text[1] == 0xBC || text[1] == 0xBD ? 0 : bytes;
    if (c != 0xE2 || text[1] > 0x81) return bytes;
    return text[1] == 0x80 && text[2] >= 0x93 && text[2] <= 0x9F ? bytes : 0;
}

/* The sentences of one paragraph into `places`, counted in letters from its start, and how many there are; -1 where it
 * is not plain.
 */
static int64_t split(const uint8_t *text, int64_t length, const uint64_t *abbreviations, int64_t count, Place *places) {
    int64_t found = 0, start = 0, word = 0, more = 0; /* bytes more than letters so far */
    if (!length || text[0] == ' ' || text[length - 1] == ' ') return -1;
    for (int64_t at = 0; at < length; at++) {
        uint8_t c = text[at];
        if (c > '~') {
            int64_t bytes = several(text + at, length - at);
            if (!bytes) return -1;
            more += bytes - 1;
            at += bytes - 1;
            continue;
        }
        if (c < ' ') return -1;
        if (c == ' ') word = at + 1;
        if (!is_mark(c) || at + 1 == length) continue;
        if (text[at + 1] > ' ' && text[at + 1] <= '~' && !is_sign(text[at + 1])) continue; /* 3.5, example.org */
        if (at + 2 >= length || text[at + 1] != ' ' || text[at + 2] < 'A' || text[at + 2] > 'Z') return -1;
        if (!is_plain_word(text + word, at - word, abbreviations, count)) return -1;
        if (!is_plain_next(text + at + 2, length - at - 2)) return -1;
        places[found].start = start;
        places[found++].end = at + 1 - more;
        start = at + 2 - more;
    }
    places[found].start = start;
    places[found++].end = length - more;
    return found;
}

/* The same of many paragraphs, one behind the other in `places`, and into `counts` how many each has. Tells how many
 * there are in all.
 */
PUBLIC int64_t quoth_split(const uint8_t *letters, const int64_t *starts, const int64_t *ends, int64_t paragraphs,
                           const uint64_t *abbreviations, int64_t count, int64_t *counts, Place *places) {
    int64_t all = 0;
    for (int64_t one = 0; one < paragraphs; one++) {
        counts[one] = split(letters + starts[one], ends[one] - starts[one], abbreviations, count, places + all);
        all += counts[one] > 0 ? counts[one] : 0;
    }
    return all;
}
