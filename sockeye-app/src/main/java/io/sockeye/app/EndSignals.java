// SPDX-License-Identifier: Apache-2.0
package io.sockeye.app;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;

/** SIGTERM and SIGINT: the first runs an orderly end, a second ends the process at once. */
/* A shutdown hook could do the first, but the JVM takes no second signal while hooks run. There is no supported interface to signals, so
 * the JDK's own is looked up; where it is not there, a hook it is.
 */
final class EndSignals {
    private static final String[] NAMES = {"TERM", "INT"};

    private final Runnable orderlyEnd;
    private final AtomicInteger signals = new AtomicInteger();

    private EndSignals(Runnable orderlyEnd) {
        this.orderlyEnd = orderlyEnd;
    }

    /** Takes the signals over for the life of the process. */
    static void handle(Runnable orderlyEnd) {
        EndSignals taken = new EndSignals(orderlyEnd);
        try {
            taken.register();
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            Runtime.getRuntime().addShutdownHook(new Thread(orderlyEnd, "sockeye-shutdown"));
        }
    }

    private void register() throws ReflectiveOperationException {
        Class<?> signal = Class.forName("sun.misc.Signal");
        Class<?> handler = Class.forName("sun.misc.SignalHandler");
        InvocationHandler calls = (proxy, method, arguments) -> switch (method.getName()) {
            case "handle" -> {
                received((int) signal.getMethod("getNumber").invoke(arguments[0]));
                yield null;
            }
            case "equals" -> proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            default -> "the end of the process";
        };
        Object ours = Proxy.newProxyInstance(EndSignals.class.getClassLoader(), new Class<?>[] {handler}, calls);
        for (String name : NAMES) {
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), ours);
        }
    }

    private void received(int number) {
        if (signals.incrementAndGet() > 1) {
            Runtime.getRuntime().halt(128 + number);
        }
        Thread end = new Thread(orderlyEnd, "sockeye-shutdown");
        end.setDaemon(false);
        end.start();
    }
}
