package io.tagstream.faults;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What a broken disk does to one of the files in which Kafka Streams and RocksDB keep the states. */
final class FileDamage {
    private static final int MOST_FLIPS = 20;
    private static final int BITS = 8;

    private FileDamage() {}

    /** One file is shorter than it was, or empty. */
    static void truncate(Path stateDir, Trial trial) throws IOException {
        Path file = choose(stateDir, trial.random());
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate((long) (channel.size() * trial.random().nextDouble()));
        }
    }

    /** One file has some wrong bits. */
    static void flip(Path stateDir, Trial trial) throws IOException {
        Random random = trial.random();
        Path file = choose(stateDir, random);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            int flips = 1 + random.nextInt(MOST_FLIPS);
            for (int flip = 0; flip < flips; flip++) {
                long at = (long) (channel.size() * random.nextDouble());
                ByteBuffer one = ByteBuffer.allocate(1);
                channel.read(one, at);
                one.put(0, (byte) (one.get(0) ^ 1 << random.nextInt(BITS)));
                channel.write(one.rewind(), at);
            }
        }
    }

    /** A file with content; half of the time one of data, of which there are few among many of other kinds. */
    private static Path choose(Path stateDir, Random random) throws IOException {
        List<Path> all = new ArrayList<>();
        List<Path> data = new ArrayList<>();
        for (Path file : Directories.files(stateDir)) {
            String name = file.getFileName().toString();
            // The log is for people.
            if (Files.size(file) > 0 && !name.startsWith("LOG")) {
                all.add(file);
                if (name.endsWith(".sst")) {
                    data.add(file);
                }
            }
        }
        List<Path> from = data.isEmpty() || random.nextBoolean() ? all : data;
        Path chosen = from.get(random.nextInt(from.size()));
        System.out.println("faults: damaging " + stateDir.relativize(chosen));
        return chosen;
    }
}
