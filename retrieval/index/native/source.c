#include <stdint.h>

#include "public.h"

/* Which text this was compiled from, so that one that was compiled from another is noticed and left alone. */
PUBLIC uint32_t quoth_source(void) { return QUOTH_SOURCE; }
