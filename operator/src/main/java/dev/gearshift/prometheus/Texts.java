package dev.gearshift.prometheus;

import org.jspecify.annotations.Nullable;

/**
 * Keeps texts that were seen lately, so that the labels of a long answer, which are mostly the same few, are not made anew for every
 * element. Holds a fixed number of them, whatever comes; one that is pushed out is made again.
 */
final class Texts {

    private static final int PLACES = 1 << 13;
    private static final int LONGEST = 128;

    private final @Nullable String[] known = new String[PLACES];

    /** The characters as a text. */
    String of(char[] characters, int offset, int length) {
        if (length > LONGEST) {
            return new String(characters, offset, length);
        }
        int hash = length;
        for (int i = 0; i < length; i++) {
            hash = 31 * hash + characters[offset + i];
        }
        int place = (hash ^ hash >>> 13) & (PLACES - 1);
        String kept = known[place];
        if (kept != null && isSame(kept, characters, offset, length)) {
            return kept;
        }
        String made = new String(characters, offset, length);
        known[place] = made;
        return made;
    }

    private static boolean isSame(String kept, char[] characters, int offset, int length) {
        if (kept.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (kept.charAt(i) != characters[offset + i]) {
                return false;
            }
        }
        return true;
    }
}
