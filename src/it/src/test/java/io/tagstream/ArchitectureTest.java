package io.tagstream;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.core.domain.properties.HasOwner;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.FileReader;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The packages of the page {@code architecture} as rules: what each may use, that there is no circle, and which alone uses each heavy
 * library. When a rule is wrong, change it here, on that page and in the package's package-info.java in one commit.
 */
class ArchitectureTest {
    private static final String BASE = "io.tagstream.";

    /** Package to the packages that it may use; {@code event} is generated from the schemas. */
    private static final Map<String, List<String>> MAY_USE = Map.ofEntries(
            Map.entry("text", List.of()),
            Map.entry("examples", List.of("stream", "event", "infer", "tokenize", "model", "text")),
            Map.entry("broker", List.of()),
            Map.entry("event", List.of()),
            Map.entry("tokenize", List.of("text")),
            Map.entry("model", List.of("text")),
            Map.entry("wire", List.of("event", "text")),
            Map.entry("json", List.of("wire", "event", "text")),
            Map.entry("format", List.of("json", "wire", "event", "text")),
            Map.entry("data", List.of("text")),
            Map.entry("report", List.of("text")),
            Map.entry("markdown", List.of("report", "text")),
            Map.entry("onnx", List.of("model", "text")),
            Map.entry("infer", List.of("onnx", "model", "text")),
            Map.entry("export", List.of("model", "text")),
            Map.entry("terminal", List.of()),
            Map.entry(
                    "option",
                    List.of("terminal", "settings", "stream", "wire", "json", "format", "infer", "model", "text")),
            Map.entry(
                    "demo",
                    List.of(
                            "event",
                            "option",
                            "terminal",
                            "broker",
                            "service",
                            "topology",
                            "settings",
                            "stream",
                            "infer",
                            "wire",
                            "json",
                            "format",
                            "tokenize",
                            "model",
                            "text")),
            Map.entry("eval", List.of("infer", "data", "model", "text")),
            Map.entry("rawtext", List.of("eval", "infer", "tokenize", "data", "model", "text")),
            Map.entry("state", List.of("infer", "model", "text")),
            Map.entry(
                    "stream",
                    List.of("state", "event", "infer", "onnx", "wire", "json", "format", "tokenize", "model", "text")),
            Map.entry(
                    "settings",
                    List.of(
                            "stream",
                            "state",
                            "event",
                            "infer",
                            "onnx",
                            "wire",
                            "json",
                            "format",
                            "tokenize",
                            "model",
                            "text")),
            Map.entry(
                    "position",
                    List.of(
                            "settings",
                            "stream",
                            "state",
                            "event",
                            "infer",
                            "onnx",
                            "wire",
                            "json",
                            "format",
                            "tokenize",
                            "model",
                            "text")),
            Map.entry(
                    "topology",
                    List.of(
                            "position",
                            "settings",
                            "stream",
                            "state",
                            "event",
                            "infer",
                            "onnx",
                            "wire",
                            "json",
                            "format",
                            "tokenize",
                            "model",
                            "text")),
            Map.entry(
                    "admin",
                    List.of(
                            "settings",
                            "stream",
                            "state",
                            "event",
                            "infer",
                            "onnx",
                            "wire",
                            "json",
                            "format",
                            "tokenize",
                            "model",
                            "text")),
            Map.entry(
                    "identity",
                    List.of(
                            "admin",
                            "position",
                            "settings",
                            "stream",
                            "state",
                            "event",
                            "infer",
                            "onnx",
                            "wire",
                            "json",
                            "format",
                            "tokenize",
                            "model",
                            "text")),
            Map.entry(
                    "local",
                    List.of(
                            "identity",
                            "admin",
                            "settings",
                            "stream",
                            "state",
                            "event",
                            "infer",
                            "onnx",
                            "wire",
                            "json",
                            "format",
                            "tokenize",
                            "model",
                            "text")),
            Map.entry(
                    "reset",
                    List.of(
                            "local",
                            "identity",
                            "admin",
                            "position",
                            "settings",
                            "stream",
                            "state",
                            "event",
                            "infer",
                            "onnx",
                            "wire",
                            "json",
                            "format",
                            "tokenize",
                            "model",
                            "text")),
            Map.entry(
                    "watch",
                    List.of(
                            "admin",
                            "settings",
                            "stream",
                            "state",
                            "event",
                            "infer",
                            "onnx",
                            "wire",
                            "json",
                            "format",
                            "tokenize",
                            "model",
                            "text")),
            Map.entry(
                    "service",
                    List.of(
                            "watch",
                            "local",
                            "identity",
                            "topology",
                            "admin",
                            "position",
                            "settings",
                            "stream",
                            "state",
                            "event",
                            "infer",
                            "onnx",
                            "wire",
                            "json",
                            "format",
                            "tokenize",
                            "model",
                            "text")),
            Map.entry("recipe", List.of("data", "model", "text")),
            Map.entry("words", List.of("recipe", "data", "model", "text")),
            Map.entry("encode", List.of("words", "recipe", "infer", "data", "model", "text")),
            Map.entry("batch", List.of("encode", "words", "recipe", "infer", "data", "model", "text")),
            Map.entry("network", List.of("batch", "encode", "words", "recipe", "infer", "data", "model", "text")),
            Map.entry(
                    "result",
                    List.of(
                            "network", "batch", "encode", "words", "recipe", "export", "eval", "infer", "data", "model",
                            "text")),
            Map.entry(
                    "page",
                    List.of(
                            "result", "network", "batch", "encode", "words", "recipe", "report", "eval", "infer",
                            "data", "model", "text")),
            Map.entry(
                    "train",
                    List.of(
                            "page", "result", "network", "batch", "encode", "words", "recipe", "export", "report",
                            "eval", "infer", "data", "model", "text")),
            Map.entry(
                    "trial", List.of("train", "result", "network", "recipe", "eval", "infer", "data", "model", "text")),
            Map.entry(
                    "compare",
                    List.of(
                            "trial",
                            "train",
                            "result",
                            "recipe",
                            "markdown",
                            "report",
                            "eval",
                            "infer",
                            "data",
                            "model",
                            "text")),
            Map.entry(
                    "lesson",
                    List.of(
                            "train",
                            "page",
                            "result",
                            "network",
                            "recipe",
                            "report",
                            "eval",
                            "infer",
                            "tokenize",
                            "data",
                            "model",
                            "text")),
            Map.entry(
                    "command",
                    List.of(
                            "cli",
                            "option",
                            "terminal",
                            "compare",
                            "lesson",
                            "trial",
                            "train",
                            "result",
                            "network",
                            "recipe",
                            "words",
                            "rawtext",
                            "markdown",
                            "report",
                            "eval",
                            "infer",
                            "tokenize",
                            "data",
                            "model",
                            "text")),
            Map.entry(
                    "bench",
                    List.of(
                            "cli",
                            "recipe",
                            "option",
                            "terminal",
                            "stream",
                            "broker",
                            "markdown",
                            "report",
                            "eval",
                            "infer",
                            "data",
                            "wire",
                            "json",
                            "format",
                            "tokenize",
                            "model",
                            "text")),
            Map.entry("fixture", List.of("broker", "export", "infer", "event", "tokenize", "model", "text")));

