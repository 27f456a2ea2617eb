package io.tagstream.faults;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/** What it takes to start a Java process from a test. */
final class JavaProcesses {
    private JavaProcesses() {}

    /** This Java. */
    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** The class path of the tests. Goes into the environment: ONNX Runtime 1.29 crashes while it searches a long command line. */
    static String testClassPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    /** The same without the tests' own classes and resources: as a user has it. */
    static String productClassPath() {
        return Arrays.stream(testClassPath().split(File.pathSeparator, -1))
                .filter(entry -> !entry.endsWith("test-classes"))
                .collect(Collectors.joining(File.pathSeparator));
    }
}
