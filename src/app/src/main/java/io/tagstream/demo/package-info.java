/**
 * The demo: broker, application, a producer of lines and a consumer of what comes out in one process.
 *
 * <p>May use: option, terminal, broker, stream, infer, wire, tokenize, model, text. Door: {@link io.tagstream.demo.Demo}. The broker is named
 * inside method bodies only: serving runs without its folder.
 */
@NullMarked
package io.tagstream.demo;

import org.jspecify.annotations.NullMarked;
