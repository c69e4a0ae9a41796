"""Building an index in batches, and changing one."""
