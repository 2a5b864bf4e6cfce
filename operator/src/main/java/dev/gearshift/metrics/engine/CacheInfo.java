package dev.gearshift.metrics.engine;

/**
 * A series that tells the size of the KV cache in its labels: so many blocks of so many tokens.
 *
 * @param name of the series; its value says nothing
 * @param blocks the label with the number of blocks
 * @param blockSize the label with the tokens of one block
 */
public record CacheInfo(String name, String blocks, String blockSize) {}
