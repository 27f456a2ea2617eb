/** Long runs that look for what grows: {@code mvn verify -Psoak}. Classes named {@code *Soak} run in that profile alone. */
@NullMarked
package io.tagstream.soak;

import org.jspecify.annotations.NullMarked;
