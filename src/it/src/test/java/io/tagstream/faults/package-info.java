/**
 * The fault suite: the application as a process of its own, a broker in another, a network in between that can be cut, and an oracle
 * that says what must come out whatever happens. {@code mvn verify} runs a selection ({@code FaultSelectionIT}),
 * {@code mvn verify -Pfaults} all of it; both end with a table, printed and in {@code target/faults.json}.
 *
 * <p>Door: {@link io.tagstream.faults.FaultSuite} gives a test its {@link io.tagstream.faults.Stage}, which makes
 * {@link io.tagstream.faults.Trial}s. {@code -Dfaults.seed=N} repeats a run's random moments, as far as two processes and a network
 * can be repeated; {@code -Dfaults.scale=0.2} does each harm less often;
 * {@code -Dfaults.page=FILE.md} writes the table into a page too.
 */
@NullMarked
package io.tagstream.faults;

import org.jspecify.annotations.NullMarked;
