/** Seeded random input for all that reads it: 50,000 in every build, a million in the fault suite. */
@NullMarked
package io.tagstream.fuzz;

import org.jspecify.annotations.NullMarked;
