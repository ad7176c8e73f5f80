/// Two live links over real serial devices: see [DemoCommand].
@NullMarked
package linedisc.examples.demo;

import org.jspecify.annotations.NullMarked;
