package fence.theoperatordoesnotknowthesandbox.cli;

import fence.theoperatordoesnotknowthesandbox.sandbox.World;

/** Knows the sandbox. */
record Violation(World world) {}
