package dev.gearshift.cli;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.ContextInitializer;
import ch.qos.logback.core.joran.spi.JoranException;
import java.util.Locale;
import org.slf4j.LoggerFactory;

/** How log lines are written. */
public enum LogFormat {
    /** For people. */
    TEXT,
    /** One JSON object a line. */
    JSON;

    /** The variable by which {@code logback.xml} chooses, in the environment or as a system property. */
    static final String VARIABLE = "GEARSHIFT_LOG_FORMAT";

    /** As it is written on the command line. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Writes log lines like this from now on. Logback may have chosen by the environment already: it is asked to choose again.
     *
     * @throws IllegalStateException when its configuration cannot be read
     */
    public void use() {
        System.setProperty(VARIABLE, text());
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.reset();
            try {
                new ContextInitializer(context).autoConfig();
            } catch (JoranException broken) {
                throw new IllegalStateException("the configuration of logback cannot be read", broken);
            }
        }
    }
}
