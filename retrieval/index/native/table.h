/* A table of distinct strings, which are numbered in the order in which they come: open addressing, linear probing. A
 * slot has the last eight bytes of its string, so that a short one is compared without looking for it elsewhere.
 */
#ifndef QUOTH_TABLE_H
#define QUOTH_TABLE_H
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { FEWEST_SLOTS = 1 << 10, SHORT = 8 };

typedef struct { int64_t start, end; } Place; /* bytes of `letters` */
typedef struct { uint64_t tail; uint32_t hash; int32_t number; } Slot; /* the number is -1 where there is none */
typedef struct { /* as many places as half the slots */
    const uint8_t *letters;
    Slot *slots;
    Place *places;
    int64_t size, count;
} Table;

static inline void empty_table(Table *table) {
    free(table->slots);
    free(table->places);
}

/* Gives the table twice the room, or its first; 0 where there is no memory, and then it is as it was. */
static inline int widen(Table *table) {
    int64_t size = table->size ? 2 * table->size : FEWEST_SLOTS;
    Slot *slots = malloc((size_t)size * sizeof(Slot));
    Place *places = realloc(table->places, (size_t)(size / 2) * sizeof(Place));
    if (places) table->places = places;
    if (!slots || !places) {
        free(slots);
        return 0;
    }
    for (int64_t at = 0; at < size; at++) slots[at].number = -1;
    for (int64_t old = 0; old < table->size; old++) {
        int64_t at = table->slots[old].hash & (uint32_t)(size - 1);
        if (table->slots[old].number < 0) continue;
        while (slots[at].number >= 0) at = (at + 1) & (size - 1);
        slots[at] = table->slots[old];
    }
    free(table->slots);
    table->slots = slots;
    table->size = size;
    return 1;
}

/* Whether the string at one place is that at another, whose lengths and last bytes are known to be the same. */
static inline int same_beginning(const uint8_t *letters, Place one, Place other) {
    int64_t length = one.end - one.start - SHORT;
    return length <= 0 || !memcmp(letters + one.start, letters + other.start, (size_t)length);
}

/* The number of the string at this place, a new one where it was not there; -1 where there is no memory. */
static inline int32_t number_of(Table *table, Place place) {
    const uint8_t *letters = table->letters;
    uint64_t tail = 0, mixed = (uint64_t)(place.end - place.start);
    int64_t at = place.start;
    for (; at + SHORT < place.end; at++) mixed = (mixed ^ letters[at]) * 0x100000001B3u; /* FNV-1a */
    for (; at < place.end; at++) tail = tail << 8 | letters[at];
    mixed = (mixed ^ tail) * 0x9E3779B97F4A7C15u;
    uint32_t hash = (uint32_t)(mixed >> 32);
    if (table->count * 2 >= table->size && !widen(table)) return -1;
    int64_t slot = hash & (uint32_t)(table->size - 1);
    for (; table->slots[slot].number >= 0; slot = (slot + 1) & (table->size - 1)) {
        if (table->slots[slot].tail != tail || table->slots[slot].hash != hash) continue;
        Place known = table->places[table->slots[slot].number];
        if (known.end - known.start == place.end - place.start && same_beginning(letters, known, place))
            return table->slots[slot].number;
    }
    Slot filled = {tail, hash, (int32_t)table->count};
    table->slots[slot] = filled;
    table->places[table->count++] = place;
    return filled.number;
}

#endif
