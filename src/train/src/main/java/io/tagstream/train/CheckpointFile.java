package io.tagstream.train;

import io.tagstream.batch.DocumentStreams;
import io.tagstream.encode.View;
import io.tagstream.network.Learner;
import io.tagstream.recipe.TrainingException;
import io.tagstream.result.EpochReport;
import io.tagstream.result.WholeFile;
import io.tagstream.text.UsageException;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;

/**
 * A {@link Checkpoint} on disk, written at the end of every epoch and removed with the training's. All numbers big-endian: {@value #MAGIC},
 * the format's version, the components of the record and of its {@link Progress} in their order (maps and lists with their size first, arrays with their length), and the
 * CRC-32C of all that as a long.
 */
public final class CheckpointFile {
    private static final int MAGIC = 0x5453434b;
    private static final int VERSION = 2;

    /** A damaged length must not ask for all memory. */
    private static final int LARGEST = (1 << 29) - 1;

    /** Only whole epochs come into the file. */
    private static final double WHOLE = 1;

    private final Path file;

    CheckpointFile(Path file) {
        this.file = file;
    }

    Path path() {
        return file;
    }

    /** @throws TrainingException if it cannot be written */
    void write(Checkpoint checkpoint) {
        try {
            WholeFile.write(file, out -> write(checkpoint, out));
        } catch (IOException e) {
            throw new TrainingException("the checkpoint cannot be written to " + file + ": " + e.getMessage(), e);
        }
    }

