package io.tagstream.encode;

/**
 * A piece's feature ids in each {@link View}, {@code [columns][T + look-ahead]}; columns that do not differ may be one array.
 *
 * @param written as written
 * @param lower of the forms in lower case
 * @param lowerNames with the names alone in lower case
 */
public record FeatureIds(int[][] written, int[][] lower, int[][] lowerNames) {
    int[][] in(View view) {
        return switch (view) {
            case AS_WRITTEN -> written;
            case LOWER_CASE -> lower;
            case LOWER_NAMES -> lowerNames;
        };
    }
}
