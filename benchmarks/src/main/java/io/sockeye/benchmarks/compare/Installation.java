// SPDX-License-Identifier: Apache-2.0
package io.sockeye.benchmarks.compare;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where the built programs are, and what runs those that are written in Java.
 *
 * @param root the working copy
 * @param java the program
 * @param javaOptions the same for all servers
 */
record Installation(Path root, Path java, List<String> javaOptions) {
    /** The same with one more option. */
    Installation with(String javaOption) {
        List<String> options = new ArrayList<>(javaOptions);
        options.add(javaOption);
        return new Installation(root, java, options);
    }

    List<String> javaProgram(String module, String jar, String... arguments) {
        List<String> command = new ArrayList<>(List.of(java.toString()));
        command.addAll(javaOptions);
        command.addAll(List.of(
                "-jar",
                root.resolve(module).resolve("target/run").resolve(jar + ".jar").toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    List<String> nodeProgram(String script) {
        return List.of(
                "node", root.resolve("benchmarks/peers/node").resolve(script).toString());
    }

    /** The version of a library that a Java program was packed with. */
    String libraryVersion(String module, String library) {
        try (Stream<Path> files = Files.list(root.resolve(module).resolve("target/run/lib"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches(library + "-\\d.*\\.jar"))
                    .map(name -> name.substring(library.length() + 1, name.length() - ".jar".length()))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The version of an npm package that is installed for peers. */
    String packageVersion(String directory, String name) {
        return JsonMapper.shared()
                .readTree(root.resolve(directory)
                        .resolve("node_modules")
                        .resolve(name)
                        .resolve("package.json"))
                .get("version")
                .asString();
    }
}
