/** Small programs for newcomers, each by itself. The tests run them. */
@NullMarked
package io.tagstream.examples;

import org.jspecify.annotations.NullMarked;
