/**
 * Where the process meets its user: standard output, the width and the colours of a terminal, signals, exit codes, and the exception that
 * carries one sentence and an exit code.
 *
 * <p>May use nothing else of ours.
 */
@NullMarked
package io.tagstream.terminal;

import org.jspecify.annotations.NullMarked;
