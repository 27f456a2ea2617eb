package io.tagstream.settings;

import io.tagstream.stream.InvalidSettingException;

/** Refuses what settings do not allow. */
final class SettingCheck {
    private SettingCheck() {}

    static void require(boolean holds, String sentence) {
        if (!holds) {
            throw new InvalidSettingException(sentence);
        }
    }
}
