/// How the programs are started: what an older `java` meets first, compiled for Java 8 so that it
/// can say what is missing; and what the JVM learns a quick start from.
@NullMarked
package linedisc.examples.launch;

import org.jspecify.annotations.NullMarked;
