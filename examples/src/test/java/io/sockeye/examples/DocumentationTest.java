// SPDX-License-Identifier: Apache-2.0
package io.sockeye.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.SockeyeBuilder;
import io.sockeye.api.DisconnectReason;
import io.sockeye.security.Jwks;
import io.sockeye.security.JwtAuthBuilder;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the pages against the code. */
class DocumentationTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final boolean UPDATE = Boolean.getBoolean("sockeye.docs.update");
    private static final Pattern LINK = Pattern.compile("]\\((?!https?://)([^)#\\s]*)(?:#([^)\\s]*))?\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");
    private static final Pattern TYPE = Pattern.compile("`([A-Z][a-z]+[A-Z]\\w*)`");
    /** Types of the JDK and of Netty that pages speak of. */
    private static final Set<String> FOREIGN_TYPES =
            Set.of("ReentrantLock", "HashedWheelTimer", "WebSocketServerProtocolHandler");

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
                Path target = link.group(1).isEmpty() ? page : page.resolveSibling(link.group(1));
                if (Files.notExists(target) || (link.group(2) != null && !hasHeading(target, link.group(2)))) {
                    broken.add(ROOT.relativize(page) + " -> " + link.group());
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    /** Whether a page has a heading that the anchor is made of, in the way of GitHub. */
    private static boolean hasHeading(Path page, String anchor) throws IOException {
        return HEADING.matcher(Files.readString(page))
                .results()
                .map(heading -> heading.group(1).toLowerCase(Locale.ROOT))
                .map(heading -> heading.replaceAll("[^\\w -]", "").replace(' ', '-'))
                .anyMatch(anchor::equals);
    }

    @Test
    void namedTypesExist() throws IOException {
        Set<String> known = new HashSet<>(FOREIGN_TYPES);
        for (Path sources : sourceFolders()) {
            try (Stream<Path> files = Files.walk(sources)) {
                files.map(file -> file.getFileName().toString())
                        .filter(name -> name.endsWith(".java"))
                        .forEach(name -> known.add(name.substring(0, name.length() - ".java".length())));
            }
        }
        List<String> missing = new ArrayList<>();
        for (Path page : pages()) {
            boolean aboutTheInside = page.getParent().equals(ROOT)
                    || !page.getParent().getFileName().toString().equals("guide");
            Matcher type = TYPE.matcher(aboutTheInside ? Files.readString(page) : "");
            while (type.find()) {
                if (!known.contains(type.group(1))) {
                    missing.add(ROOT.relativize(page) + ": " + type.group(1));
                }
            }
        }
        assertThat(missing).isEmpty();
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
    void everyOptionOfTokensIsOnTheirPage() throws IOException {
        String page = Files.readString(ROOT.resolve("docs/guide/jwt.md"));
        assertThat(Stream.of(JwtAuthBuilder.class, Jwks.Builder.class)
                        .flatMap(builder -> Stream.of(builder.getDeclaredMethods()))
                        .filter(method -> Modifier.isPublic(method.getModifiers()))
                        .map(Method::getName)
                        .filter(name -> !name.equals("build") && !page.contains("`" + name)))
                .isEmpty();
    }

    @Test
    void everyDisconnectReasonIsOnTheErrorsPage() throws IOException {
        String page = Files.readString(ROOT.resolve("docs/guide/errors.md"));
        assertThat(Stream.of(DisconnectReason.values())
                        .filter(reason -> !page.contains("`" + reason.name() + "` | `" + reason.text() + "`")))
                .isEmpty();
    }

    /** The Java folders of all modules. */
    private static List<Path> sourceFolders() throws IOException {
        try (Stream<Path> modules = Files.list(ROOT)) {
            return modules.flatMap(
                            module -> Stream.of(module.resolve("src/main/java"), module.resolve("src/test/java")))
                    .filter(Files::isDirectory)
                    .toList();
        }
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
        for (String module : List.of("sockeye-protocol", "sockeye-server", "sockeye-security", "sockeye-validation")) {
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