    /** Library package to the packages of ours that may use it: one, and where it is also a peer to measure, {@code bench}. */
    private static final Map<String, List<String>> OWNERS = Map.ofEntries(
            Map.entry("opennlp..", List.of("tokenize", "bench")),
            Map.entry("org.apache.avro..", List.of("event", "fixture")),
            Map.entry("ai.onnxruntime..", List.of("onnx", "infer")),
            Map.entry("ai.onnx.proto..", List.of("export", "fixture")),
            Map.entry("com.google.protobuf..", List.of("export", "fixture")),
            Map.entry(
                    "org.apache.kafka.streams..",
                    List.of(
                            "examples",
                            "stream",
                            "state",
                            "settings",
                            "position",
                            "topology",
                            "admin",
                            "identity",
                            "local",
                            "watch",
                            "service")),
            Map.entry("kafka..", List.of("broker")),
            Map.entry("org.apache.kafka.metadata..", List.of("broker")),
            Map.entry("org.bytedeco..", List.of("network")),
            Map.entry("picocli..", List.of("cli", "option", "command", "bench")),
            Map.entry("org.knowm.xchart..", List.of("report")),
            Map.entry("de.erichseifert.vectorgraphics2d..", List.of("report")));

    private static JavaClasses product = new ClassFileImporter().importClasses();

