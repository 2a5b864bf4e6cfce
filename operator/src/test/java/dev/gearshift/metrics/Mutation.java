package dev.gearshift.metrics;

import java.util.Random;

/** Damages a text here and there, as a broken peer or line would. */
public final class Mutation {

    private Mutation() {}

    /** One to four changes: something cut out, put in, doubled or replaced. */
    public static String of(Random random, String text, String... splices) {
        StringBuilder changed = new StringBuilder(text);
        int mutations = 1 + random.nextInt(4);
        for (int i = 0; i < mutations && changed.length() > 2; i++) {
            int at = random.nextInt(changed.length());
            int end = Math.min(changed.length(), at + 1 + random.nextInt(random.nextInt(8) == 0 ? 400 : 12));
            String splice = splices[random.nextInt(splices.length)];
            switch (random.nextInt(5)) {
                case 0 -> changed.delete(at, end);
                case 1 -> changed.insert(at, splice);
                case 2 -> changed.replace(at, end, splice);
                case 3 -> changed.insert(at, changed.substring(at, end));
                default -> changed.setCharAt(at, (char) (32 + random.nextInt(95)));
            }
        }
        return changed.toString();
    }
}
