package fence.coreimportsonlythelanguage.core;

import java.net.URI;

/** Imports java.net into the core. */
record Violation(URI address) {}