    /** Takes it away, if it is there. */
    void delete() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new TrainingException("the checkpoint " + file + " cannot be removed: " + e.getMessage(), e);
        }
    }

    /**
     * @throws UsageException if there is none
     * @throws TrainingException if it is damaged, or has the format of another version
     */
    Checkpoint read() {
        try (InputStream input = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            CheckedInputStream checked = new CheckedInputStream(input, new CRC32C());
            DataInputStream in = new DataInputStream(checked);
            if (in.readInt() != MAGIC) {
                throw new TrainingException(file + " is no checkpoint of a training; leave --resume out to start over");
            }
            int version = in.readInt();
            if (version != VERSION) {
                throw new TrainingException(
                        "the checkpoint " + file + " has format " + version + ", expected " + VERSION
                                + "; go on with the version of Tagstream that wrote it, or leave --resume out to start over");
            }
            Checkpoint checkpoint = readBody(in);
            long sum = checked.getChecksum().getValue();
            if (in.readLong() != sum) {
                throw damaged();
            }
            return checkpoint;
        } catch (NoSuchFileException e) {
            throw new UsageException(
                    "there is no checkpoint " + file
                            + " to go on from, which the end of the first epoch writes and the end of training removes; leave --resume out to start",
                    e);
        } catch (EOFException e) {
            throw damaged();
        } catch (IOException e) {
            throw new TrainingException("the checkpoint " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private TrainingException damaged() {
        return new TrainingException("the checkpoint " + file + " is damaged; leave --resume out to start over");
    }

    private static void write(Checkpoint checkpoint, OutputStream plain) throws IOException {
        CheckedOutputStream checked = new CheckedOutputStream(plain, new CRC32C());
        DataOutputStream out = new DataOutputStream(checked);
        out.writeInt(MAGIC);
        out.writeInt(VERSION);
        out.writeInt(checkpoint.run().size());
        for (Map.Entry<String, String> entry : checkpoint.run().entrySet()) {
            out.writeUTF(entry.getKey());
            out.writeUTF(entry.getValue());
        }
        out.writeInt(checkpoint.epochs().size());
        for (EpochReport report : checkpoint.epochs()) {
            writeReport(report, out);
        }
        writeProgress(checkpoint.progress(), out);
        out.writeLong(checked.getChecksum().getValue());
        out.flush();
    }

    private Checkpoint readBody(DataInputStream in) throws IOException {
        Map<String, String> run = new LinkedHashMap<>();
        for (int left = length(in); left > 0; left--) {
            String name = in.readUTF();
            run.put(name, in.readUTF());
        }
        List<EpochReport> epochs = new ArrayList<>();
        for (int left = length(in); left > 0; left--) {
            epochs.add(readReport(in));
        }
        return new Checkpoint(run, epochs, readProgress(in));
    }

    private static void writeProgress(Progress progress, DataOutputStream out) throws IOException {
        out.writeInt(progress.epoch());
        out.writeLong(progress.done());
        out.writeLong(progress.steps());
        writeWeights(progress.network(), out);
        writeWeights(progress.average(), out);
        writeWeights(progress.best().byName(), out);
        out.writeDouble(progress.best().accuracy());
        out.writeInt(progress.best().epoch());
        out.writeInt(progress.learner().optimizer().length);
        out.write(progress.learner().optimizer());
        writeStates(progress.learner().h(), out);
        writeStates(progress.learner().c(), out);
        writePosition(progress.documents(), out);
    }

    private Progress readProgress(DataInputStream in) throws IOException {
        int epoch = in.readInt();
        long done = in.readLong();
        long steps = in.readLong();
        Map<String, float[]> network = readWeights(in);
        Map<String, float[]> average = readWeights(in);
        Map<String, float[]> best = readWeights(in);
        Progress.Best kept = new Progress.Best(best, in.readDouble(), in.readInt());
        byte[] optimizer = bytes(in, length(in));
        Learner.State learner = new Learner.State(optimizer, readStates(in), readStates(in));
        return new Progress(epoch, done, steps, network, average, kept, learner, readPosition(in));
    }

    private static void writeWeights(Map<String, float[]> weights, DataOutputStream out) throws IOException {
        out.writeInt(weights.size());
        for (Map.Entry<String, float[]> tensor : weights.entrySet()) {
            out.writeUTF(tensor.getKey());
            writeFloats(tensor.getValue(), out);
        }
    }

    private Map<String, float[]> readWeights(DataInputStream in) throws IOException {
        Map<String, float[]> weights = new LinkedHashMap<>();
        for (int left = length(in); left > 0; left--) {
            String name = in.readUTF();
            weights.put(name, readFloats(in));
        }
        return weights;
    }

    private static void writeStates(float[][] states, DataOutputStream out) throws IOException {
        out.writeInt(states.length);
        for (float[] state : states) {
            writeFloats(state, out);
        }
    }

    private float[][] readStates(DataInputStream in) throws IOException {
        float[][] states = new float[length(in)][];
        for (int stream = 0; stream < states.length; stream++) {
            states[stream] = readFloats(in);
        }
        return states;
    }

    private static void writePosition(DocumentStreams.Position position, DataOutputStream out) throws IOException {
        out.writeLong(position.taken());
        out.writeInt(position.streams().size());
        for (DocumentStreams.Place place : position.streams()) {
            out.writeLong(place.document());
            out.writeInt(place.piece());
            out.writeUTF(place.view().name());
        }
    }

    private DocumentStreams.Position readPosition(DataInputStream in) throws IOException {
        long taken = in.readLong();
        List<DocumentStreams.Place> streams = new ArrayList<>();
        for (int left = length(in); left > 0; left--) {
            streams.add(new DocumentStreams.Place(in.readLong(), in.readInt(), readView(in)));
        }
        return new DocumentStreams.Position(taken, streams);
    }

    private View readView(DataInputStream in) throws IOException {
        try {
            return View.valueOf(in.readUTF());
        } catch (IllegalArgumentException e) {
            throw damaged();
        }
    }

    private static void writeReport(EpochReport report, DataOutputStream out) throws IOException {
        out.writeInt(report.epoch());
        out.writeDouble(report.loss());
        out.writeInt(report.devAccuracy().size());
        for (Map.Entry<String, Double> layer : report.devAccuracy().entrySet()) {
            out.writeUTF(layer.getKey());
            out.writeDouble(layer.getValue());
        }
        out.writeDouble(report.seconds());
        out.writeBoolean(report.best());
    }

    private EpochReport readReport(DataInputStream in) throws IOException {
        int epoch = in.readInt();
        double loss = in.readDouble();
        Map<String, Double> accuracy = new LinkedHashMap<>();
        for (int left = length(in); left > 0; left--) {
            String layer = in.readUTF();
            accuracy.put(layer, in.readDouble());
        }
        return new EpochReport(epoch, WHOLE, loss, accuracy, in.readDouble(), in.readBoolean());
    }

    private static void writeFloats(float[] values, DataOutputStream out) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES);
        bytes.asFloatBuffer().put(values);
        out.writeInt(values.length);
        out.write(bytes.array());
    }

    private float[] readFloats(DataInputStream in) throws IOException {
        float[] values = new float[length(in)];
        ByteBuffer.wrap(bytes(in, values.length * Float.BYTES)).asFloatBuffer().get(values);
        return values;
    }

    private int length(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > LARGEST) {
            throw damaged();
        }
        return length;
    }

    private static byte[] bytes(DataInputStream in, int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException();
        }
        return bytes;
    }
}
