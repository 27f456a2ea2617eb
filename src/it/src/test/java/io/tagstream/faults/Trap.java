package io.tagstream.faults;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Waits on a {@link Link} for the n-th request of a kind and then strikes, once, on whatever thread comes along. What becomes of the
 * request is its {@link Fate}.
 */
final class Trap {
    private static final int LONGEST_DELAY = 30;

    /** What becomes of the request at which a trap strikes. */
    enum Fate {
        /** The broker never sees it. */
        LOST,
        /** The broker sees it some milliseconds before the strike. */
        DONE,
        /** The broker sees it when the trap is {@link #release}d: a write of somebody long thought dead. */
        HELD
    }

    private final Moment moment;
    private final AtomicInteger left;
    private final Fate fate;
    private final Duration delay;
    private final Runnable strike;
    private final CompletableFuture<Void> struck = new CompletableFuture<>();
    private final CompletableFuture<Void> released = new CompletableFuture<>();

    private Trap(Moment moment, int place, Fate fate, Duration delay, Runnable strike) {
        this.moment = moment;
        this.left = new AtomicInteger(place);
        this.fate = fate;
        this.delay = delay;
        this.strike = strike;
    }

    /** At one of some moments, within so many requests, the request lost or done, at once or some milliseconds later. */
    static Trap random(Random random, int places, Runnable strike, Moment... moments) {
        return random(random, places, random.nextBoolean() ? Fate.LOST : Fate.DONE, strike, moments);
    }

    /** The same, with this fate. */
    static Trap random(Random random, int places, Fate fate, Runnable strike, Moment... moments) {
        Moment moment = moments[random.nextInt(moments.length)];
        int millis = random.nextBoolean() ? 0 : random.nextInt(LONGEST_DELAY);
        return new Trap(moment, 1 + random.nextInt(places), fate, Duration.ofMillis(millis), strike);
    }

    /**
     * Looks at a request on its way to the broker, and may keep the caller waiting.
     *
     * @return whether it may go on
     */
    boolean lets(byte[] request) {
        if (struck.isDone() || !moment.is(request) || left.decrementAndGet() != 0) {
            return true;
        }
        switch (fate) {
            case LOST -> {
                strike();
                return false;
            }
            case DONE ->
                CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS)
                        .execute(this::strike);
            case HELD -> {
                strike();
                released.join();
            }
        }
        return true;
    }

    private void strike() {
        try {
            strike.run();
            struck.complete(null);
        } catch (RuntimeException e) {
            struck.completeExceptionally(e);
        }
    }

    /** Done when it has struck. */
    CompletableFuture<Void> struck() {
        return struck;
    }

    /** Lets go what is {@link Fate#HELD}. */
    void release() {
        released.complete(null);
    }

    @Override
    public String toString() {
        return moment + ", the request " + fate;
    }
}
