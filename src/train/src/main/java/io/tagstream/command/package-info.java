/**
 * The commands {@code train}, {@code compare}, {@code lesson} and {@code evaluate}, which {@code cli} finds through
 * {@link java.util.ServiceLoader}.
 *
 * <p>May use: every package of this module, {@code cli} for exit codes and errors, and picocli. The classes that picocli reflects over name
 * no class that needs libtorch: {@code evaluate} and the help run without it.
 */
@NullMarked
package io.tagstream.command;

import org.jspecify.annotations.NullMarked;
