package io.tagstream.faults;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A request of the application to the broker at which a fault strikes: where the application is in its work. */
enum Moment {
    /** It asks for sentences. */
    FETCHING(1, "-consumer"),
    /** It sends tagged sentences, states or dead letters within a transaction. */
    SENDING(0, "-producer"),
    /** It adds the input's offsets to the transaction. */
    COMMITTING_OFFSETS(28, "-producer"),
    /** It ends the transaction. */
    COMMITTING(26, "-producer"),
    /** It reads the changelog to restore its states. */
    RESTORING(1, "-restore-consumer"),
    /** It takes part in a rebalance. */
    JOINING(11, "-consumer");

    private static final int VERSION_BYTES = 2;

    private final int apiKey;
    private final String clientSuffix;

    /**
     * @param apiKey of Kafka's protocol
     * @param clientSuffix the end of the client id: of consumers, {@code -consumer} alone is the main one
     */
    Moment(int apiKey, String clientSuffix) {
        this.apiKey = apiKey;
        this.clientSuffix = clientSuffix;
    }

    /** Whether a request without its length field is such a one: api key, version, correlation id, client id. */
    boolean is(byte[] request) {
        ByteBuffer header = ByteBuffer.wrap(request);
        if (header.getShort() != apiKey) {
            return false;
        }
        header.position(header.position() + VERSION_BYTES + Integer.BYTES);
        int length = header.getShort();
        if (length < 0) {
            return false;
        }
        String client = new String(request, header.position(), length, StandardCharsets.UTF_8);
        return client.endsWith(clientSuffix)
                && (clientSuffix.equals(RESTORING.clientSuffix) || !client.endsWith(RESTORING.clientSuffix));
    }
}
