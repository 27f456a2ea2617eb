/**
 * The lecture notes, working: one page that trains, measures and draws what they tell, chapter by chapter.
 *
 * <p>May use: train, eval, infer, report, tokenize, data, model, text. Door: {@link io.tagstream.lesson.Lesson}.
 */
@NullMarked
package io.tagstream.lesson;

import org.jspecify.annotations.NullMarked;
