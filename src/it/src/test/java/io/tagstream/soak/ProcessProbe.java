package io.tagstream.soak;

import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** Looks into a running JVM from outside, as an operator does: Linux says what it takes of the machine, JMX what it does inside. */
final class ProcessProbe implements AutoCloseable {
    private static final long MEBI = 1 << 20;
    private static final ObjectName MEMORY = name("java.lang:type=Memory");
    private static final ObjectName THREADS = name("java.lang:type=Threading");
    private static final ObjectName STORES = name("kafka.streams:type=stream-state-metrics,*");
    private static final ObjectName TAGGING = name("kafka.streams:type=tagstream-metrics,*");

    private final long pid;
    private final JMXConnector connector;
    private final MBeanServerConnection beans;

    /**
     * @param rss resident memory of the process, MiB
     * @param heap what is left on the heap after a collection, MiB
     * @param rocksDb blocks, indices, filters and write buffers of RocksDB, MiB
     * @param threads of the JVM
     * @param files open file handles
     */
    record Sample(double rss, double heap, double rocksDb, int threads, int files) {}

    @SuppressWarnings("BanJNDI") // The address comes from the process that the test itself has started.
    ProcessProbe(long pid) throws Exception {
        this.pid = pid;
        VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
        try {
            connector = JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent()));
        } finally {
            machine.detach();
        }
        beans = connector.getMBeanServerConnection();
    }

    /** Collects garbage first, so that the heap shows what is kept. */
    Sample sample() throws IOException, JMException {
        beans.invoke(MEMORY, "gc", new Object[0], new String[0]);
        CompositeData heap = (CompositeData) beans.getAttribute(MEMORY, "HeapMemoryUsage");
        return new Sample(
                rss(),
                (double) (Long) heap.get("used") / MEBI,
                rocksDb(),
                (Integer) beans.getAttribute(THREADS, "ThreadCount"),
                files());
    }

    private double rss() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(pid), "status"))) {
            String line =
                    lines.filter(each -> each.startsWith("VmRSS:")).findFirst().orElseThrow();
            return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
        }
    }

    private int files() throws IOException {
        try (Stream<Path> handles = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
            return (int) handles.count();
        }
    }

    /** Every store says the same of the cache that all share; the write buffers are charged to it. */
    private double rocksDb() throws IOException, JMException {
        double most = 0;
        for (ObjectName store : beans.queryNames(STORES, null)) {
            most = Math.max(most, number(store, "block-cache-usage"));
        }
        return most / MEBI;
    }

    /** The sum over all tasks of one of the application's own metrics. */
    long count(String metric) throws IOException, JMException {
        double sum = 0;
        for (ObjectName task : beans.queryNames(TAGGING, null)) {
            sum += number(task, metric);
        }
        return (long) sum;
    }

    private double number(ObjectName bean, String attribute) throws IOException, JMException {
        return ((Number) beans.getAttribute(bean, attribute)).doubleValue();
    }

    private static ObjectName name(String name) {
        try {
            return new ObjectName(name);
        } catch (MalformedObjectNameException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Override
    public void close() throws IOException {
        connector.close();
    }
}
