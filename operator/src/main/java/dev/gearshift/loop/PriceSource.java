package dev.gearshift.loop;

/** Who says what a tier costs. */
public enum PriceSource {
    /** The tier itself. */
    DECLARED("declared"),
    /** OpenCost, from what is billed for the nodes. */
    OPENCOST("OpenCost"),
    /** Karpenter, from what it expects nodes to cost. */
    KARPENTER("Karpenter");

    private final String word;

    PriceSource(String word) {
        this.word = word;
    }

    /** Its name, for people. */
    public String word() {
        return word;
    }
}
