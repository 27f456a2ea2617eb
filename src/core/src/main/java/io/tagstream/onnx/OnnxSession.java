package io.tagstream.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensorLike;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.RunOptions;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.TensorInfo;
import io.tagstream.model.GraphSignature;
import io.tagstream.model.InvalidModelException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * An ONNX Runtime session that runs each call on the thread that makes it: parallelism comes from the callers' threads alone. For any
 * number of threads; {@link OrtException} goes no further than this class and its callers in this package.
 */
public final class OnnxSession implements AutoCloseable {
    /** What an ONNX file begins with: the tag of the IR version. */
    private static final int ONNX_FIRST_TAG = 0x08;

    private final OrtEnvironment environment;
    private final OrtSession session;
    private final RunOptions options;
    private final String source;

    private OnnxSession(OrtEnvironment environment, OrtSession session, String source) throws OrtException {
        this.environment = environment;
        this.session = session;
        this.source = source;
        this.options = new RunOptions();
        // What goes wrong travels in exceptions; ONNX Runtime would print it as well.
        options.setLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
    }

    /** @throws InvalidModelException if ONNX Runtime cannot load the bytes */
    public static OnnxSession open(byte[] bytes, String source) {
        if (bytes.length == 0) {
            throw invalid(source, "found an empty file, expected an ONNX model: copy or export it again");
        }
        OrtEnvironment environment = OnnxLibrary.environment(); // before any other class of ONNX Runtime
        try (SessionOptions options = new SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            options.setExecutionMode(SessionOptions.ExecutionMode.SEQUENTIAL);
            options.setOptimizationLevel(SessionOptions.OptLevel.ALL_OPT);
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
            options.addConfigEntry("session.intra_op.allow_spinning", "0");
            options.addConfigEntry("session.inter_op.allow_spinning", "0");
            return new OnnxSession(environment, environment.createSession(bytes, options), source);
        } catch (OrtException e) {
            throw invalid(source, unreadable(bytes, e));
        }
    }

    private static InvalidModelException invalid(String source, String problem) {
        return new InvalidModelException(source, List.of(problem));
    }

    private static String unreadable(byte[] bytes, OrtException e) {
        if (e.getCode() != OrtException.OrtErrorCode.ORT_INVALID_PROTOBUF) {
            return "found an ONNX file that ONNX Runtime cannot load (" + e.getMessage()
                    + "), expected one of opset 17 or so: export it again";
        }
        return bytes[0] == ONNX_FIRST_TAG
                ? "found " + bytes.length
                        + " bytes that begin like ONNX and then break off or are damaged, expected a whole"
                        + " file: copy or export it again"
                : "found a file that is not ONNX, expected an ONNX model: check the path";
    }

    OrtEnvironment environment() {
        return environment;
    }

    public String source() {
        return source;
    }

    public Map<String, String> metadata() {
        try {
            return session.getMetadata().getCustomMetadata();
        } catch (OrtException e) {
            throw failed("its metadata", e);
        }
    }

    public GraphSignature signature() {
        try {
            return new GraphSignature(specs(session.getInputInfo()), specs(session.getOutputInfo()));
        } catch (OrtException e) {
            throw failed("its inputs and outputs", e);
        }
    }

    private static Map<String, GraphSignature.Spec> specs(Map<String, NodeInfo> nodes) {
        Map<String, GraphSignature.Spec> specs = new TreeMap<>();
        nodes.forEach((name, node) -> specs.put(
                name,
                node.getInfo() instanceof TensorInfo tensor
                        ? new GraphSignature.Spec(
                                tensor.type.toString().toLowerCase(Locale.ROOT),
                                Arrays.stream(tensor.getShape()).boxed().toList())
                        : new GraphSignature.Spec("no tensor", List.of())));
        return specs;
    }

    /** Runs the graph into tensors of the caller. */
    public void run(Map<String, ? extends OnnxTensorLike> inputs, Map<String, ? extends OnnxValue> outputs)
            throws OrtException {
        session.run(inputs, Set.of(), outputs, options).close();
    }

    /** Runs the graph into new tensors, which the caller closes. */
    public OrtSession.Result run(Map<String, ? extends OnnxTensorLike> inputs, Set<String> outputs)
            throws OrtException {
        return session.run(inputs, outputs, options);
    }

    /** The one place where a failure of ONNX Runtime becomes ours. */
    public InferenceException failed(String what, OrtException cause) {
        return new InferenceException(
                "ONNX Runtime failed on model " + source + ", " + what + ": " + cause.getMessage(), cause);
    }

    @Override
    public void close() {
        options.close();
        try {
            session.close();
        } catch (OrtException e) {
            throw failed("closing it", e);
        }
    }
}
