package io.tagstream.batch;

import io.tagstream.encode.Piece;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;

/**
 * The documents, over and over: each epoch all of the training corpus and a share of the silver one, in an order of its own. The shares go
 * through the silver corpus from end to end, in an order that changes each time, so that every document of it comes up as often.
 */
public final class EpochDocuments implements Iterator<List<Piece>> {
    private final List<List<Piece>> gold;
    private final List<List<Piece>> silver;
    private final long silverTokens;
    private final int epochs;
    private final Random order;
    private final List<Long> ends = new ArrayList<>(List.of(0L));
    private List<List<Piece>> current = List.of();
    private int next;
    private int nextSilver;

    /**
     * @param silverShare tokens of the silver corpus in an epoch for each one of the training corpus; where there are fewer, it is all of it
     * @param order the generator that the order comes from
     */
    public EpochDocuments(
            List<List<Piece>> gold, List<List<Piece>> silver, double silverShare, int epochs, Random order) {
        this.gold = gold;
        this.silver = new ArrayList<>(silver);
        this.silverTokens = Math.min(tokens(silver), Math.round(silverShare * tokens(gold)));
        this.nextSilver = silver.size();
        this.epochs = epochs;
        this.order = order;
    }

    /** The number of tokens of some documents. */
    static long tokens(List<List<Piece>> documents) {
        return documents.stream().flatMap(List::stream).mapToLong(Piece::length).sum();
    }

    /** Their number of pieces. */
    static long pieces(List<List<Piece>> documents) {
        return documents.stream().mapToLong(List::size).sum();
    }

    /** About how many pieces an epoch shows. */
    public long expectedPieces() {
        long silverPieces = silver.isEmpty() ? 0 : Math.round((double) pieces(silver) * silverTokens / tokens(silver));
        return pieces(gold) + silverPieces;
    }

    /** How many pieces the epochs up to and with one show; that one must have begun, or all documents of the one before have been taken. */
    public long end(int epoch) {
        if (epoch == ends.size() && next == current.size()) {
            begin();
        }
        return ends.get(epoch);
    }

    @Override
    public boolean hasNext() {
        return next < current.size() || ends.size() <= epochs;
    }

    @Override
    public List<Piece> next() {
        if (next == current.size()) {
            begin();
        }
        return current.get(next++);
    }

    private void begin() {
        if (ends.size() > epochs) {
            throw new NoSuchElementException("all epochs are through");
        }
        List<List<Piece>> epoch = new ArrayList<>(gold);
        takeSilver(epoch);
        Collections.shuffle(epoch, order);
        current = epoch;
        next = 0;
        ends.add(ends.get(ends.size() - 1) + pieces(epoch));
    }

    private void takeSilver(List<List<Piece>> epoch) {
        long tokens = 0;
        for (int taken = 0; taken < silver.size() && tokens < silverTokens; taken++) {
            if (nextSilver == silver.size()) {
                Collections.shuffle(silver, order);
                nextSilver = 0;
            }
            List<Piece> document = silver.get(nextSilver);
            nextSilver++;
            tokens += document.stream().mapToLong(Piece::length).sum();
            epoch.add(document);
        }
    }
}
