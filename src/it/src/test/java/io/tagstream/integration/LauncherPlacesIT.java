package io.tagstream.integration;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where and under which settings {@code bin/tagstream} runs; everywhere else it says why not in one sentence, with exit code 2. */
class LauncherPlacesIT {
    private static final Path DISTRIBUTION = Path.of("target", "tagstream").toAbsolutePath();
    /** Written so that this file is ASCII: the tests' own locale may be C. */
    private static final String NOT_ASCII = "\u00fcn\u00ef";

    private final Map<String, String> environment = new HashMap<>();

    @TempDir
    Path directory = Path.of("");

    @BeforeEach
    void keepTheJava() {
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("LC_ALL", "C.UTF-8");
    }

    /** JUnit warns of links that lead out of the folder that it removes. */
    @AfterEach
    void removeLinks() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path link : files.filter(Files::isSymbolicLink).toList()) {
                Files.delete(link);
            }
        }
    }

    @Test
    void shouldRunFromAFolderWithOddCharacters() throws Exception {
        // Made by the shell, because this JVM may run where a name cannot have all of these.
        environment.put("LC_ALL", "C");
        Result result = bash(
                "home=$'a b*?\\'\"$HOME [x]{y,z} back\\\\slash #%20;&|~!x" + octal(NOT_ASCII) + "\\nend\\n'"
                        + " && mkdir -- \"$home\" && cp -R \"$0/bin\" \"$home\" && ln -s \"$0/lib\" \"$home\""
                        + " && cd -- \"$home\" && echo 'I eat.' >" + "$'" + octal(NOT_ASCII) + "'"
                        + " && bin/tagstream tag $'" + octal(NOT_ASCII) + "'",
                DISTRIBUTION.toString());
        assertThat(result.err()).isEmpty();
        assertThat(result.out()).startsWith("I\tPRON");
        assertThat(result.code()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"with:colon", "excited!"})
    void shouldRefuseAPathThatJavaCannotRunFrom(String name) throws Exception {
        Path home = install(directory.resolve(name));
        assertRefused(run(directory, home.resolve("bin/tagstream").toString(), "--version"), name);
    }

    @Test
    void shouldRunByARelativePathWhereCdpathIsExported() throws Exception {
        install(directory.resolve("home"));
        environment.put("CDPATH", directory + ":" + directory.getParent());
        assertRuns(run(directory, "home/bin/tagstream", "--version"));
        assertRuns(run(directory.resolve("home"), "bin/tagstream", "--version"));
        assertRuns(run(directory.resolve("home/bin"), "bash", "tagstream", "--version"));
    }

    @Test
    void shouldRunBehindSymbolicLinksAndByAnotherShell() throws Exception {
        Path home = install(directory.resolve("home"));
        Path links = Files.createDirectories(directory.resolve("usr/bin"));
        Files.createSymbolicLink(links.resolve("first"), Path.of("../second"));
        Files.createSymbolicLink(directory.resolve("usr/second"), home.resolve("bin/tagstream"));
        environment.put("PATH", links + File.pathSeparator + System.getenv("PATH"));
        assertRuns(run(directory, "bash", "-c", "first --version"));
        assertRuns(run(links, "./first", "--version"));
        Files.createSymbolicLink(directory.resolve("binaries"), home.resolve("bin"));
        assertRuns(run(directory, "binaries/tagstream", "--version"));
        assertRuns(run(directory, "sh", home.resolve("bin/tagstream").toString(), "--version"));
    }

    @Test
    void shouldSayThatItWasCopiedOutOfItsDistribution() throws Exception {
        Path home = directory.resolve("home");
        Files.createDirectories(home.resolve("bin"));
        Files.copy(DISTRIBUTION.resolve("bin/tagstream"), home.resolve("bin/tagstream"));
        assertRefused(run(directory, "home/bin/tagstream", "--version"), home + "/lib");
    }

    @Test
    void shouldWriteNothingWhereItIsInstalled() throws Exception {
        Path home = install(directory.resolve("home"));
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("r-xr-xr-x"));
        try {
            assertRuns(run(directory, home.resolve("bin/tagstream").toString(), "--version"));
            try (Stream<Path> files = Files.walk(home)) {
                assertThat(files.map(file -> home.relativize(file).toString()))
                        .containsExactlyInAnyOrder("", "bin", "bin/tagstream", "lib");
            }
        } finally {
            Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    @Test
    void shouldSayThatItsSourcesCannotBeBuiltWhereTargetCannotBeWritten() throws Exception {
        Path tree = install(directory.resolve("tree"));
        Files.writeString(tree.resolve("pom.xml"), "<project/>");
        // Not even the super-user can make a folder of it.
        Files.writeString(tree.resolve("target"), "");
        assertRefused(run(directory, "tree/bin/tagstream", "--version"), tree + "/target");
    }

    @Test
    void shouldRunSourcesThatAreBuiltWithoutWritingIntoThem() throws Exception {
        Path tree = directory.resolve("tree");
        Files.writeString(Files.createDirectories(tree).resolve("pom.xml"), "<project/>");
        Files.createDirectories(tree.resolve("src/main"));
        Files.createDirectories(tree.resolve("schemas"));
        install(tree.resolve("target/tagstream"));
        Files.createDirectory(tree.resolve("bin"));
        Files.copy(DISTRIBUTION.resolve("bin/tagstream"), tree.resolve("bin/tagstream"));
        Files.writeString(tree.resolve("target/.tagstream-built"), "");
        assertRuns(run(directory, "tree/bin/tagstream", "--version"));
        assertThat(tree.resolve("target/.build.lock")).doesNotExist();
    }

    @Test
    void shouldSayThatJavaHomeHoldsNoJava() throws Exception {
        environment.put("JAVA_HOME", directory.resolve("nowhere").toString());
        assertRefused(launcher("--version"), "JAVA_HOME", directory.resolve("nowhere") + "/bin/java");
        Files.createDirectories(directory.resolve("folder/bin/java"));
        environment.put("JAVA_HOME", directory.resolve("folder").toString());
        assertRefused(launcher("--version"), "JAVA_HOME", directory.resolve("folder") + "/bin/java");
    }

    @ParameterizedTest
    @CsvSource({"11.0.20, 11", "1.8.0_392, 8", "16, 16"})
    void shouldSayThatJavaIsTooOld(String version, String number) throws Exception {
        Path java = java(directory.resolve("old"), "echo openjdk version '\"'" + version + "'\"' >&2");
        environment.put("JAVA_HOME", directory.resolve("old").toString());
        assertRefused(launcher("--version"), java.toString(), "is Java " + number + ":", "JAVA_HOME");
        java(directory.resolve("old"), "echo must not run");
        Files.writeString(directory.resolve("old/release"), "IMPLEMENTOR=\"X\"\nJAVA_VERSION=\"" + version + "\"");
        assertRefused(launcher("--version"), java.toString(), "is Java " + number + ":", "JAVA_HOME");
    }

    @Test
    void shouldSayThatJavaDoesNotStart() throws Exception {
        Path java = java(directory.resolve("broken"), "exit 1");
        environment.put("JAVA_HOME", directory.resolve("broken").toString());
        assertRefused(launcher("--version"), java.toString());
        // A program of another machine: an ELF header of no known processor.
        Files.write(java, new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 127, 0});
        Files.writeString(directory.resolve("broken/release"), "JAVA_VERSION=\"17\"\n");
        Result result = launcher("--version");
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err().lines())
                .last()
                .asString()
                .startsWith("tagstream: ")
                .contains(java.toString());
    }

    @Test
    void shouldTakeJavaFromThePathWhereJavaHomeIsEmpty() throws Exception {
        java(directory.resolve("shim"), "exec '" + System.getProperty("java.home") + "/bin/java' \"$@\"");
        environment.put("JAVA_HOME", "");
        environment.put("PATH", directory.resolve("shim/bin") + File.pathSeparator + System.getenv("PATH"));
        assertRuns(launcher("--version"));
    }

    @Test
    void shouldSayThatLibtorchIsOfAnotherPlatform() throws Exception {
        script(directory.resolve("arm/uname"), "case $1 in -m) echo aarch64 ;; *) echo Linux ;; esac");
        environment.put("PATH", directory.resolve("arm") + File.pathSeparator + System.getenv("PATH"));
        assertRefused(launcher("train", "--help"), "train", "linux-arm64");
        assertRuns(launcher("--version"));
    }

    @Test
    void shouldNameLcAllWhereNoLocaleHasUtf8() throws Exception {
        script(directory.resolve("locales/locale"), "echo ANSI_X3.4-1968");
        environment.put("PATH", directory.resolve("locales") + File.pathSeparator + System.getenv("PATH"));
        environment.put("LC_ALL", "C");
        assertRuns(launcher("--version"));
        environment.put("TAGSTREAM", DISTRIBUTION.resolve("bin/tagstream").toString());
        assertRefused(bash("\"$TAGSTREAM\" tag $'" + octal(NOT_ASCII) + "'"), "LC_ALL");
    }

    private static Path install(Path home) throws IOException {
        Files.createDirectories(home.resolve("bin"));
        Files.copy(DISTRIBUTION.resolve("bin/tagstream"), home.resolve("bin/tagstream"));
        Files.createSymbolicLink(home.resolve("lib"), DISTRIBUTION.resolve("lib"));
        return home;
    }

    private static Path java(Path home, String line) throws IOException {
        return script(home.resolve("bin/java"), line);
    }

    private static Path script(Path file, String line) throws IOException {
        Files.createDirectories(file.resolveSibling(""));
        Files.writeString(file, "#!/bin/sh\n" + line + "\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static String octal(String text) {
        StringBuilder escaped = new StringBuilder();
        for (byte unit : text.getBytes(UTF_8)) {
            escaped.append('\\').append(Integer.toOctalString(unit & 0xff));
        }
        return escaped.toString();
    }

    private static void assertRuns(Result result) {
        assertThat(result.err()).isEmpty();
        assertThat(result.out()).startsWith("tagstream ");
        assertThat(result.code()).isZero();
    }

    private static void assertRefused(Result result, String... parts) {
        assertThat(result.err().lines()).hasSize(1);
        assertThat(result.err()).startsWith("tagstream: ").contains(parts);
        assertThat(result.code()).isEqualTo(2);
    }

    private Result launcher(String... arguments) throws Exception {
        List<String> command =
                new ArrayList<>(List.of(DISTRIBUTION.resolve("bin/tagstream").toString()));
        command.addAll(List.of(arguments));
        return run(directory, command.toArray(String[]::new));
    }

    private Result bash(String script, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("bash", "-c", script));
        command.addAll(List.of(arguments));
        return run(directory, command.toArray(String[]::new));
    }

    private Result run(Path from, String... command) throws Exception {
        Path out = Files.createTempFile(directory, "out", ".txt");
        Path err = Files.createTempFile(directory, "err", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(from.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    private record Result(int code, String out, String err) {}
}
