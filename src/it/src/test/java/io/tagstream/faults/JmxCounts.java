package io.tagstream.faults;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import io.tagstream.stream.TaggingMetrics;
import java.io.IOException;
import java.util.Arrays;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** Reads the metrics of another process as a monitoring system does. */
final class JmxCounts {
    private JmxCounts() {}

    /** The sum over all tasks of one of {@link TaggingMetrics}. */
    @SuppressWarnings("BanJNDI") // The address is that of an agent in a process that the test started.
    static long of(long pid, String metric) {
        try {
            VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
            try (JMXConnector connector =
                    JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent()))) {
                return sum(connector.getMBeanServerConnection(), metric);
            } finally {
                machine.detach();
            }
        } catch (IOException | AttachNotSupportedException | JMException e) {
            throw new IllegalStateException("no metrics of the process " + pid, e);
        }
    }

    private static long sum(MBeanServerConnection beans, String metric) throws IOException, JMException {
        double sum = 0;
        int found = 0;
        for (ObjectName bean : beans.queryNames(new ObjectName("*:type=" + TaggingMetrics.GROUP + ",*"), null)) {
            boolean has = Arrays.stream(beans.getMBeanInfo(bean).getAttributes())
                    .anyMatch(attribute -> attribute.getName().equals(metric));
            if (has) {
                found++;
                sum += ((Number) beans.getAttribute(bean, metric)).doubleValue();
            }
        }
        if (found == 0) {
            throw new IllegalStateException("JMX has no " + metric);
        }
        return (long) sum;
    }
}
