// Clears what one inclusion of kernels.h defined, for the next.
#undef NAME
#undef WIDTH
#undef TILE_ROWS
#undef TILE_VECTORS
#undef ROW_VECTORS
#undef V
#undef I
#undef SET
#undef DEPTH
