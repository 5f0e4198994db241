// SPDX-License-Identifier: Apache-2.0
package io.sockeye.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The short form of fuzzing that is part of every test run: the committed seeds of a target, and inputs made of them. The
 * inputs are the same in every run; new ones are the business of {@code ./dev fuzz}. Stateless.
 */
public final class FuzzSeeds {
    private static final Path DIRECTORY = Path.of("src", "test", "fuzz");
    private static final int LONGEST = 4096;

    private FuzzSeeds() {}

    /**
     * Gives a target its seeds, then inputs with a few faults each.
     *
     * @param type the class of the target, whose seeds are in {@code src/test/fuzz} under its simple name
     * @throws AssertionError if the target throws; the message has the input in hexadecimal digits
     */
    public static void run(Class<?> type, Consumer<byte[]> target, int rounds) throws IOException {
        List<byte[]> seeds = seeds(DIRECTORY.resolve(type.getSimpleName()));
        seeds.forEach(seed -> runOne(target, seed));
        SplittableRandom random = new SplittableRandom(1);
        for (int round = 0; round < rounds; round++) {
            byte[] input = seeds.get(random.nextInt(seeds.size()));
            for (int faults = random.nextInt(4); faults >= 0; faults--) {
                input = withFault(input, seeds.get(random.nextInt(seeds.size())), random);
            }
            runOne(target, input);
        }
    }

    private static List<byte[]> seeds(Path directory) throws IOException {
        List<byte[]> seeds = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.sorted().toList()) {
                seeds.add(Files.readAllBytes(file));
            }
        }
        return seeds;
    }

    private static void runOne(Consumer<byte[]> target, byte[] input) {
        try {
            target.accept(input);
        } catch (RuntimeException | Error failure) {
            throw new AssertionError("input " + HexFormat.of().formatHex(input), failure);
        }
    }

    /** Puts a part of another input, or a byte, in the place of some bytes. */
    private static byte[] withFault(byte[] input, byte[] other, SplittableRandom random) {
        ByteArrayOutputStream faulty = new ByteArrayOutputStream();
        int place = random.nextInt(input.length + 1);
        int skipped = Math.min(random.nextInt(4), input.length - place);
        faulty.write(input, 0, place);
        switch (random.nextInt(4)) {
            case 0 -> {}
            case 1 -> faulty.write(random.nextInt(256));
            case 2 -> {
                if (place < input.length) {
                    faulty.write(input[place] ^ 1 << random.nextInt(8));
                }
            }
            default -> {
                int start = random.nextInt(other.length + 1);
                faulty.write(other, start, random.nextInt(other.length - start + 1));
            }
        }
        faulty.write(input, place + skipped, input.length - place - skipped);
        return faulty.size() > LONGEST ? input : faulty.toByteArray();
    }
}
