// SPDX-License-Identifier: Apache-2.0
package io.sockeye.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.SockeyeBuilder;
import io.sockeye.api.DisconnectReason;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the pages against the code. */
class DocumentationTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final boolean UPDATE = Boolean.getBoolean("sockeye.docs.update");
    private static final Pattern LINK = Pattern.compile("]\\((?!https?://|#)([^)#\\s]+)(#[^)\\s]*)?\\)");
    private static final Pattern MEMBER = Pattern.compile("`([A-Z]\\w+)\\.([a-z]\\w+)");

    @Test
    void codeBlocksAreCutFromExamples() throws IOException {
        List<String> faults = new ArrayList<>();
        for (Path page : pages()) {
            Snippets snippets = Snippets.of(ROOT, page);
            faults.addAll(snippets.faults());
            if (UPDATE && snippets.faults().isEmpty()) {
                snippets.update();
            } else if (!snippets.upToDate()) {
                faults.add(ROOT.relativize(page) + " has a block that differs from its example: run ./dev docs");
            }
        }
        assertThat(faults).isEmpty();
    }

    @Test
    void linksLeadSomewhere() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path page : pages()) {
            Matcher link = LINK.matcher(Files.readString(page));
            while (link.find()) {
                if (Files.notExists(page.resolveSibling(link.group(1)))) {
                    broken.add(ROOT.relativize(page) + " -> " + link.group(1));
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    /** A page that says {@code `RoomIndex.broadcast`} means a member of that name in that class. */
    @Test
    void namedMembersExist() throws IOException {
        Map<String, String> sources = sources();
        List<String> missing = new ArrayList<>();
        for (Path page : pages()) {
            Matcher member = MEMBER.matcher(Files.readString(page));
            while (member.find()) {
                String source = sources.getOrDefault(member.group(1), "");
                if (!Pattern.compile("\\b" + member.group(2) + "\\b")
                        .matcher(source)
                        .find()) {
                    missing.add(ROOT.relativize(page) + ": " + member.group(1) + "." + member.group(2));
                }
            }
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void everyOptionIsOnTheOptionsPage() throws IOException {
        String page = Files.readString(ROOT.resolve("docs/guide/options.md"));
        assertThat(Stream.of(SockeyeBuilder.class.getDeclaredMethods())
                        .filter(method -> Modifier.isPublic(method.getModifiers()))
                        .filter(method -> method.getReturnType() == SockeyeBuilder.class)
                        .map(Method::getName)
                        .filter(name -> !page.contains("`" + name + "`")))
                .isEmpty();
    }

    @Test
    void everyDisconnectReasonIsOnTheErrorsPage() throws IOException {
        String page = Files.readString(ROOT.resolve("docs/guide/errors.md"));
        assertThat(Stream.of(DisconnectReason.values())
                        .filter(reason -> !page.contains("`" + reason.name() + "` | `" + reason.text() + "`")))
                .isEmpty();
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> top = Files.list(ROOT);
                Stream<Path> below = Files.walk(ROOT.resolve("docs"))) {
            return Stream.concat(top, below)
                    .filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        }
    }

    /** The sources of the product by the name of the class. */
    private static Map<String, String> sources() throws IOException {
        Map<String, String> sources = new HashMap<>();
        for (String module : List.of("sockeye-protocol", "sockeye-server")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/main/java"))) {
                for (Path file :
                        files.filter(path -> path.toString().endsWith(".java")).toList()) {
                    String name = file.getFileName().toString();
                    sources.put(name.substring(0, name.length() - ".java".length()), Files.readString(file));
                }
            }
        }
        return sources;
    }
}
