/// What all programs share: their arguments, their tables, JSON and progress.
@NullMarked
package linedisc.examples.cli;

import org.jspecify.annotations.NullMarked;
