/** What each serving engine calls its metrics, one file an engine, translated into one typed sample. */
@NullMarked
package dev.gearshift.metrics.engine;

import org.jspecify.annotations.NullMarked;
