// SPDX-License-Identifier: Apache-2.0
package io.sockeye.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The code blocks of one Markdown page, each cut from a file that the build compiles or runs.
 *
 * <p>A comment {@code <!-- cut: FILE#REGION -->} stands before a fenced block. The region is what stands in the file between
 * {@code tag::REGION[]} and {@code end::REGION[]}, its indentation taken off. FILE is relative to the root of the repository.
 */
final class Snippets {
    private static final Pattern CUT = Pattern.compile("<!-- cut: (\\S+)#(\\S+) -->");
    private static final Pattern FENCE = Pattern.compile("```(\\w*)");
    private static final Pattern MARK = Pattern.compile(".*\\b(tag|end)::\\S+\\[].*");

    private final Path root;
    private final Path page;
    private final List<String> lines;
    private final List<String> wanted = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();

    private Snippets(Path root, Path page, List<String> lines) {
        this.root = root;
        this.page = page;
        this.lines = lines;
    }

    static Snippets of(Path root, Path page) throws IOException {
        Snippets snippets = new Snippets(root, page, Files.readAllLines(page));
        snippets.read();
        return snippets;
    }

    /** What is wrong that an update cannot put right. */
    List<String> faults() {
        return faults;
    }

    /** Whether all blocks are what their regions are. */
    boolean upToDate() {
        return wanted.equals(lines);
    }

    /** Writes the page with the blocks as they should be. */
    void update() throws IOException {
        Files.writeString(page, String.join("\n", wanted) + "\n");
    }

    private void read() throws IOException {
        int next = 0;
        while (next < lines.size()) {
            String line = lines.get(next++);
            wanted.add(line);
            Matcher fence = FENCE.matcher(line);
            if (fence.matches()) {
                next = block(next, fence.group(1));
            }
        }
    }

    /** Takes one block; returns the line after it. */
    private int block(int first, String language) throws IOException {
        int end = first;
        while (end < lines.size() && !lines.get(end).equals("```")) {
            end++;
        }
        Matcher cut = CUT.matcher(first < 2 ? "" : lines.get(first - 2));
        if (cut.matches()) {
            wanted.addAll(region(cut.group(1), cut.group(2)));
        } else {
            wanted.addAll(lines.subList(first, end));
            if (language.equals("java")) {
                faults.add(page.getFileName() + ":" + first + " a Java block without a line <!-- cut: FILE#REGION -->"
                        + " before it: cut it from an example");
            }
        }
        wanted.add("```");
        return end + 1;
    }

    private List<String> region(String file, String name) throws IOException {
        List<String> source = Files.readAllLines(root.resolve(file));
        int start = find(source, "tag::" + name + "[]");
        int end = find(source, "end::" + name + "[]");
        if (start < 0 || end < start) {
            faults.add(page.getFileName() + " names the region " + name + ", which is not in " + file);
            return List.of();
        }
        List<String> region = source.subList(start + 1, end).stream()
                .filter(line -> !MARK.matcher(line).matches())
                .toList();
        int indentation = region.stream()
                .filter(line -> !line.isBlank())
                .mapToInt(line -> line.length() - line.stripLeading().length())
                .min()
                .orElse(0);
        return region.stream()
                .map(line -> line.isBlank() ? "" : line.substring(indentation))
                .toList();
    }

    private static int find(List<String> source, String mark) {
        for (int i = 0; i < source.size(); i++) {
            if (source.get(i).contains(mark)) {
                return i;
            }
        }
        return -1;
    }
}
