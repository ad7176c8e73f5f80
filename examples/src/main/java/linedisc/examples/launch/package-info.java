/// What an older `java` meets first: compiled for Java 8, so that it can say what is missing.
@NullMarked
package linedisc.examples.launch;

import org.jspecify.annotations.NullMarked;
