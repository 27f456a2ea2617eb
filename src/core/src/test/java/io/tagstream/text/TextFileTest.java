package io.tagstream.text;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextFileTest {
    private static final String MARK = "\uFEFF";

    @TempDir
    private Path folder;

    @Test
    void shouldReadLinesHoweverTheyEnd() throws IOException {
        assertThat(lines("a\nb\r\n\rc".getBytes(UTF_8))).containsExactly("a", "b", "", "c");
        assertThat(lines("a\r\r\n\n".getBytes(UTF_8))).containsExactly("a", "", "");
        assertThat(lines(new byte[0])).isEmpty();
        assertThat(lines("\n".getBytes(UTF_8))).containsExactly("");
    }

    @Test
    void shouldKeepACarriageReturnInALineOfBytes() throws IOException {
        try (TextFile text = open("a\rb\r\nc".getBytes(UTF_8))) {
            assertThat(text.bytes()).isEqualTo("a\rb".getBytes(UTF_8));
            assertThat(text.bytes()).isEqualTo("c".getBytes(UTF_8));
            assertThat(text.bytes()).isNull();
        }
    }

    @Test
    void shouldPassOverAByteOrderMark() throws IOException {
        assertThat(lines((MARK + "a\n" + MARK + "b").getBytes(UTF_8))).containsExactly("a", MARK + "b");
        assertThat(lines(MARK.getBytes(UTF_8))).isEmpty();
        assertThat(lines(gzip((MARK + "a").getBytes(UTF_8)))).containsExactly("a");
        try (TextFile text = open((MARK + "a=b").getBytes(UTF_8))) {
            assertThat(text.text()).isEqualTo("a=b");
        }
    }

    @Test
    void shouldNameAnEncodingThatIsNotUtf8ByItsMark() {
        assertThat(refusal((MARK + "I eat.\n").getBytes(UTF_16LE))).contains("UTF-16", "byte order mark", "iconv");
        assertThat(refusal((MARK + "I eat.\n").getBytes(UTF_16BE))).contains("UTF-16", "byte order mark");
        assertThat(refusal((MARK + "I").getBytes(Charset.forName("UTF-32LE")))).contains("UTF-32");
        assertThat(refusal((MARK + "I").getBytes(Charset.forName("UTF-32BE")))).contains("UTF-32");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "I eat.\n",
                "\nI eat.\n",
                "EU NNP B\n\nrejects VBZ O\n",
                "Я ем яблоко.\nОна спит.\n",
                "{\"dimensions\":3"
            })
    void shouldNameUtf16WithoutAMarkByItsNuls(String text) {
        assertThat(refusal(text.getBytes(UTF_16LE))).contains("UTF-16", "iconv -f UTF-16LE");
        assertThat(refusal(text.getBytes(UTF_16BE))).contains("UTF-16");
        assertThat(refusal(text.getBytes(Charset.forName("UTF-32LE")))).contains("UTF-32");
        assertThat(refusal(gzip(text.getBytes(UTF_16LE)))).contains("UTF-16");
    }

    @Test
    void shouldNameUtf16ThatComesByteByByte() {
        byte[] bytes = "I eat apple.\n".getBytes(UTF_16LE);
        assertThatExceptionOfType(TextException.class)
                .isThrownBy(() -> all(TextFile.of(slowly(bytes), "pipe")))
                .withMessageContainingAll("pipe", "UTF-16");
    }

    @Test
    void shouldTakeASingleNulForText() throws IOException {
        assertThat(lines("a\0b\nand more\n".getBytes(UTF_8))).containsExactly("a\0b", "and more");
    }

    @Test
    void shouldSayWhereSomethingIsNotUtf8() {
        byte[] latin = "ok\nwas für\n".getBytes(ISO_8859_1);
        assertThat(refusal(latin)).contains("text, line 2: it is not UTF-8 (byte 6 of the line is 0xfc)", "iconv");
        assertThatExceptionOfType(TextException.class)
                .isThrownBy(() -> open(latin).text())
                .withMessageContaining("text, line 2: it is not UTF-8 (byte 6 of the line is 0xfc)");
        assertThat(refusal(new byte[] {'a', (byte) 0xc3})).contains("line 1: it is not UTF-8 (byte 2");
        assertThat(refusal(gzip(latin))).contains("line 2: it is not UTF-8");
    }

    @Test
    void shouldReadWhatIsReplacedByTheReplacementCharacterAlready() throws IOException {
        assertThat(lines("\uFFFD?".getBytes(UTF_8))).containsExactly("\uFFFD?");
        assertThat(TextFile.utf8(new byte[] {(byte) 0xff})).isNull();
    }

    @Test
    void shouldUnpackAllPartsOfGzippedText() throws IOException {
        byte[] one = gzip("a\nb".getBytes(UTF_8));
        byte[] two = gzip("c\n".getBytes(UTF_8));
        byte[] both = Arrays.copyOf(one, one.length + two.length);
        System.arraycopy(two, 0, both, one.length, two.length);

        assertThat(lines(both)).containsExactly("a", "bc");
        assertThat(all(TextFile.of(slowly(both), "pipe"))).containsExactly("a", "bc");
    }

    @Test
    void shouldSayThatGzippedTextBreaksOff() {
        byte[] whole = gzip("one line\n".repeat(9).getBytes(UTF_8));
        for (int length : new int[] {2, 5, 12, whole.length - 9, whole.length - 1}) {
            assertThat(refusal(Arrays.copyOf(whole, length))).contains("gzip data breaks off");
        }
        byte[] damaged = whole.clone();
        damaged[whole.length - 6] ^= 1;
        assertThat(refusal(damaged)).contains("gzip data is damaged");
    }

    @Test
    void shouldRefuseALineThatIsTooLong() {
        byte[] line = new byte[TextFile.LONGEST + 1];
        Arrays.fill(line, (byte) 'a');
        assertThat(refusal(line)).contains("line 1", "longer than " + TextFile.LONGEST);
    }

    /** A pipe cannot be read twice, and cannot seek. */
    @Test
    @Timeout(60)
    void shouldReadAPipeWithoutLoss() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 40_000; i++) {
            text.append(i).append('\n');
        }
        Thread writer = new Thread(() -> write(pipe, text.toString()));
        writer.start();

        try (TextFile file = TextFile.open(pipe)) {
            List<String> lines = all(file);
            assertThat(lines).hasSize(40_000).startsWith("0", "1").endsWith("39999");
        }
        writer.join(TimeUnit.SECONDS.toMillis(10));
    }

    @Test
    void shouldNotReadBeyondTheEndThatATerminalTold() throws IOException {
        InputStream terminal = new ByteArrayInputStream("a\nb".getBytes(UTF_8)) {
            private boolean ended;

            @Override
            public synchronized int read(byte[] into, int offset, int length) {
                assertThat(ended).as("read again after its end").isFalse();
                int read = super.read(into, offset, length);
                ended = read < 0;
                return read;
            }
        };
        assertThat(all(TextFile.of(terminal, "terminal"))).containsExactly("a", "b");
    }

    @Test
    void shouldReadStandardInputByItsNameAsAFile() throws IOException {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream("a\n".getBytes(UTF_8)));
        try (TextFile text = TextFile.open(Path.of("/dev/stdin"))) {
            assertThat(text.name()).isEqualTo("standard input");
            assertThat(all(text)).containsExactly("a");
        } finally {
            System.setIn(before);
        }
    }

    @Test
    void shouldSayThatAFileIsNotThereOrADirectory() {
        assertThatExceptionOfType(TextException.class)
                .isThrownBy(() -> TextFile.open(folder.resolve("absent")))
                .withMessageContainingAll("absent", "there is no such file");
        assertThatExceptionOfType(TextException.class)
                .isThrownBy(() -> TextFile.open(folder))
                .withMessageContainingAll(folder.toString(), "directory");
    }

    private static void write(Path pipe, String text) {
        try {
            Files.writeString(pipe, text);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static TextFile open(byte[] bytes) throws IOException {
        return TextFile.of(new ByteArrayInputStream(bytes), "text");
    }

    private static List<String> lines(byte[] bytes) throws IOException {
        return all(open(bytes));
    }

    private static List<String> all(TextFile text) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line = text.line(); line != null; line = text.line()) {
            lines.add(line);
        }
        return lines;
    }

    private static String refusal(byte[] bytes) {
        try {
            return "no refusal: " + lines(bytes);
        } catch (TextException e) {
            return String.valueOf(e.getMessage());
        } catch (IOException e) {
            return "another exception: " + e;
        }
    }

    private static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return packed.toByteArray();
    }

    /** A pipe whose writer gives a byte at a time: none is ever there before it is waited for. */
    private static InputStream slowly(byte[] bytes) {
        return new ByteArrayInputStream(bytes) {
            @Override
            public synchronized int read(byte[] into, int offset, int length) {
                return super.read(into, offset, Math.min(1, length));
            }

            @Override
            public synchronized int available() {
                return 0;
            }
        };
    }
}