    @BeforeAll
    static void importProduct() {
        product = new ClassFileImporter()
                .withImportOption(location -> !location.contains("/test-classes/"))
                .importPackages("io.tagstream");
    }

    @TestFactory
    List<DynamicTest> shouldUseOnlyThePackagesBelow() {
        List<DynamicTest> tests = new ArrayList<>();
        MAY_USE.forEach((name, allowed) -> tests.add(DynamicTest.dynamicTest(name, () -> {
            List<String> packages = new ArrayList<>(List.of(BASE + name));
            allowed.forEach(other -> packages.add(BASE + other));
            classes()
                    .that()
                    .resideInAPackage(BASE + name)
                    .should()
                    .onlyDependOnClassesThat(JavaClass.Predicates.resideOutsideOfPackage("io.tagstream..")
                            .or(JavaClass.Predicates.resideInAnyPackage(packages.toArray(String[]::new))))
                    .allowEmptyShould(true)
                    .check(product);
        })));
        return tests;
    }

    @TestFactory
    List<DynamicTest> shouldKeepEachHeavyLibraryBehindOnePackage() {
        List<DynamicTest> tests = new ArrayList<>();
        OWNERS.forEach((library, owners) -> tests.add(DynamicTest.dynamicTest(
                library,
                () -> noClasses()
                        .that()
                        .resideOutsideOfPackages(
                                owners.stream().map(owner -> BASE + owner).toArray(String[]::new))
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage(library)
                        .check(product))));
        return tests;
    }

    @Test
    void shouldNameEveryPackageInTheTable() {
        List<String> known = new ArrayList<>(
                MAY_USE.keySet().stream().map(name -> BASE + name).toList());
        known.addAll(List.of(BASE + "cli", BASE + "command"));
        classes().should().resideInAnyPackage(known.toArray(String[]::new)).check(product);
    }

    @Test
    void shouldHaveNoCircle() {
        slices().matching("io.tagstream.(*)..").should().beFreeOfCycles().check(product);
    }

    /** Pipes, byte order marks, gzip and what is not UTF-8: {@link io.tagstream.text.TextFile} knows them all. */
    @Test
    void shouldReadEveryFileOfTextThroughOneClass() {
        noClasses()
                .that()
                .resideOutsideOfPackage(BASE + "text")
                .and()
                // The answer to a question on the terminal, a mark of our own, and what the system says of this
                // process.
                .doNotHaveFullyQualifiedName("io.tagstream.cli.ResetCommand")
                .and()
                .doNotHaveFullyQualifiedName("io.tagstream.local.LocalStates")
                .and()
                .doNotHaveFullyQualifiedName("io.tagstream.local.NativeLibraries")
                .should()
                .callMethodWhere(JavaCall.Predicates.target(
                                HasOwner.Predicates.With.owner(HasName.Predicates.name(Files.class.getName())))
                        .and(JavaCall.Predicates.target(
                                HasName.Predicates.nameMatching("newBufferedReader|readString|readAllLines|lines"))))
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName(InputStreamReader.class.getName())
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName(FileReader.class.getName())
                .check(product);
    }

    @Test
    void shouldLetNothingUseTheCommands() {
        noClasses()
                .that()
                .resideOutsideOfPackages(BASE + "cli", BASE + "command", BASE + "bench")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(BASE + "cli")
                .check(product);
    }
}
