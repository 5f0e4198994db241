// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.http;

import java.util.regex.Pattern;

/** How long clients may keep a file without asking. */
final class CachePolicy {
    private static final String ALWAYS_ASK = "no-cache";
    private static final String FOREVER = "public, max-age=31536000, immutable";
    private static final String ASK = "public, max-age=0, must-revalidate";

    /** The part of a name that may be a content hash: between the last dash or dot and the extensions. */
    private static final Pattern HASHED = Pattern.compile(".+[-.]([A-Za-z0-9_-]{8,64})(\\.[a-z0-9]{1,12}){1,2}");

    private static final Pattern HEXADECIMAL = Pattern.compile("[0-9a-f]{8,64}");
    private static final int SHORT_HASH = 8;

    private CachePolicy() {}

    static String of(String fileName) {
        if (MediaTypes.of(fileName).equals(MediaTypes.HTML)) {
            return ALWAYS_ASK;
        }
        return namesContent(fileName) ? FOREVER : ASK;
    }

    /** Whether the name changes with the content, as bundlers make it: {@code index-B3k2x9aQ.js}. */
    private static boolean namesContent(String fileName) {
        var match = HASHED.matcher(fileName);
        if (!match.matches()) {
            return false;
        }
        String whole = match.group(1);
        String eight = whole.substring(Math.max(0, whole.length() - SHORT_HASH));
        boolean separated = whole.length() == SHORT_HASH || whole.charAt(whole.length() - SHORT_HASH - 1) == '-';
        if (separated && looksRandom(eight)) {
            return true;
        }
        return HEXADECIMAL.matcher(whole).matches() && looksRandom(whole);
    }

    /* Words, dates and version numbers have letters or digits only; a capital at the start of a word proves nothing. */
    private static boolean looksRandom(String text) {
        boolean letter = text.chars().anyMatch(Character::isLetter);
        boolean digit = text.chars().anyMatch(Character::isDigit);
        boolean capitalInside = text.chars().skip(1).anyMatch(Character::isUpperCase);
        return letter && (digit || capitalInside);
    }
}
