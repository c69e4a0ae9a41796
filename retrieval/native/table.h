/* A table of distinct strings, which are numbered in the order in which they come: open addressing, linear probing. */
#ifndef QUOTH_TABLE_H
#define QUOTH_TABLE_H
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { FEWEST_SLOTS = 1 << 10 };

typedef struct { uint32_t hash; int32_t number; } Slot; /* the number is -1 where there is none */
typedef struct { int64_t start, end; } Place;           /* bytes of `letters` */
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
    memset(slots, 0xff, (size_t)size * sizeof(Slot));
    for (int64_t old = 0; old < table->size; old++) {
        int64_t at = table->slots[old].hash & (size - 1);
        if (table->slots[old].number < 0) continue;
        while (slots[at].number >= 0) at = (at + 1) & (size - 1);
        slots[at] = table->slots[old];
    }
    free(table->slots);
    table->slots = slots;
    table->size = size;
    return 1;
}

static inline uint32_t hash_of(const uint8_t *letters, int64_t start, int64_t end) { /* FNV-1a */
    uint32_t hash = 2166136261u;
    for (int64_t at = start; at < end; at++) hash = (hash ^ letters[at]) * 16777619u;
    return hash;
}

/* The number of the string at this place, a new one where it was not there; -1 where there is no memory. */
static inline int32_t number_of(Table *table, int64_t start, int64_t end) {
    uint32_t hash = hash_of(table->letters, start, end);
    if (table->count * 2 >= table->size && !widen(table)) return -1;
    int64_t at = hash & (uint32_t)(table->size - 1);
    for (; table->slots[at].number >= 0; at = (at + 1) & (table->size - 1)) {
        if (table->slots[at].hash != hash) continue;
        Place known = table->places[table->slots[at].number];
        if (known.end - known.start == end - start &&
            !memcmp(table->letters + known.start, table->letters + start, (size_t)(end - start)))
            return table->slots[at].number;
    }
    Slot slot = {hash, (int32_t)table->count};
    Place place = {start, end};
    table->slots[at] = slot;
    table->places[table->count++] = place;
    return slot.number;
}

#endif
