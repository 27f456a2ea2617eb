package io.tagstream.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tagstream.fixture.Logs;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DeadLetterLogTest {
    private final DeadLetterLog log = new DeadLetterLog();

    @Test
    void shouldLogTheFirstTenOfACauseAndCountTheOthers() {
        try (Logs logs = Logs.capture()) {
            for (int offset = 0; offset < 20_000; offset++) {
                log.add("in", 1, offset, "the record has no key");
            }
            assertThat(lines(logs)).hasSize(10);
            assertThat(lines(logs)).first().asString().endsWith("in-1@0 is a dead letter: the record has no key");
            assertThat(lines(logs)).last().asString().contains("in-1@9", "counted, once a minute");
            log.report();
            log.report();
            assertThat(lines(logs)).hasSize(11);
            assertThat(lines(logs))
                    .last()
                    .asString()
                    .endsWith("19990 more dead letters, the last is in-1@19999, such as: the record has no key");
            assertThat(log.total()).isEqualTo(20_000);

            log.add("in", 0, 5, "the record has no key");
            log.report();
            assertThat(lines(logs)).last().asString().contains("1 more dead letters, the last is in-0@5");
        }
    }

    @Test
    void shouldTakeCausesThatDifferInNumbersForOne() {
        try (Logs logs = Logs.capture()) {
            for (int i = 0; i < 100; i++) {
                log.add("in", 0, i, "the sentence has " + (i * 37) + " tokens, more than 20: cut it");
                log.add("in", 0, i, "no schema has the fingerprint " + Integer.toHexString(i * 0x1234567) + "a0");
            }
            log.report();
            assertThat(lines(logs)).hasSize(22);
        }
    }

    @Test
    void shouldNotGrowWithTheCausesThatThereAre() {
        try (Logs logs = Logs.capture()) {
            IntStream.range(0, 5_000).forEach(i -> log.add("in", 0, i, "the field " + letters(i) + " is strange"));
            log.report();
            // The first of each of the known causes, ten of the others, and one count for those.
            assertThat(lines(logs)).hasSize(DeadLetterLog.MOST_CAUSES + DeadLetterLog.FIRST + 1);
            assertThat(lines(logs)).last().asString().contains(5_000 - 110 + " more dead letters");
        }
    }

    @Test
    void shouldNotLoseTheLastCount() {
        try (Logs logs = Logs.capture()) {
            MinuteLog minutes = new MinuteLog();
            add(minutes.deadLetters(), 12);
            minutes.close();
            assertThat(lines(logs)).last().asString().contains("2 more dead letters");
        }
    }

    @Test
    void shouldLogTheCountWithoutAFurtherDeadLetterAndTheProgressWhileItRuns() {
        try (Logs logs = Logs.capture();
                MinuteLog minutes = new MinuteLog()) {
            add(minutes.deadLetters(), 12);
            minutes.start(Map::of, () -> true, Duration.ofMillis(20));
            await().until(() -> lines(logs).stream().anyMatch(line -> line.contains("2 more dead letters"))
                    && lines(logs).stream().anyMatch(line -> line.contains("12 dead letters; lag 0")));
        }
    }

    @Test
    void shouldLogNoProgressOfWhatHasStopped() {
        try (Logs logs = Logs.capture();
                MinuteLog minutes = new MinuteLog()) {
            add(minutes.deadLetters(), 11);
            minutes.start(Map::of, () -> false, Duration.ofMillis(20));
            await().until(() -> lines(logs).stream().anyMatch(line -> line.contains("1 more dead letters")));
            assertThat(lines(logs)).noneMatch(line -> line.contains("lag"));
        }
    }

    private static void add(DeadLetterLog log, int count) {
        IntStream.range(0, count).forEach(i -> log.add("in", 0, i, "bad"));
    }

    private static String letters(int number) {
        return Integer.toString(number, 10)
                .chars()
                .mapToObj(c -> String.valueOf((char) ('k' + c - '0')))
                .reduce("", String::concat);
    }

    private static List<String> lines(Logs logs) {
        return logs.lines().stream()
                .filter(line -> line.contains("DeadLetterLog") || line.contains("ProgressLog"))
                .toList();
    }
}
