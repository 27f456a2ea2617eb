/**
 * What is asked of the brokers, and changed there: an admin client that waits for them, topics' roles, rights, offsets, and how failures are judged.
 *
 * <p>May use: settings, stream. Door: {@link io.tagstream.admin.Brokers}.
 */
@NullMarked
package io.tagstream.admin;

import org.jspecify.annotations.NullMarked;
