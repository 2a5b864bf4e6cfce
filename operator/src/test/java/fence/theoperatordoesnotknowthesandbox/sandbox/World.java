package fence.theoperatordoesnotknowthesandbox.sandbox;

/** The sandbox's world. */
public record World() {}
