package io.tagstream.train;

import io.tagstream.data.LabelShares;
import io.tagstream.data.LabelledSentence;
import io.tagstream.data.LayerColumn;
import io.tagstream.recipe.TrainSettings;
import io.tagstream.recipe.TrainingException;
import io.tagstream.words.WordVectors;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** What the outcome of a training depends on, by name: each setting as it is, and a digest of each corpus, vector and teacher. */
final class RunFingerprint {
    private RunFingerprint() {}

    /** @throws TrainingException if a teacher cannot be read */
    static Map<String, String> of(TrainSettings settings, Corpora corpora, WordVectors vectors) {
        Map<String, String> run = new LinkedHashMap<>();
        addComponents(settings.network(), run);
        addComponents(settings.learning(), run);
        run.put(
                "layers",
                settings.corpora().layers().stream()
                        .map(LayerColumn::name)
                        .toList()
                        .toString());
        run.put("the training corpus", digest(corpora.train()));
        run.put("the dev corpus", digest(corpora.dev()));
        run.put("the silver corpus", digest(corpora.silver()));
        run.put("the word vectors", digest(vectors));
        run.put("the teachers", digestOfFiles(settings.teachers()));
        return run;
    }

    /** What differs between two runs, for people; empty where nothing does. */
    static List<String> differences(Map<String, String> then, Map<String, String> now) {
        List<String> differences = new ArrayList<>();
        now.forEach((name, value) -> {
            String old = then.getOrDefault(name, "not there");
            if (!old.equals(value)) {
                boolean isDigest = name.startsWith("the ");
                differences.add(isDigest ? name + " was another" : name + " was " + old + " and is " + value);
            }
        });
        return differences;
    }

    private static void addComponents(Record settings, Map<String, String> run) {
        for (RecordComponent component : settings.getClass().getRecordComponents()) {
            try {
                run.put(
                        component.getName(),
                        Objects.toString(component.getAccessor().invoke(settings)));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("a record's accessor cannot be called", e);
            }
        }
    }

    private static String digest(List<LabelledSentence> corpus) {
        MessageDigest digest = newDigest();
        for (LabelledSentence sentence : corpus) {
            digest.update((byte) (sentence.beginsDocument() ? 1 : 0));
            sentence.forms().forEach(form -> add(digest, form));
            new TreeMap<>(sentence.labels()).forEach((layer, labels) -> {
                add(digest, layer);
                labels.forEach(label -> add(digest, label));
            });
            new TreeMap<>(sentence.soft()).forEach((layer, shares) -> {
                add(digest, layer);
                for (LabelShares share : shares) {
                    add(digest, share.labels().toString());
                    add(digest, share.percents().toString());
                }
            });
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static String digest(WordVectors vectors) {
        MessageDigest digest = newDigest();
        vectors.byWord().forEach((word, vector) -> {
            add(digest, word);
            ByteBuffer bytes = ByteBuffer.allocate(vector.length * Float.BYTES);
            bytes.asFloatBuffer().put(vector);
            digest.update(bytes);
        });
        return HexFormat.of().formatHex(digest.digest());
    }

    private static String digestOfFiles(List<Path> files) {
        MessageDigest digest = newDigest();
        for (Path file : files) {
            try {
                digest.update(Files.readAllBytes(file));
            } catch (IOException e) {
                throw new TrainingException("the teacher " + file + " cannot be read: " + e.getMessage(), e);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** With its length, so that where a text ends counts too. */
    private static void add(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
        digest.update(bytes);
    }

    private static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
