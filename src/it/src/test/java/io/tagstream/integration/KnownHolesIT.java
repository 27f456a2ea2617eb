package io.tagstream.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** No library of the distribution is older than the version that fixed a hole we know of ({@code known-holes.tsv}). */
class KnownHolesIT {
    private static final Path HOME = Path.of("target", "tagstream");
    private static final Path HOLES = Path.of("src/it/src/test/resources/known-holes.tsv");
    private static final Pattern BETWEEN_NUMBERS = Pattern.compile("[^0-9]+");

    /** A line of the list. */
    private record Hole(String library, String fixed, String advisory) {
        static Hole parse(String line) {
            String[] fields = line.split("\t", -1);
            return new Hole(fields[0], fields[1], fields[2]);
        }

        /** Whether a file is this library, and not another whose name begins alike. */
        boolean isOf(String jar) {
            return jar.startsWith(library) && Character.isDigit(jar.charAt(library.length()));
        }

        String version(String jar) {
            return jar.substring(library.length(), jar.length() - ".jar".length());
        }
    }

    @Test
    void shouldHoldNoLibraryWithAKnownHole() throws IOException {
        List<String> jars = jars();
        List<String> old = new ArrayList<>();
        try (Stream<String> lines = Files.lines(HOLES)) {
            for (Hole hole :
                    lines.filter(line -> !line.startsWith("#")).map(Hole::parse).toList()) {
                List<String> found = jars.stream().filter(hole::isOf).toList();
                assertThat(found).as("a line for what is not there: %s", hole).isNotEmpty();
                for (String jar : found) {
                    if (compare(hole.version(jar), hole.fixed()) < 0) {
                        old.add(jar + " has " + hole.advisory() + ", fixed in " + hole.fixed());
                    }
                }
            }
        }
        assertThat(old).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1.5.7-14, 1.5.7-14, 0", "1.5.6-10, 1.5.7-14, -1", "2.25.10, 2.25.5, 1", "1.1, 1.1.1, -1", "2.0, 2, 0"})
    void shouldCompareVersionsByTheirNumbers(String left, String right, int expected) {
        assertThat(Integer.signum(compare(left, right))).isEqualTo(expected);
    }

    private static int compare(String left, String right) {
        String[] one = BETWEEN_NUMBERS.split(left, -1);
        String[] other = BETWEEN_NUMBERS.split(right, -1);
        for (int at = 0; at < Math.max(one.length, other.length); at++) {
            int difference = Integer.compare(number(one, at), number(other, at));
            if (difference != 0) {
                return difference;
            }
        }
        return 0;
    }

    private static int number(String[] parts, int at) {
        return at < parts.length && !parts[at].isEmpty() ? Integer.parseInt(parts[at]) : 0;
    }

    private static List<String> jars() throws IOException {
        List<String> jars = new ArrayList<>();
        try (Stream<Path> files = Files.walk(HOME)) {
            files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.endsWith(".jar"))
                    .forEach(jars::add);
        }
        return jars;
    }
}
