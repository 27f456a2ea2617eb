/**
 * The command line: one class per command, the only place that wires, and the exit codes.
 *
 * <p>May use: every package; nothing uses it. Sole owner of picocli. A command names what needs a folder beside {@code lib}
 * ({@code train}, {@code lesson}, {@code broker}, {@code bench}) inside method bodies only: picocli reflects over every command class at start, and serving runs without those folders.
 */
@NullMarked
package io.tagstream.cli;

import org.jspecify.annotations.NullMarked;
