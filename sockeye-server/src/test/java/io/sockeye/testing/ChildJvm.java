// SPDX-License-Identifier: Apache-2.0
package io.sockeye.testing;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.File;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A program of the tests in a JVM of its own, where nothing else is measured with it: no leak detector, no other tests. The two
 * speak in lines; those of the program begin with a mark, as libraries may write there too. Not thread-safe.
 */
public final class ChildJvm implements AutoCloseable {
    private static final String MARK = "measured: ";

    /** One, as the JVM keeps all that there ever were for a descriptor. */
    private static final PrintStream OUT =
            new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);

    private final Process process;
    private final BufferedReader lines;

    /** Starts a program with the class path of this JVM. */
    public ChildJvm(Class<?> program, String... arguments) throws IOException {
        this(System.getProperty("java.class.path"), program, arguments);
    }

    /** Starts a program with those entries of the class path of this JVM that are chosen. */
    public static ChildJvm with(Predicate<String> chosen, Class<?> program, String... arguments) throws IOException {
        String classPath = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(chosen)
                .collect(Collectors.joining(File.pathSeparator));
        return new ChildJvm(classPath, program, arguments);
    }

    private ChildJvm(String classPath, Class<?> program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                "-Xmx512m",
                "-Xbatch",
                "-Dio.netty.leakDetection.level=disabled",
                "-cp",
                classPath,
                program.getName()));
        command.addAll(List.of(arguments));
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        lines = process.inputReader(StandardCharsets.UTF_8);
    }

    /** In the program: where it writes lines for {@link #read}. */
    public static void write(String line) {
        OUT.println(MARK + line);
    }

    /** The next line of the program. */
    public String read() throws IOException {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith(MARK)) {
                return line.substring(MARK.length());
            }
        }
        throw new EOFException("the program has ended without a word");
    }

    /** Sends an empty line to the program. */
    public void ask() throws IOException {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
