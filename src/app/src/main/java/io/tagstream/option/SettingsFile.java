package io.tagstream.option;

import io.tagstream.terminal.CommandException;
import io.tagstream.text.TextException;
import io.tagstream.text.TextFile;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** Reads a properties file of settings. */
final class SettingsFile {
    private SettingsFile() {}

    /**
     * The keys and their values, empty where a key has none.
     *
     * @throws CommandException if the file cannot be read, or sets a key twice
     */
    static Map<String, String> read(Path path) {
        OnceOnly properties = new OnceOnly();
        try (TextFile text = TextFile.open(path)) {
            properties.load(new StringReader(text.text()));
        } catch (TextException e) {
            throw CommandException.usage("configuration file " + e.getMessage());
        } catch (IOException | IllegalArgumentException e) {
            throw CommandException.usage("configuration file " + path + ": it cannot be read: " + e.getMessage());
        }
        if (!properties.twice.isEmpty()) {
            throw CommandException.usage("configuration file " + path + ": it sets '" + properties.twice
                    + "' twice: remove one of the lines");
        }
        Map<String, String> entries = new TreeMap<>();
        properties.stringPropertyNames().forEach(name -> entries.put(name, properties.getProperty(name)));
        return entries;
    }

    /** Of a key that is there twice Java's properties silently take the last value. */
    private static final class OnceOnly extends Properties {
        private static final long serialVersionUID = 1L;

        private String twice = "";

        @Override
        public synchronized Object put(Object key, Object value) {
            if (containsKey(key)) {
                twice = key.toString();
            }
            return super.put(key, value);
        }
    }
}
