package io.tagstream;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The modules of the build as rules: which may use which, that a package lies in one module and is small, and that no classes depend on each
 * other in a circle. The page {@code architecture} has the same table; change both in one commit.
 */
class ModulesTest {
    private static final int MOST_FILES = 15;
    private static final int MOST_LINES = 400;
    /** Generated from the schemas, by Avro's templates. */
    private static final String GENERATED = "io.tagstream.event";

    /** Module to the modules that it may use; {@code export} is apart so that the testkit builds models without the trainer. */
    private static final Map<String, Set<String>> MAY_USE = Map.ofEntries(
            Map.entry("schemas", Set.of()),
            Map.entry("core", Set.of()),
            Map.entry("models-en", Set.of()),
            Map.entry("broker", Set.of()),
            Map.entry("export", Set.of("core")),
            Map.entry("testkit", Set.of("core", "schemas", "export", "broker")),
            Map.entry("streams", Set.of("schemas", "core")),
            Map.entry("app", Set.of("streams", "schemas", "core", "broker")),
            Map.entry("examples", Set.of("streams", "schemas", "core")),
            Map.entry("train", Set.of("app", "streams", "schemas", "core", "export")),
            Map.entry("bench", Set.of("train", "app", "streams", "schemas", "core", "broker")));

    private static final Map<String, String> MODULES = new TreeMap<>();
    private static final Map<String, Integer> FILES = new TreeMap<>();
    private static final List<Path> SOURCES = new ArrayList<>();
    private static JavaClasses product = new ClassFileImporter().importClasses();

    @BeforeAll
    static void read() throws IOException {
        product = new ClassFileImporter()
                .withImportOption(location -> !location.contains("/test-classes/"))
                .importPackages("io.tagstream");
        List<Path> homes = new ArrayList<>(List.of(Path.of("schemas")));
        try (Stream<Path> modules = Files.list(Path.of("src"))) {
            modules.sorted().forEach(homes::add);
        }
        for (Path home : homes) {
            Path java = home.resolve("src/main/java");
            if (Files.isDirectory(java)) {
                readModule(home.getFileName().toString(), java);
            }
        }
        MODULES.put(GENERATED, "schemas");
    }

    private static void readModule(String module, Path java) throws IOException {
        try (Stream<Path> files = Files.walk(java)) {
            files.filter(file -> file.toString().endsWith(".java")).forEach(file -> {
                SOURCES.add(file);
                String name = java.relativize(file.getParent()).toString().replace('/', '.');
                assertThat(MODULES.getOrDefault(name, module))
                        .as("package %s lies in one module", name)
                        .isEqualTo(module);
                MODULES.put(name, module);
                FILES.merge(name, file.endsWith("package-info.java") ? 0 : 1, Integer::sum);
            });
        }
    }

    @Test
    void shouldUseOnlyTheModulesBelow() {
        Set<String> wrong = new TreeSet<>();
        for (JavaClass type : product) {
            String from = MODULES.getOrDefault(type.getPackageName(), "?");
            for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                String to = MODULES.get(dependency.getTargetClass().getPackageName());
                if (to != null
                        && !to.equals(from)
                        && !MAY_USE.getOrDefault(from, Set.of()).contains(to)) {
                    wrong.add(type.getName() + " (" + from + ") uses "
                            + dependency.getTargetClass().getName() + " (" + to + ")");
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(MAY_USE.keySet()).containsAll(new TreeSet<>(MODULES.values()));
    }

    @Test
    void shouldHaveSmallPackages() {
        assertThat(FILES)
                .isNotEmpty()
                .allSatisfy((name, files) ->
                        assertThat(files).as("files of %s", name).isLessThanOrEqualTo(MOST_FILES));
    }

    @Test
    void shouldHaveSmallFiles() {
        assertThat(SOURCES)
                .isNotEmpty()
                .allSatisfy(file -> assertThat(lines(file)).isLessThanOrEqualTo(MOST_LINES));
    }

    @Test
    void shouldSayInEveryPackageWhatItIsFor() {
        assertThat(SOURCES.stream().map(Path::getParent).distinct())
                .isNotEmpty()
                .allSatisfy(folder ->
                        assertThat(folder.resolve("package-info.java")).exists());
    }

    /** Classes, each with those that are nested in it. */
    @Test
    void shouldHaveNoCircleOfClasses() {
        slices().assignedFrom(new SliceAssignment() {
                    @Override
                    public SliceIdentifier getIdentifierOf(JavaClass type) {
                        return type.getPackageName().equals(GENERATED)
                                ? SliceIdentifier.ignore()
                                : SliceIdentifier.of(type.getName().replaceFirst("\\$.*", ""));
                    }

                    @Override
                    public String getDescription() {
                        return "classes";
                    }
                })
                .should()
                .beFreeOfCycles()
                .check(product);
    }

    private static long lines(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
