package dev.gearshift.pricing;

import dev.gearshift.core.model.HourlyCost;
import dev.gearshift.loop.PriceSource;

/**
 * What somebody says an accelerator costs; not judged yet.
 *
 * @param perAccelerator above zero
 * @param source who says so
 * @param origin the same in full, for people
 */
record Estimate(HourlyCost perAccelerator, PriceSource source, String origin) {}
