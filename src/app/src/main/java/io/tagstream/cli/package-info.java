/**
 * The command line: where {@code bin/tagstream} starts, the tree of the commands, one class per command, and what the user reads when one
 * fails.
 *
 * <p>May use: every package of the library and the application; only the commands of training and of the benchmark use it. One of the owners
 * of picocli. Doors: {@link io.tagstream.cli.Main#run}, {@link io.tagstream.cli.CommandSource} for the commands of other modules. A command
 * names what needs a folder next to {@code lib} ({@code demo} needs the broker) inside method bodies only: picocli reflects over every command
 * class at start, and serving runs without those folders.
 */
@NullMarked
package io.tagstream.cli;

import org.jspecify.annotations.NullMarked;
