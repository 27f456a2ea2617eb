/**
 * The command line: one class per command, the only place that wires, and the exit codes.
 *
 * <p>May use: every package; nothing uses it. Sole owner of picocli. A command names {@code train} and {@code broker} inside method
 * bodies only: picocli reflects over every command class at start, and serving runs without those folders.
 */
@NullMarked
package io.tagstream.cli;

import org.jspecify.annotations.NullMarked;
